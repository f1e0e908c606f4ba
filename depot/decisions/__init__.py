"""Decisions by consent: proposals, what each says to them, what came of it, what is in force."""
