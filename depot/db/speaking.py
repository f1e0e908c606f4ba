"""In which language names are read here: a request's, or of who a paper is made for.

Names that have one in that language are read in it by statements that ask for `ITEM_NAME`
(`depot.ledger.item_names`); nothing that is kept depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_LANGUAGE: Final[ContextVar[str]] = ContextVar("names_in", default="")


def names_in() -> str:
    """Return a catalogue's name; empty: names are the depot's own."""
    return _LANGUAGE.get()


def read_names_in(language: str) -> None:
    """Read names in that language from now on; empty: the depot's own."""
    _LANGUAGE.set(language)


@contextmanager
def naming_in(language: str) -> Iterator[None]:
    """Read names in that language, and as before afterwards."""
    token = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)
