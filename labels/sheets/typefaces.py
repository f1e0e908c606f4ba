"""Which typeface can show a text: names of depots and goods come in any script.

DejaVu Sans comes with the program, so that it looks the same on a machine without any typeface:
Latin, Greek, Cyrillic, Hebrew, Arabic and more. For what it lacks the typefaces that systems
usually have are tried; without one the text is brought down to letters that can be shown, because
a label with a question mark on it beats no label.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

#: The folder of the typeface that comes with the program, its licence beside it.
_OWN: Final = Path(str(files("labels") / "dejavu"))

# (regular, bold), the widest coverage first; all of them are TrueType files.
_OF_SYSTEMS = (
    ("/usr/share/fonts/truetype/noto/NotoSans", "-Regular.ttf", "-Bold.ttf"),
    ("/usr/share/fonts/truetype/liberation/LiberationSans", "-Regular.ttf", "-Bold.ttf"),
    ("/System/Library/Fonts/Supplemental/Arial", ".ttf", " Bold.ttf"),
    ("/System/Library/Fonts/Supplemental/Arial Unicode", ".ttf", ".ttf"),
    ("C:/Windows/Fonts/arial", ".ttf", "bd.ttf"),
    ("C:/Windows/Fonts/malgun", ".ttf", "bd.ttf"),
)


def own_font(*, bold: bool) -> Path:
    """Return the file of the typeface that comes with the program."""
    return _OWN / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")


@lru_cache(maxsize=32)
def _letters_of(path: Path) -> frozenset[int]:
    """Return the letters that a font shows: none where there is no such file."""
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]  # has no types

    try:
        with TTFont(path, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError):
        return frozenset()


@lru_cache(maxsize=1024)
def font_for(text: str, *, bold: bool) -> Path | None:
    """Return the file of a font that has every letter of a text, or None."""
    needed = {ord(letter) for letter in text}
    own = own_font(bold=bold)
    if needed <= _letters_of(own):
        return own
    for stem, regular, heavy in _OF_SYSTEMS:
        path = Path(stem + (heavy if bold else regular))
        if needed <= _letters_of(path):
            return path
    return None


def font_and_text(text: str, *, bold: bool) -> tuple[Path, str]:
    """Return the file of a font and what it shows of a text: all of it where any font can."""
    found = font_for(text, bold=bold)
    if found is not None:
        return found, text
    own = own_font(bold=bold)
    letters = _letters_of(own)
    return own, reduce_text(text, lambda letter: all(ord(part) in letters for part in letter))


def is_western(text: str) -> bool:
    """Say whether a text can be set in PDF's built-in fonts (code page 1252)."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def reduce_text(text: str, can_show: Callable[[str], bool]) -> str:
    """Bring a text down to letters that `can_show` accepts: accents go first, then ``?``."""
    return "".join(letter if can_show(letter) else _plain(letter, can_show) for letter in text)


def _plain(letter: str, can_show: Callable[[str], bool]) -> str:
    base = unicodedata.normalize("NFKD", letter)
    kept = "".join(part for part in base if not unicodedata.combining(part))
    return kept if kept and can_show(kept) else "?"


def tidy_line(text: str, longest: int = 200) -> str:
    """Make one line of a text: blanks run together, control characters and lone surrogates go."""
    visible = (" " if letter.isspace() else letter for letter in text[: 4 * longest])
    kept = "".join(letter for letter in visible if unicodedata.category(letter) not in _UNSEEN)
    return " ".join(kept.split())[:longest]


_UNSEEN: Final = {"Cc", "Cf", "Cs", "Co", "Cn"}
