"""Duties for a term: who holds one, whose turn is next, what rests on one person alone."""
