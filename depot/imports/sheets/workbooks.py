"""Tables in Excel workbooks, read through openpyxl as the text a person would have typed."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from depot.base.errors import DepotError
from depot.imports.sheets.limits import MAX_COLUMNS, MAX_ROW_NUMBER
from depot.imports.sheets.problems import BadValue, ErrorCell, FormulaWithoutValue
from depot.imports.sheets.refusals import BrokenWorkbook, EmptySheet, TooManyColumns, UnknownSheet

#: A cell's text, or why it has none.
Cell = str | BadValue
_ZEROS: Final = re.compile(r"0{2,32}")
_NOT_LETTERS: Final = re.compile(r'"[^"]*"|\[[^]]*\]|\\.')


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """One sheet of a workbook, its rows still to be read, and the names of all its sheets."""

    title: str
    titles: tuple[str, ...]
    rows: Iterator[tuple[int, list[Cell]]]


@contextmanager
def open_excel_sheet(
    data: bytes, name: str, wanted: str | None, *, formulas: bool
) -> Iterator[OpenSheet]:
    """Open the sheet `wanted`, by default the first visible one that holds anything.

    `data` has passed the guard, which tells whether there are formulas in it. They are never
    computed: their saved result counts. Whatever openpyxl makes of a damaged file, raises
    SheetRefused and nothing else.
    """
    with warnings.catch_warnings(), ExitStack() as open_books:
        # openpyxl warns of every decoration it does not keep; none of it is data
        warnings.simplefilter("ignore")
        try:
            books = [_load(data, open_books, values=True)]
            if formulas:
                books.append(_load(data, open_books, values=False))
            index, titles = _pick(books[0], name, wanted)
            sheets = [book.worksheets[index] for book in books]
            yield OpenSheet(titles[index], titles, _rows(sheets, name))
        except DepotError:
            raise
        except Exception as error:
            # a damaged workbook fails inside openpyxl in two dozen ways; all mean this
            raise BrokenWorkbook(field="file", name=name) from error


def _load(data: bytes, open_books: ExitStack, *, values: bool) -> Any:
    from openpyxl import load_workbook  # slow to load, and few commands read workbooks

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    open_books.callback(book.close)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a file says of its own size is often wrong
    return book


def _pick(book: Any, name: str, wanted: str | None) -> tuple[int, tuple[str, ...]]:
    titles = tuple(str(sheet.title) for sheet in book.worksheets)
    if not titles:
        raise EmptySheet(field="file", name=name)
    if wanted is None:
        visible = [i for i, sheet in enumerate(book.worksheets) if sheet.sheet_state == "visible"]
        filled = (i for i in visible if _holds_anything(book.worksheets[i], name))
        return next(filled, visible[0] if visible else 0), titles
    for index, title in enumerate(titles):
        if title.casefold() == wanted.strip().casefold():
            return index, titles
    raise UnknownSheet(field="sheet", name=name, sheet=wanted[:60], sheets=", ".join(titles))


def _holds_anything(sheet: Any, name: str) -> bool:
    return any(cell != "" for _, cells in _rows([sheet], name) for cell in cells)


def _rows(sheets: list[Any], name: str) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the numbered rows of one sheet, given as values and, if need be, as formulas."""
    readers = [sheet.iter_rows(max_col=MAX_COLUMNS + 1) for sheet in sheets]
    numbered = enumerate(zip(*readers, strict=True), start=1)
    for number, rows in islice(numbered, MAX_ROW_NUMBER + 1):
        used = _used(rows[0])
        if used > MAX_COLUMNS:
            raise TooManyColumns(field="file", name=name, limit=MAX_COLUMNS)
        yield number, [_cell(*(row[at] for row in rows)) for at in range(used)]


def _used(row: Sequence[Any]) -> int:
    """Return how many cells of a row are in the file, up to the last."""
    from openpyxl.cell.read_only import EMPTY_CELL

    used = len(row)
    while used and row[used - 1] is EMPTY_CELL:
        used -= 1
    return used


def _cell(cell: Any, source: Any = None) -> Cell:
    """Return the text of a cell; `source` is the same cell with its formula in place."""
    if cell.value is None:
        # "str" marks a formula whose saved result is an empty text
        uncomputed = source is not None and source.data_type == "f" and cell.data_type != "str"
        return FormulaWithoutValue() if uncomputed else ""
    if cell.data_type == "e":
        return ErrorCell(text=str(cell.value)[:20])
    return _text(cell.value, str(cell.number_format or ""))


def _text(value: object, number_format: str) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(value, number_format)
    if isinstance(value, datetime | date):
        return _date_text(value, number_format)
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)


def number_text(value: int | float, number_format: str = "") -> str:
    """Return a number as its cell shows it: 24.0 as 24, 0.30000000000000004 as 0.3.

    Excel keeps 15 digits, and codes like 0101 as the number 101 in the format 0000.
    """
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return str(value)
        value_text = format(Decimal(format(value, ".15g")), "f")
    else:
        value_text = str(value)
    if _ZEROS.fullmatch(number_format) and value_text.isdecimal():
        return value_text.zfill(len(number_format))
    return value_text


def _date_text(value: datetime | date, number_format: str) -> str:
    """Return a date in ISO form; a cell that shows only month and year is a month, no day.

    Excel turns a typed "May 2019" into the first of May, shown as May-19.
    """
    day = value.date() if isinstance(value, datetime) else value
    shown = _NOT_LETTERS.sub("", number_format).casefold()
    if "y" in shown and "d" not in shown:
        return day.isoformat()[: 7 if "m" in shown else 4]
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(" ", "seconds")
    return day.isoformat()
