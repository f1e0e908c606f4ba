"""Deciding by consent: what is to be decided, what is in force, what is looked at again."""
