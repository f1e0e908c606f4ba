"""Entries of the ledger: read, reversed, and the discrepancies they leave."""
