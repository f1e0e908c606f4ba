"""How large a browser's letters are: remembered by a cookie, for whoever uses it."""

from __future__ import annotations

from typing import Final

from blueprints.frame.edge.cookies import keep_cookie, kept_cookie

#: What the cookie and the form say.
LARGER: Final = "larger"
_COOKIE: Final = "letters"


def letters_are_larger() -> bool:
    """Say whether this browser asked for larger letters."""
    return kept_cookie(_COOKIE) == LARGER


def remember_letters(is_larger: bool) -> None:
    """Write to this browser in larger letters from now on, or in usual ones."""
    keep_cookie(_COOKIE, LARGER if is_larger else "")
