"""What is said where no typeface of the machine has a letter, so that a "?" is never silent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from depot.base.text import N_
from depot.words.reader import Reader
from labels.sheets.typefaces import lacking_letters

#: So many letters that cannot be shown are told.
_MOST_LETTERS: Final = 12


def lacking_words(texts: Iterable[str], reader: Reader) -> str:
    """Say which letters of the texts stand as a question mark in print; empty if none does."""
    found = lacking_letters("".join(dict.fromkeys(texts)))
    if not found:
        return ""
    more = "…" if len(found) > _MOST_LETTERS else ""
    return reader.gettext(
        N_(
            "No typeface of this machine has the letters %(letters)s: “?” stands for them in the"
            " PDF. Whoever looks after the machine can install one."
        ),
        letters=" ".join(found[:_MOST_LETTERS]) + more,
    )
