"""Names as people type them, and the key under which two spellings are the same name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_DIGITS: Final = re.compile(r"\d+")
#: Of names that are almost the same, the longer one has so many more letters at most.
_MOST_APART: Final = 3
_SHORTEST: Final = 5
_SHORTEST_SINGULAR: Final = 3
#: A word of so few letters may be a code.
_LONGEST_CODE: Final = 3
#: Marks up to here are accents of Latin, Greek and Cyrillic letters; those of other scripts spell.
_LAST_ACCENT: Final = "\u036f"
_PLURALS: Final = ("s", "es", "n", "en", "e")


def clean_name(text: str) -> str:
    """Return `text` in one normal form, trimmed, every run of blanks one blank.

    U+0000 goes: it stands in no name, and PostgreSQL takes it in no text.
    """
    return " ".join(unicodedata.normalize("NFC", text.replace("\x00", "")).split())


def name_key(text: str) -> str:
    """Return what two spellings of one name share: case and blanks do not count."""
    return clean_name(unicodedata.normalize("NFKC", text)).casefold()


def find_almost(name: str, known: Iterable[str]) -> str | None:
    """Return which of the `known` names is almost the same, so that it may be meant; else None.

    Almost the same are names that differ in accents, blanks or hyphens, in number (Tomato,
    Tomatoes), or in one letter of a long word. Names with other digits, or with another letter of a
    code (Size 3, Shelf B), are two, and a short one is often one letter from another: Corn, Cork.
    """
    key = name_key(name)
    found = [one for one in known if name_key(one) != key and _is_almost(key, name_key(one))]
    return min(found, key=natural_sort_key, default=None)


def _is_almost(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > _MOST_APART or _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    short, long = sorted((_letters(one), _letters(other)), key=len)
    if short == long or _is_plural(short, long):
        return bool(short)
    return len(short) >= _SHORTEST and _is_one_off(short, long) and _differ_in_words(one, other)


def _letters(key: str) -> str:
    """Return a name's letters and digits without their accents."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", key)
        if letter.isalnum() or (unicodedata.combining(letter) and letter > _LAST_ACCENT)
    )


def _is_plural(short: str, long: str) -> bool:
    if len(short) < _SHORTEST_SINGULAR:
        return False
    return long in {short + end for end in _PLURALS} or (short[-1], long) == (
        "y",
        short[:-1] + "ies",
    )


def _is_one_off(short: str, long: str) -> bool:
    """Say whether one letter was left out, put in or mistaken, or two have changed places."""
    start = next((at for at in range(len(short)) if short[at] != long[at]), len(short))
    ours, theirs = short[start:], long[start:]
    if len(short) < len(long):
        return ours == theirs[1:]
    return ours[1:] == theirs[1:] or (ours[:2] == theirs[1::-1] and ours[2:] == theirs[2:])


def _differ_in_words(one: str, other: str) -> bool:
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        return True
    return all(
        len(word) > _LONGEST_CODE
        for pair in zip(ours, theirs, strict=True)
        if pair[0] != pair[1]
        for word in pair
    )


def slug_of(name: str) -> str:
    """Return a short name for addresses and commands: lower case, ASCII, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return "-".join(words)[:40]


def natural_sort_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts names as people do: Shelf 2 before Shelf 10, case aside."""
    parts = re.split(r"(\d+)", name_key(text))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)
