"""Secrets that links and tokens carry: only their digest is kept."""

from __future__ import annotations

import hashlib


def secret_hash(secret: str) -> str:
    """Return what the database keeps of a random secret: 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()
