"""Reversing an entry, settling a discrepancy."""
