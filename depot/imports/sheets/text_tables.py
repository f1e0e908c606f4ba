"""Tables in text files: which encoding, which separator, and the rows with their numbers."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from depot.imports.sheets.limits import MAX_CELL
from depot.imports.sheets.refusals import (
    BrokenQuotes,
    CellTooLong,
    ControlCharacter,
    UnreadableText,
)

SEPARATORS: Final = ",;\t|"
_SAMPLE_ROWS: Final = 60
_SEPARATOR_LINE: Final = re.compile(r"sep=([,;\t|])\r?\n?", re.IGNORECASE)
#: Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def numbered_text_rows(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells) of a text table, blank rows included, numbered from 1.

    A row is what a spreadsheet shows as a row: a quoted cell may hold line breaks. A first line
    "sep=;" is obeyed and not counted, as in Excel. Raises SheetRefused.
    """
    text = decode(data, name)
    separator, start = _separator(text)
    rows = csv.reader(io.StringIO(text[start:], newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(rows, start=1):
            yield number, cells
    except csv.Error as error:
        raise _refusal(str(error), number + 1, name) from error


def _refusal(message: str, row: int, name: str) -> BrokenQuotes | CellTooLong:
    if "field larger" in message:
        return CellTooLong(field="file", name=name, row=row, limit=MAX_CELL)
    return BrokenQuotes(field="file", name=name, row=row)


def decode(data: bytes, name: str) -> str:
    """Return the text: by its byte order mark, else UTF-8, else Windows' western encoding.

    Latin-1 comes last and takes any byte. Raises UnreadableText and, for NUL bytes,
    ControlCharacter.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            encodings: tuple[str, ...] = (encoding,)
            break
    else:
        encodings = ("utf-8", "cp1252", "latin-1")
    text = _first_decoded(data, encodings, name)
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise ControlCharacter(field="file", name=name, row=row)
    return text


def _first_decoded(data: bytes, encodings: tuple[str, ...], name: str) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableText(field="file", name=name)


def _separator(text: str) -> tuple[str, int]:
    """Return the separator and where the table begins."""
    said = _SEPARATOR_LINE.match(text)
    if said:
        return said[1], said.end()
    # the first of equals wins, so a single column is read with commas
    return max(SEPARATORS, key=lambda separator: _score(text, separator)), 0


def _score(text: str, separator: str) -> tuple[float, int]:
    """Return how evenly `separator` cuts the first rows: the share of rows of one width > 1.

    Widths, not occurrences: a list inside a cell ("soap; floss") cuts some rows only, and a
    decimal comma leaves the header row whole.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        widths = [len(row) for row in islice(reader, _SAMPLE_ROWS) if row]
    except csv.Error:
        return 0.0, 0
    width, rows = max(
        Counter(width for width in widths if width > 1).items(),
        key=lambda item: (item[1], item[0]),
        default=(0, 0),
    )
    return (rows / len(widths), width) if widths else (0.0, 0)
