"""Passwords: hashed slowly, checked in the same time whether anybody has that name or not.

A new one is refused if it is short, if many people use it, or if it is made of one's own name or
of a repeat. What must be in it (a digit, a capital) is nobody's business.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from depot.base.errors import Invalid
from depot.base.text import N_

# Argon2 is loaded at the first password: most commands of the command line see none.
if TYPE_CHECKING:
    from argon2 import PasswordHasher

MIN_PASSWORD: Final = 10
MAX_PASSWORD: Final = 200
#: A guesser who knows what people choose would need fewer guesses than this.
TOO_FEW_GUESSES: Final = 1_000_000
#: The library's time grows with the square of what it reads.
_LOOKED_AT: Final = 64


def check_password(password: str, own_words: Iterable[str]) -> None:
    """Raise Invalid for a password that is short or among the first to be guessed.

    `own_words` are the person's names and the depot's, which anybody around knows.
    """
    if len(password) < MIN_PASSWORD:
        raise Invalid(
            field="password", problem=N_("Take at least ten characters: three words do well.")
        )
    if len(password) > MAX_PASSWORD:
        raise Invalid(field="password", problem=N_("Take at most 200 characters."))
    words = _words(own_words)
    for typed in {password, _letters(password)}:
        problem = _weakness(typed[:_LOOKED_AT], words)
        if problem:
            raise Invalid(field="password", problem=problem)


def _words(own_words: Iterable[str]) -> list[str]:
    found: set[str] = set()
    for text in own_words:
        found |= {text, _letters(text), *"".join(c if c.isalnum() else " " for c in text).split()}
    return sorted(word.casefold() for word in found if len(word) > 1)


def _letters(text: str) -> str:
    """Return the text without blanks and signs, behind which nothing is hidden."""
    return "".join(letter for letter in text if letter.isalnum())


def _weakness(typed: str, own_words: list[str]) -> str | None:
    """Return why the password is among the first that a guesser tries; None if it is not."""
    # loaded where it is needed: its lists of common passwords and names take 15 MB
    from zxcvbn import zxcvbn

    found: dict[str, Any] = zxcvbn(typed, user_inputs=list(own_words), max_length=_LOOKED_AT)
    if found["guesses"] >= TOO_FEW_GUESSES:
        return None
    parts = found["sequence"]
    if any(part["pattern"] == "repeat" for part in parts):
        return N_("That repeats itself and is guessed soon. Three words do well.")
    if any(part.get("dictionary_name") == "user_inputs" for part in parts):
        return N_("That is made of names that others know. Three words do well.")
    return N_("Many people use that one, so it is tried first. Three words do well.")


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
