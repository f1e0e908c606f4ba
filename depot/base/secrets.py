"""Secrets that links and tokens carry: only their digest is kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
from uuid import UUID


def secret_hash(secret: str) -> str:
    """Return what the database keeps of a secret: 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def command_secret(secret_key: str, purpose: str, depot_id: int, command_id: UUID) -> str:
    """Return the secret that a command makes: the same for the same command.

    So a form sent twice makes one and shows it twice, and it is stored nowhere. Who does not know
    the program's secret key (HMAC, RFC 2104) cannot tell it from chance.
    """
    text = f"{purpose} {depot_id} {command_id}".encode()
    digest = hmac.new(secret_key.encode(), text, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def short_code(secret_key: str, purpose: str, depot_id: int, number: int) -> str:
    """Return six digits that who does not know the program's secret key cannot tell from chance.

    They are stored nowhere, and are few: tries at them have to be counted.
    """
    text = f"{purpose} {depot_id} {number}".encode()
    digest = hmac.new(secret_key.encode(), text, hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06}"
