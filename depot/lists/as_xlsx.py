"""A list as a workbook: typed cells, a header that stays, sums as formulas; rows are streamed.

Text is written as text and never looked at for formulas, links or numbers. A list that is longer
than a sheet can be goes on on the next one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import chain, count, islice
from typing import Any, BinaryIO, Final

from depot.lists.listing import DAY, FLAG, MOMENT, NUMBER, TEXT, WHOLE, Listing

#: Excel's own limits: rows of a sheet (the header and the sums take two), letters of a cell.
ROWS: Final = 1_048_576 - 2
LETTERS: Final = 32_767
_WIDTHS: Final = {TEXT: 26, WHOLE: 12, NUMBER: 12, DAY: 12, MOMENT: 17, FLAG: 10}
_FORMS: Final = {WHOLE: "#,##0", NUMBER: "#,##0.###", DAY: "yyyy-mm-dd", MOMENT: "yyyy-mm-dd hh:mm"}
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\']")
Put = Callable[[int, Any], None]


def write_xlsx(listing: Listing[Any], file: BinaryIO) -> None:
    """Write the list; the memory needed does not grow with it."""
    import xlsxwriter  # loaded with the first workbook

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        formats = _formats(book)
        rows = iter(listing.rows)
        for number in count(1):
            if _sheet(book, listing, number, rows, formats) < ROWS:
                return
            following = list(islice(rows, 1))
            if not following:
                return
            rows = chain(following, rows)


def _formats(book: Any) -> dict[str, Any]:
    found = {kind: book.add_format({"num_format": form}) for kind, form in _FORMS.items()}
    found["head"] = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    found["total"] = book.add_format({"bold": True, "top": 1, "num_format": "#,##0.###"})
    return found


def _sheet(
    book: Any, listing: Listing[Any], number: int, rows: Iterable[Any], formats: dict[str, Any]
) -> int:
    """Write one sheet with as many rows as it can hold and return how many they are."""
    name = _NOT_IN_A_NAME.sub(" ", listing.name)[:28]
    sheet = book.add_worksheet(name if number == 1 else f"{name} {number}")
    for place, column in enumerate(listing.columns):
        sheet.set_column(place, place, 36 if place == 0 else _WIDTHS[column.kind])
        sheet.write_string(0, place, column.title, formats["head"])
    sheet.freeze_panes(1, 1)
    sums: dict[int, Decimal] = {n: Decimal() for n, c in enumerate(listing.columns) if c.summed}
    puts = [
        (column.value, _put(sheet, listing, place, formats))
        for place, column in enumerate(listing.columns)
    ]
    adding = [(place, listing.columns[place].value) for place in sums]
    last = 0
    for last, row in enumerate(islice(rows, ROWS), start=1):
        for value, put in puts:
            cell = value(row)
            if cell is not None:
                put(last, cell)
        for place, value in adding:
            sums[place] += value(row) or 0
    sheet.autofilter(0, 0, last, len(listing.columns) - 1)
    _sums(sheet, listing.total, sums, last, formats["total"])
    return last


def _put(sheet: Any, listing: Listing[Any], place: int, formats: dict[str, Any]) -> Put:
    """Return what writes a cell of the column at `place`, by its kind."""
    kind = listing.columns[place].kind
    if kind == TEXT:
        write = sheet.write_string
        return lambda row, cell: write(row, place, cell[:LETTERS])
    if kind == FLAG:
        write = sheet.write_string
        return lambda row, cell: write(row, place, listing.yes if cell else listing.no)
    write, form = sheet.write_number, formats[kind]
    if kind in (DAY, MOMENT):
        write = sheet.write_datetime
    return lambda row, cell: write(row, place, cell, form)


def _sums(sheet: Any, word: str, sums: dict[int, Decimal], last: int, form: Any) -> None:
    """Write each sum as a formula, with its result for programs that do not calculate."""
    if not last or not sums:
        return
    sheet.write_string(last + 1, 0, word, form)
    from xlsxwriter.utility import xl_col_to_name

    for place, result in sums.items():
        letter = xl_col_to_name(place)
        formula = f"=SUM({letter}2:{letter}{last + 1})"
        sheet.write_formula(last + 1, place, formula, form, float(result))
