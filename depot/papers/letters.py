"""Text as it is set: which typeface shows it, how wide it is, where it is broken.

PDF's own Helvetica shows western letters; others are shown by the typeface that comes with the
program or by those that systems have, letter by letter, so that a name in two scripts is whole. A
line whose letters join or run from right to left is set as a whole by one typeface and shaped. What
none can show is brought down to letters that can be shown: no text makes a paper fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from depot.papers.sheet import POINT
from labels.sheets.typefaces import (
    JOINERS,
    font_for,
    is_western,
    needs_shaping,
    reduce_text,
    tidy_line,
)

if TYPE_CHECKING:
    from fpdf import FPDF

#: PDF's own typeface.
BUILT_IN = "helvetica"
#: A paragraph longer than this is cut; nothing the program lets in is.
MAX_TEXT_LENGTH = 4000
ELLIPSIS = "…"


class Run(NamedTuple):
    """Letters that one typeface shows; without a `font` the built-in one does."""

    text: str
    font: Path | None


@lru_cache(maxsize=8192)
def _font_of(letter: str, bold: bool) -> Path | None:
    return None if is_western(letter) else font_for(letter, bold=bold)


#: What stands for a letter that the built-in typeface has not: always, and where nothing else can.
_ALWAYS = {"−": "–"}
_AT_NEED = {"→": ">", "←": "<", "✓": "x", "≥": ">=", "≤": "<="}


@lru_cache(maxsize=4096)
def _shown(letter: str, bold: bool) -> str:
    letter = _ALWAYS.get(letter, letter)
    if letter in JOINERS or is_western(letter) or font_for(letter, bold=bold) is not None:
        return letter
    return _AT_NEED.get(letter) or reduce_text(letter, is_western)


@lru_cache(maxsize=8192)
def clean_line(text: str, bold: bool = False) -> str:
    """Return one line of a text with only what can be shown; blanks run together."""
    return "".join(_shown(letter, bold) for letter in tidy_line(text, MAX_TEXT_LENGTH))


def text_runs(text: str, bold: bool) -> Iterator[Run]:
    """Yield the runs of a text as shown, each for one typeface; a blank joins what it follows."""
    text = clean_line(text, bold)
    fonts: list[Path | None] = []
    for letter in text:
        fonts.append(fonts[-1] if letter == " " and fonts else _font_of(letter, bold))
    pairs = zip(text, fonts, strict=True)
    for font, letters in groupby(pairs, key=lambda pair: pair[1]):
        yield Run("".join(letter for letter, _font in letters), font)


@lru_cache(maxsize=8192)
def shaping_font(text: str, bold: bool) -> Path | None:
    """Return the typeface that sets a line as a whole; None where letter by letter will do.

    So it is too where no one typeface has all its letters.
    """
    return font_for(text, bold=bold) if needs_shaping(text) else None


@lru_cache(maxsize=8)
def _shaper(font: Path) -> FPDF:
    from fpdf import FPDF

    pdf = FPDF(unit="pt")
    pdf.add_font("shaped", fname=font)
    pdf.set_font("shaped", size=100)
    pdf.set_text_shaping(True)
    return pdf


@lru_cache(maxsize=8)
def _helvetica(bold: bool) -> FPDF:
    from fpdf import FPDF

    pdf = FPDF(unit="pt")
    pdf.core_fonts_encoding = "cp1252"
    pdf.set_font(BUILT_IN, "B" if bold else "", 1000)
    return pdf


@lru_cache(maxsize=8)
def _widths_in(font: Path) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # has no types

    with TTFont(font, lazy=True) as found:
        return found.getBestCmap(), dict(found["hmtx"].metrics), found["head"].unitsPerEm


@lru_cache(maxsize=8192)
def _advance(letter: str, bold: bool) -> float:
    """Return a letter's width as a multiple of its size."""
    font = _font_of(letter, bold)
    if font is None:
        return float(_helvetica(bold).get_string_width(letter)) / 1000
    letters, widths, per_em = _widths_in(font)
    return widths[letters[ord(letter)]][0] / per_em


@lru_cache(maxsize=65536)
def _ems(text: str, bold: bool) -> float:
    font = shaping_font(text, bold)
    if font is not None:
        return float(_shaper(font).get_string_width(text)) / 100
    return sum(_advance(letter, bold) for letter in text)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width in mm of one line of text set in `size` points, as it will be shown."""
    return _ems(clean_line(text, bold), bold) * size * POINT


def run_width(run: Run, size: float, bold: bool) -> float:
    """Return the width in mm of a run with the blanks at its ends."""
    return _ems(run.text, bold) * size * POINT


def wrap_text(text: str, size: float, room: float, bold: bool = False, most: int = 40) -> list[str]:
    """Return a text as lines no wider than `room` mm; what goes beyond `most` lines is cut.

    Words are kept whole where they fit; a longer one is broken. Line feeds are kept.
    """
    lines: list[str] = []
    for paragraph in text[:MAX_TEXT_LENGTH].splitlines() or [""]:
        lines += _broken(clean_line(paragraph, bold), size, room, bold)
        if len(lines) > most:
            return [*lines[: most - 1], fit_text(lines[most - 1] + ELLIPSIS, size, room, bold)]
    return lines


def _broken(text: str, size: float, room: float, bold: bool) -> list[str]:
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, size, room, bold)
        lines += full
    return [*lines, line]


def _pieces(word: str, size: float, room: float, bold: bool) -> list[str]:
    """Break a word that is wider than a line; a single letter is never broken."""
    pieces, piece = [], ""
    for letter in word:
        if piece and text_width(piece + letter, size, bold) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def fit_text(text: str, size: float, room: float, bold: bool = False) -> str:
    """Return a text on one line no wider than `room` mm, cut with an ellipsis where it must be."""
    text = clean_line(text, bold)
    if text_width(text, size, bold) <= room:
        return text
    kept = text.rstrip(ELLIPSIS)
    while kept and text_width(kept + ELLIPSIS, size, bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS
