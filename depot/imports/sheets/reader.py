"""A file in, a table out: headers, numbered rows, every cell as text. Or one sentence why not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from depot.imports.sheets import refusals
from depot.imports.sheets.guard import check_workbook
from depot.imports.sheets.headers import Headed, find_headers, is_blank
from depot.imports.sheets.limits import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROW_NUMBER, MAX_ROWS
from depot.imports.sheets.opendocument import open_ods_sheet
from depot.imports.sheets.problems import BadValue, Problem
from depot.imports.sheets.text_tables import numbered_text_rows
from depot.imports.sheets.workbooks import Cell, OpenSheet, open_excel_sheet

_WORKBOOK_ENDINGS: Final = (".xlsx", ".xlsm", ".xltx", ".xltm")
#: What files that are no table begin with.
_SIGNATURES: Final = (
    (b"\xd0\xcf\x11\xe0", refusals.OldWorkbook),
    (b"%PDF", refusals.Pdf),
    (b"\x89PNG", refusals.Picture),
    (b"\xff\xd8\xff", refusals.Picture),
    (b"GIF8", refusals.Picture),
    (b"BM", refusals.Picture),
    (b"RIFF", refusals.NotATable),
    (b"\x1f\x8b", refusals.NotATable),
    (b"{\\rtf", refusals.NotATable),
    (b"SQLite format 3", refusals.NotATable),
)
_WEB_PAGE: Final = re.compile(rb"\s*<(!doctype|html|head|table|\?xml)\b", re.IGNORECASE)

#: All control characters but tab and line ends, which quoted cells may hold.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells, one for each header."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read. Blank rows are left out; the numbers of the others do not change.

    `problems` are cells that have no text (formulas without result, errors); they read as "".
    `sheet` and `sheets` are empty for a text file.
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = field(default=())
    #: No row names the columns; they are called by their letters.
    is_headless: bool = False


def read_table(
    data: bytes, filename: str, sheet: str | None = None, headless: bool | None = None
) -> Table:
    """Read CSV (any common encoding and separator), XLSX or ODS. `sheet` names a workbook's sheet.

    `headless` says whether the first row is goods already; None lets the rows tell. Headers are
    never blank and never twice the same. Raises SheetRefused (a DepotError) with a sentence for
    whatever cannot be taken, and nothing else, whatever the bytes.
    """
    name = _shown(filename)
    if not data:
        raise refusals.EmptySheet(field="file", name=name)
    if len(data) > MAX_BYTES:
        raise refusals.SheetTooBig(field="file", name=name, limit=MAX_BYTES // 1_000_000)
    with _opened(data, name, sheet) as source:
        headed = find_headers(_filled_rows(source.rows, name), headless)
        if headed is None:
            raise refusals.EmptySheet(field="file", name=name)
        return _table(headed, source)


@contextmanager
def _opened(data: bytes, name: str, sheet: str | None) -> Iterator[OpenSheet]:
    if data.startswith(b"PK\x03\x04"):
        with _open_workbook(data, name, sheet) as opened:
            yield opened
        return
    _refuse_other_kinds(data, name)
    rows: Iterator[tuple[int, list[Cell]]] = (
        (number, list(cells)) for number, cells in numbered_text_rows(data, name)
    )
    yield OpenSheet("", (), rows)


def _open_workbook(data: bytes, name: str, sheet: str | None) -> AbstractContextManager[OpenSheet]:
    checked = check_workbook(data, name)
    if checked.is_open_document:
        return open_ods_sheet(data, name, sheet)
    return open_excel_sheet(data, name, sheet, formulas=checked.has_formulas)


def _refuse_other_kinds(data: bytes, name: str) -> None:
    for signature, refusal in _SIGNATURES:
        # "BM" begins words too; a bitmap has NUL bytes soon after it
        if data.startswith(signature) and (signature != b"BM" or b"\0" in data[:16]):
            raise refusal(field="file", name=name)
    if _WEB_PAGE.match(data[:200].removeprefix(b"\xef\xbb\xbf")):
        raise refusals.WebPage(field="file", name=name)
    if name.lower().endswith(_WORKBOOK_ENDINGS):
        raise refusals.NotAWorkbook(field="file", name=name)


def _shown(filename: str) -> str:
    """Return the file's name without its folders, fit to be shown."""
    plain = PurePath(filename.replace("\\", "/")).name
    return _CONTROL.sub("", plain)[-80:] or "file"


def _filled_rows(
    rows: Iterable[tuple[int, list[Cell]]], name: str
) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the rows that hold anything, checked; stop at too many."""
    filled = 0
    for number, cells in rows:
        if number > MAX_ROW_NUMBER:
            raise refusals.TooManyRows(field="file", name=name, limit=MAX_ROWS)
        used = _used(cells)
        if not used:
            continue
        filled += 1
        if filled > MAX_ROWS + 1:  # and the header
            raise refusals.TooManyRows(field="file", name=name, limit=MAX_ROWS)
        if used > MAX_COLUMNS:
            raise refusals.TooManyColumns(field="file", name=name, limit=MAX_COLUMNS)
        del cells[MAX_COLUMNS:]
        _check_cells(cells, number, name)
        yield number, cells


def _used(cells: list[Cell]) -> int:
    """Return how many cells there are up to the last that holds anything."""
    used = len(cells)
    while used and is_blank(cells[used - 1]):
        used -= 1
    return used


def _check_cells(cells: list[Cell], number: int, name: str) -> None:
    for cell in cells:
        if not isinstance(cell, str):
            continue
        if len(cell) > MAX_CELL:
            raise refusals.CellTooLong(field="file", name=name, row=number, limit=MAX_CELL)
        if _CONTROL.search(cell):
            raise refusals.ControlCharacter(field="file", name=name, row=number)


def _table(headed: Headed, source: OpenSheet) -> Table:
    kept = list(headed.body)
    widths = [_used(cells) for _, cells in kept]
    width = max([len(headed.headers), *widths])
    named = list(headed.headers) + [""] * (width - len(headed.headers))
    headers = _distinct(named)
    problems = tuple(
        Problem.of(number, headers[at], cell)
        for number, cells in kept
        for at, cell in enumerate(cells)
        if isinstance(cell, BadValue)
    )
    rows = tuple(Row(number, _padded(cells, width)) for number, cells in kept)
    return Table(headers, rows, problems, source.title, source.titles, headed.is_headless)


def _padded(cells: list[Cell], width: int) -> tuple[str, ...]:
    texts = [cell if isinstance(cell, str) else "" for cell in cells[:width]]
    return tuple(texts + [""] * (width - len(texts)))


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Return the names with blank ones named by their column's letter, repeated ones numbered."""
    taken: set[str] = set()
    distinct = []
    for at, name in enumerate(names):
        plain = wanted = name or f"Column {_letters(at)}"
        count = 1
        while wanted.casefold() in taken:
            count += 1
            wanted = f"{plain} ({count})"
        taken.add(wanted.casefold())
        distinct.append(wanted)
    return tuple(distinct)


def _letters(at: int) -> str:
    """Return the letters a spreadsheet has over column `at`, counted from 0: A, Z, AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
