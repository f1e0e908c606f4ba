"""Crates: labelled, filled, moved, retired."""
