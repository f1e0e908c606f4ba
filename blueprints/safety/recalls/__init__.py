"""Recalls: their pages, their files, their sentences, and what programs send and get."""
