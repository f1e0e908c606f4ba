"""Scanning: what a code is, roll-calls, the list a phone keeps."""
