"""Duties: who holds one for a term, who learns it, whose turn comes next, what rests on one alone."""
