"""Crate codes, addresses and QR symbols: made and read."""
