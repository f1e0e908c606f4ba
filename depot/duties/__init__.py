"""Duties: who holds one for a term, who learns it, whose turn is next, what rests on one alone."""
