"""Marking of user-visible English text in modules that do not know the web, and plain letters."""

from __future__ import annotations

import unicodedata
from typing import Final

#: Letters that people type for each other, beyond what Unicode takes apart by itself.
_SAME: Final = str.maketrans(
    {
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe",
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ـ": None, "ʼ": "'", "’": "'",
        "\u200c": " ", "\u200d": None, "\u00ad": None,
    }
)  # fmt: skip


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a marker
    """Mark `message` for translation and return it unchanged; the edge translates it."""
    return message


def plain_letters(text: str) -> str:
    """Return a text without case, accents, and the letters that only keyboards tell apart.

    So that what somebody wrote is compared with a list of words in their language.
    """
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", text).casefold().translate(_SAME)
    return "".join(letter for letter in parted if not unicodedata.combining(letter))
