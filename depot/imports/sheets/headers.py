"""Which rows of a table name its columns: one, two, or none at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from depot.imports.sheets.workbooks import Cell

NumberedRow = tuple[int, list[Cell]]
#: What stands between the two rows' words where the headers are in two.
ABOVE_AND_BELOW: Final = " / "
#: How many rows are looked at to find the header below a title and blank rows.
_WITHIN: Final = 30
#: So many rows below show what is in a column.
_SHOWN: Final = 10
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[^\W\d_]{2}")
#: A number, an amount or a date; a year alone may name a column.
_FIGURE: Final = re.compile(
    r"(?!(?:19|20)\d\d$)[~<>+-]?\d[\d.,' ]*\s*(?:[^\W\d_]{1,3}\.?)?"
    r"|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?"
)
_LONGEST_FIGURE: Final = 60


@dataclass(frozen=True, slots=True)
class Headed:
    """A table's headers, blank where a column has none, and the rows below them.

    `is_headless` says that no row names the columns: all rows are goods.
    """

    headers: tuple[str, ...]
    body: Iterator[NumberedRow]
    is_headless: bool = False


def find_headers(rows: Iterator[NumberedRow], headless: bool | None = None) -> Headed | None:
    """Return the headers and the rows below them; None if there is no row.

    The header is the first row that fills more than half as many cells as the fullest of the
    first rows: a title above it fills one or two. A row of words above or below it that fills
    its gaps belongs to it. A first row of figures over figures is none. `headless` is what a
    person says.
    """
    first = list(islice(rows, _WITHIN))
    if not first:
        return None
    counts = [sum(not is_blank(cell) for cell in cells) for _, cells in first]
    at = next(at for at, count in enumerate(counts) if 2 * count > max(counts))
    below = [cells for _, cells in first[at + 1 : at + 1 + _SHOWN]]
    if headless or (headless is None and _are_goods(first[at][1], below)):
        return Headed((), chain(first[at:], rows), is_headless=True)
    above, last = _both_rows([cells for _, cells in first], at)
    texts = _joined(above, first[last][1]) if above else [_text(c) for c in first[last][1]]
    while texts and not texts[-1]:
        texts.pop()
    return Headed(tuple(texts), chain(first[last + 1 :], rows))


def is_blank(cell: Cell) -> bool:
    """Say whether a cell holds nothing."""
    return isinstance(cell, str) and not cell.strip()


def _are_goods(cells: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> bool:
    """Say whether a row is like those below it: a figure stands over figures, beside a word."""
    texts = [_text(cell) for cell in cells]
    figures = [at for at, text in enumerate(texts) if _is_figure(text)]
    words = any(_WORD.search(text) for text in texts)
    return words and any(_holds_figures(below, at) for at in figures)


def _holds_figures(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    filled = [text for cells in rows if at < len(cells) and (text := _text(cells[at]))]
    return bool(filled) and 2 * sum(_is_figure(text) for text in filled) > len(filled)


def _is_figure(text: str) -> bool:
    return len(text) <= _LONGEST_FIGURE and _FIGURE.fullmatch(text) is not None


def _both_rows(rows: Sequence[Sequence[Cell]], at: int) -> tuple[Sequence[Cell] | None, int]:
    """Return the upper row of a header of two, if it has two, and where its last row is."""
    if at + 1 < len(rows) and _goes_together(rows[at], rows[at + 1], rows[at + 2 :]):
        return rows[at], at + 1
    if at > 0 and _goes_together(rows[at - 1], rows[at], rows[at + 1 :]):
        return rows[at - 1], at
    return None, at


def _goes_together(
    above: Sequence[Cell], below: Sequence[Cell], body: Sequence[Sequence[Cell]]
) -> bool:
    """Say whether the lower row tells apart what the upper one names together.

    Both are words without figures, the lower one stands under a gap of the upper, and over
    figures: goods have figures where headers have words.
    """
    upper, lower = [_text(cell) for cell in above], [_text(cell) for cell in below]
    named = [text for text in (*upper, *lower) if text]
    if sum(map(bool, upper)) < 2 or any(_DIGIT.search(text) for text in named):
        return False
    filled = [at for at, text in enumerate(lower) if text]
    has_gap = any(at >= len(upper) or not upper[at] for at in filled)
    return has_gap and any(_holds_figures(body[:_SHOWN], at) for at in filled)


def _joined(above: Sequence[Cell], below: Sequence[Cell]) -> list[str]:
    """Return the words of two rows of headers; a word over several columns counts for each."""
    texts: list[str] = []
    over = ""
    for at in range(max(len(above), len(below))):
        upper = _text(above[at]) if at < len(above) else ""
        lower = _text(below[at]) if at < len(below) else ""
        over = upper or over
        texts.append(f"{over}{ABOVE_AND_BELOW}{lower}" if over and lower else lower or upper)
    return texts


def _text(cell: Cell) -> str:
    text = cell if isinstance(cell, str) else ""
    return " ".join(unicodedata.normalize("NFC", text).split())
