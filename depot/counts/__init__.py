"""Counts: what the floor says, against what the ledger said."""
