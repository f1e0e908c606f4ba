"""Which typeface can show a text: names of depots and goods come in any script.

DejaVu Sans comes with the program, so that it looks the same on a machine without any typeface:
Latin, Greek, Cyrillic, Hebrew, Arabic and more. For what it lacks the typefaces that were installed
beside the program are tried (the extra `typefaces`), then those that systems usually have; without
one the text is brought down to letters that can be shown, because a label with a question mark on
it beats no label. `lacking_letters` says which they are, for who prints to be told.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Final

#: The folder of the typeface that comes with the program, its licence beside it.
_OWN: Final = Path(str(files("labels") / "dejavu"))

#: How packages of typefaces say that they are some; and one that does not, with Chinese letters.
_FAMILIES: Final = "fontpkg.family"
_CHINESE: Final = "pylopdf_fonts_zh_cn"
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


@cache
def _installed() -> tuple[Path, ...]:
    """Return the files of typefaces that were installed as packages beside the program."""
    found: list[Path] = []
    for family in entry_points(group=_FAMILIES):
        found += sorted((Path(str(files(family.value))) / "files").glob("*.[ot]tf"))
    if find_spec(_CHINESE) is not None:
        found += sorted(Path(str(files(_CHINESE))).glob("*Sans*.otf"))
    return tuple(found)


def lacking_letters(text: str) -> str:
    """Return the letters of a text that no typeface here shows, each once."""
    if text.isascii() or font_for(text, bold=False) is not None:
        return ""
    each = dict.fromkeys(letter for letter in text if not letter.isspace())
    return "".join(
        letter
        for letter in each
        if unicodedata.category(letter) not in _UNSEEN and font_for(letter, bold=False) is None
    )


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
    needed = {ord(letter) for letter in text if letter not in JOINERS}
    own = own_font(bold=bold)
    if needed <= _letters_of(own):
        return own
    of_systems = (Path(stem + (heavy if bold else r)) for stem, r, heavy in _OF_SYSTEMS)
    for path in (*_installed(), *of_systems):
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
    """Make one line of a text: blanks run together, control characters and lone surrogates go.

    What parts or joins the letters of a word stays where letters join at all.
    """
    visible = (" " if letter.isspace() else letter for letter in text[: 4 * longest])
    stays = JOINERS if needs_shaping(text) else ""
    kept = "".join(
        letter
        for letter in visible
        if letter in stays or unicodedata.category(letter) not in _UNSEEN
    )
    return " ".join(kept.split())[:longest]


#: Between letters of one word, to part or to join them: میگوید is written with one.
JOINERS: Final = "\u200c\u200d"
#: Scripts that are read from left to right but whose letters change with their neighbours.
_SHAPED: Final = ((0x0900, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))


def needs_shaping(text: str) -> bool:
    """Say whether letters of a text join, change with their neighbours, or run to the left."""
    return not text.isascii() and any(map(_changes, text))


def _changes(letter: str) -> bool:
    if unicodedata.bidirectional(letter) in ("R", "AL"):
        return True
    return any(first <= ord(letter) <= last for first, last in _SHAPED)


def runs_left(text: str) -> bool:
    """Say whether a text is read from right to left: by its first letter that runs either way."""
    ways = (unicodedata.bidirectional(letter) for letter in text)
    return next((way != "L" for way in ways if way in ("L", "R", "AL")), False)


_UNSEEN: Final = {"Cc", "Cf", "Cs", "Co", "Cn"}
