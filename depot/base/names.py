"""Names as people type them, and the key under which two spellings are the same name."""

from __future__ import annotations

import re
import unicodedata


def clean_name(text: str) -> str:
    """Return `text` in one normal form, trimmed, every run of blanks one blank.

    U+0000 goes: it stands in no name, and PostgreSQL takes it in no text.
    """
    return " ".join(unicodedata.normalize("NFC", text.replace("\x00", "")).split())


def name_key(text: str) -> str:
    """Return what two spellings of one name share: case and blanks do not count."""
    return clean_name(unicodedata.normalize("NFKC", text)).casefold()


def slug_of(name: str) -> str:
    """Return a short name for addresses and commands: lower case, ASCII, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return "-".join(words)[:40]


def natural_sort_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts names as people do: Shelf 2 before Shelf 10, case aside."""
    parts = re.split(r"(\d+)", name_key(text))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)
