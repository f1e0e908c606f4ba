"""Intake: goods that come in, as receipts."""
