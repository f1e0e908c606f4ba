"""Passwords: hashed slowly, checked in the same time whether anybody has that name or not."""

from __future__ import annotations

import secrets
from functools import cache
from typing import TYPE_CHECKING, Final

# Argon2 is loaded at the first password: most commands of the command line see none.
if TYPE_CHECKING:
    from argon2 import PasswordHasher

MIN_PASSWORD: Final = 10
MAX_PASSWORD: Final = 200


@cache
def _hasher() -> PasswordHasher:
    """Return what hashes.

    OWASP's second recommendation (2023) for argon2id: 19 MiB, two passes, one lane; it keeps an
    old laptop's sign-in under a tenth of a second and the memory of many at once small.
    """
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobody() -> str:
    """Return what is checked when nobody has that name, so that it takes as long as for a real one.

    Made at the first need.
    """
    return _hasher().hash(secrets.token_hex(16))


def hash_password(password: str) -> str:
    """Return the hash of a password, its salt in it."""
    return _hasher().hash(password)


def is_password(password: str, known: str | None) -> bool:
    """Say whether the password is the one hashed in `known`; None is nobody's hash."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        _hasher().verify(known or _nobody(), password[:MAX_PASSWORD])
    except (Argon2Error, InvalidHashError):
        return False
    return known is not None
