"""Duties that rotate."""
