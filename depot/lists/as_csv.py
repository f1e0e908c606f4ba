"""A list as CSV (RFC 4180): plain numbers, ISO days, text that can start no formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any, BinaryIO, Final

from depot.lists.listing import FLAG, MOMENT, TEXT, Listing

#: What a spreadsheet program needs at the beginning of a CSV file to read its accents.
BYTE_ORDER_MARK: Final = "\ufeff"
#: A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guard_cell(text: str) -> str:
    """Return `text` with an apostrophe before it where a spreadsheet would see a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_csv(listing: Listing[Any], file: BinaryIO) -> None:
    """Write the list with a header line; an empty cell is not zero."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guard_cell(column.title) for column in listing.columns])
    cells = [_cell_of(listing, place) for place in range(len(listing.columns))]
    writer.writerows([cell(row) for cell in cells] for row in listing.rows)
    text.detach()


def _cell_of(listing: Listing[Any], place: int) -> Callable[[Any], Any]:
    """Return what writes the cell of a column; None is written as nothing."""
    column = listing.columns[place]
    value = column.value
    if column.kind == TEXT:
        return lambda row: guard_cell(value(row) or "")
    if column.kind == FLAG:
        return lambda row: listing.yes if value(row) else listing.no
    if column.kind == MOMENT:
        return lambda row: _moment(value(row))
    return value


def _moment(found: Any) -> str:
    return found.isoformat(" ", "minutes") if isinstance(found, datetime) else ""
