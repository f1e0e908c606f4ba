"""Which typeface can show a text: names of depots and goods come in any script.

PDF's built-in Helvetica and Pillow's built-in face know western letters only. For anything else
the fonts that systems usually have are tried; without one the text is brought down to letters
that can be shown, because a label with a question mark on it beats no label.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]  # has no types

# (regular, bold), the widest coverage first; all of them are TrueType files.
_INSTALLED: Final = (
    ("/usr/share/fonts/truetype/dejavu/DejaVuSans", ".ttf", "-Bold.ttf"),
    ("/usr/share/fonts/dejavu-sans-fonts/DejaVuSans", ".ttf", "-Bold.ttf"),
    ("/usr/share/fonts/TTF/DejaVuSans", ".ttf", "-Bold.ttf"),
    ("/usr/share/fonts/truetype/noto/NotoSans", "-Regular.ttf", "-Bold.ttf"),
    ("/usr/share/fonts/truetype/liberation/LiberationSans", "-Regular.ttf", "-Bold.ttf"),
    ("/System/Library/Fonts/Supplemental/Arial", ".ttf", " Bold.ttf"),
    ("/System/Library/Fonts/Supplemental/Arial Unicode", ".ttf", ".ttf"),
    ("C:/Windows/Fonts/arial", ".ttf", "bd.ttf"),
    ("C:/Windows/Fonts/malgun", ".ttf", "bd.ttf"),
)


@lru_cache(maxsize=32)
def _letters_of(path: Path) -> frozenset[int]:
    try:
        with TTFont(path, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError):
        return frozenset()


@lru_cache(maxsize=1024)
def installed_font(text: str, *, bold: bool) -> Path | None:
    """Return the file of an installed font that has every letter of a text, or None."""
    needed = {ord(letter) for letter in text}
    for stem, regular, heavy in _INSTALLED:
        path = Path(stem + (heavy if bold else regular))
        if needed <= _letters_of(path):
            return path
    return None


def is_western(text: str) -> bool:
    """Say whether a text can be set in PDF's built-in fonts (code page 1252)."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def reduced(text: str, can_show: Callable[[str], bool]) -> str:
    """Bring a text down to letters that `can_show` accepts: accents go first, then ``?``."""
    return "".join(letter if can_show(letter) else _plain(letter, can_show) for letter in text)


def _plain(letter: str, can_show: Callable[[str], bool]) -> str:
    base = unicodedata.normalize("NFKD", letter)
    kept = "".join(part for part in base if not unicodedata.combining(part))
    return kept if kept and can_show(kept) else "?"


def tidy(text: str, longest: int = 200) -> str:
    """Make one line of a text: blanks run together, control characters and lone surrogates go."""
    visible = (" " if letter.isspace() else letter for letter in text[: 4 * longest])
    kept = "".join(letter for letter in visible if unicodedata.category(letter) not in _UNSEEN)
    return " ".join(kept.split())[:longest]


_UNSEEN: Final = {"Cc", "Cf", "Cs", "Co", "Cn"}
