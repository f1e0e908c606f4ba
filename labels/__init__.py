"""Crate codes, QR symbols and printed labels. A leaf: it imports nothing else of this project."""
