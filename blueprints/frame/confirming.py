"""What a form, a program or a phone sends to say yes to questions it was asked (`confirmed`)."""

from __future__ import annotations

from typing import Any, Final

from flask import g

#: The hidden field of a form, and the field of a body: keys of questions.
CONFIRMED: Final = "confirmed"
_MOST_KEYS: Final = 500


def read_confirmed(sent: Any) -> frozenset[str]:
    """Return the keys: of a form a text with blanks between them, of JSON a list of texts.

    What is neither says yes to nothing: it is asked again.
    """
    keys = sent.split() if isinstance(sent, str) else sent
    if not isinstance(keys, list):
        return frozenset()
    return frozenset(key for key in keys[:_MOST_KEYS] if isinstance(key, str))


def keep_confirmed(sent: Any) -> None:
    """Keep for this request what a program's body confirms, until it is asked who acts."""
    g.confirmed = read_confirmed(sent)


def kept_confirmed() -> frozenset[str] | None:
    """Return what this request's body confirms; None where no write was read."""
    found: frozenset[str] | None = g.get(CONFIRMED)
    return found
