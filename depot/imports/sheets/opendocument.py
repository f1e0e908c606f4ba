"""Tables in OpenDocument spreadsheets (.ods), read as the text a person would have typed.

Libraries read the values but not how they are shown: a date that shows its month alone would become
its first day, a shortened code its number without zeros, and one row "repeated a million times"
a million rows. So the one part that holds the cells is read here, piece by piece.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final
from xml.parsers import expat  # the guard has been through every part: no document type in it

from depot.base.errors import DepotError
from depot.imports.sheets.limits import MAX_CELL, MAX_COLUMNS, MAX_ROW_NUMBER
from depot.imports.sheets.problems import ErrorCell, FormulaWithoutValue
from depot.imports.sheets.refusals import BrokenWorkbook, EmptySheet, UnknownSheet
from depot.imports.sheets.workbooks import Cell, OpenSheet, number_text

_PIECE: Final = 65_536
_SPACE: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = f"{_SPACE}table:1.0 ", f"{_SPACE}office:1.0 ", f"{_SPACE}text:1.0 "
_STYLE, _NUMBER = f"{_SPACE}style:1.0 ", f"{_SPACE}datastyle:1.0 "
_DRAWN: Final = f"{_SPACE}drawing:1.0 "
_ERROR: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_CELLS: Final = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_NUMBERS: Final = frozenset({"float", "percentage", "currency"})


@contextmanager
def open_ods_sheet(data: bytes, name: str, wanted: str | None) -> Iterator[OpenSheet]:
    """Open the sheet `wanted`, by default the first visible one that holds anything.

    `data` has passed the guard. Raises SheetRefused and nothing else.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _Styles()
            if "styles.xml" in archive.namelist():
                for _ in _parsed(archive, "styles.xml", _Reader(styles, -1)):
                    pass
            survey = _Reader(styles, -1)
            for _ in _parsed(archive, "content.xml", survey):
                pass
            index = _pick(survey, name, wanted)
            titles = tuple(survey.titles)
            rows = _parsed(archive, "content.xml", _Reader(styles, index))
            yield OpenSheet(titles[index], titles, rows)
    except DepotError:
        raise
    except (expat.ExpatError, zipfile.BadZipFile, ValueError, LookupError, OSError) as error:
        raise BrokenWorkbook(field="file", name=name) from error


def _pick(survey: _Reader, name: str, wanted: str | None) -> int:
    titles = survey.titles
    if not titles:
        raise EmptySheet(field="file", name=name)
    if wanted is None:
        shown = [at for at in range(len(titles)) if at not in survey.hidden]
        filled = [at for at in shown if at in survey.filled]
        return (filled or shown or [0])[0]
    for index, title in enumerate(titles):
        if title.casefold() == wanted.strip().casefold():
            return index
    raise UnknownSheet(field="sheet", name=name, sheet=wanted[:60], sheets=", ".join(titles))


def _parsed(
    archive: zipfile.ZipFile, part: str, reader: _Reader
) -> Iterator[tuple[int, list[Cell]]]:
    """Read one part and yield the numbered rows that the reader keeps."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            parser.Parse(piece, False)
            yield from reader.take_rows()
        parser.Parse(b"", True)
    yield from reader.take_rows()


@dataclass
class _Styles:
    """What styles say that changes what a cell means."""

    #: The parts that each date format shows: year, month, day.
    shown: dict[str, set[str]] = field(default_factory=dict)
    #: The format of each style of cells.
    formats: dict[str, str] = field(default_factory=dict)
    hidden_tables: set[str] = field(default_factory=set)


@dataclass
class _CellRead:
    """One cell on its way."""

    attributes: dict[str, str]
    repeated: int
    paragraphs: list[str] = field(default_factory=list)
    length: int = 0


class _Reader:
    """Follows the elements of a part; keeps the rows of the sheet at `index`, of none for -1."""

    def __init__(self, styles: _Styles, index: int) -> None:
        self.titles: list[str] = []
        self.hidden: set[int] = set()
        self.filled: set[int] = set()
        self._styles = styles
        self._index = index
        self._rows: list[tuple[range, list[Cell]]] = []
        self._depth = 0  # of tables in tables
        self._skipped = 0  # of what is drawn or noted in a cell
        self._style = self._format = ""
        self._number = 0
        self._row: list[Cell] = []
        self._blanks = 0
        self._repeated = 1
        self._cell: _CellRead | None = None
        self._columns: list[str] = []

    def take_rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield the rows read since the last time, each as often as it is repeated."""
        rows, self._rows = self._rows, []
        for numbers, cells in rows:
            for number in numbers:
                yield number, list(cells)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if self._skipped or (self._cell and tag.startswith((f"{_OFFICE}annotation", _DRAWN))):
            self._skipped += 1
        elif tag == f"{_TABLE}table":
            self._start_table(attributes)
        elif tag.startswith((_STYLE, _NUMBER)):
            self._start_style(tag, attributes)
        elif self._depth == 1:
            self._start_in_table(tag, attributes)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > 1:
            return
        if attributes.get(f"{_TABLE}style-name") in self._styles.hidden_tables:
            self.hidden.add(len(self.titles))
        self.titles.append(attributes.get(f"{_TABLE}name", ""))
        self._number = 0
        self._columns = []

    def _start_style(self, tag: str, attributes: dict[str, str]) -> None:
        name = attributes.get(f"{_STYLE}name", "")
        if tag == f"{_STYLE}style":
            self._style = name
            if shown := attributes.get(f"{_STYLE}data-style-name"):
                self._styles.formats[name] = shown
        elif tag == f"{_STYLE}table-properties":
            if attributes.get(f"{_TABLE}display") == "false":
                self._styles.hidden_tables.add(self._style)
        elif tag == f"{_NUMBER}date-style":
            self._format = name
            self._styles.shown[name] = set()
        elif self._format in self._styles.shown:
            self._styles.shown[self._format].add(tag.removeprefix(_NUMBER))

    def _start_in_table(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_TABLE}table-row":
            self._row, self._blanks = [], 0
            self._repeated = _count(attributes, "number-rows-repeated")
        elif tag == f"{_TABLE}table-column":
            style = attributes.get(f"{_TABLE}default-cell-style-name", "")
            many = min(_count(attributes, "number-columns-repeated"), MAX_COLUMNS + 1)
            if len(self._columns) <= MAX_COLUMNS:
                self._columns += [style] * many
        elif tag in _CELLS:
            self._cell = _CellRead(attributes, _count(attributes, "number-columns-repeated"))
        elif self._cell and tag == f"{_TEXT}p" and self._cell.length <= MAX_CELL:
            self._cell.paragraphs.append("")
            self._cell.length += 1
        elif tag == f"{_TEXT}s":
            self.data(" " * min(_count(attributes, "c", _TEXT), MAX_CELL))
        elif tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            self.data("\n" if tag.endswith("break") else "\t")

    def data(self, text: str) -> None:
        """Take a text."""
        cell = self._cell
        # a little more than a cell may hold is enough to be refused
        if cell and cell.paragraphs and not self._skipped and cell.length <= MAX_CELL:
            cell.length += len(text)
            cell.paragraphs[-1] += text

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self._skipped:
            self._skipped -= 1
        elif tag == f"{_TABLE}table":
            self._depth -= 1
        elif tag == f"{_NUMBER}date-style":
            self._format = ""
        elif self._depth == 1 and tag in _CELLS and self._cell:
            self._end_cell(self._cell)
            self._cell = None
        elif self._depth == 1 and tag == f"{_TABLE}table-row":
            self._end_row()

    def _end_cell(self, cell: _CellRead) -> None:
        at = len(self._row) + self._blanks
        style = cell.attributes.get(f"{_TABLE}style-name") or (
            self._columns[at] if at < len(self._columns) else ""
        )
        value = _value(cell, self._styles.shown.get(self._styles.formats.get(style, ""), set()))
        if value == "":
            self._blanks += cell.repeated
            return
        # one more than there may be is enough to be refused
        self._row += [""] * min(self._blanks, MAX_COLUMNS + 1)
        self._row += [value] * min(cell.repeated, MAX_COLUMNS + 1)
        self._blanks = 0

    def _end_row(self) -> None:
        first = self._number + 1
        self._number += self._repeated
        if not self._row:
            return
        self.filled.add(len(self.titles) - 1)
        if len(self.titles) - 1 == self._index:
            last = min(self._number, MAX_ROW_NUMBER + 1)
            # what lies far below is handed on once, to be refused
            self._rows.append((range(first, max(first, last) + 1), self._row))


def _count(attributes: dict[str, str], name: str, space: str = _TABLE) -> int:
    return max(1, int(attributes.get(f"{space}{name}", "1")))


def _value(cell: _CellRead, shown: set[str]) -> Cell:
    """Return what a cell says; `shown` are the parts of a date that its format shows."""
    kind = cell.attributes.get(f"{_OFFICE}value-type", "")
    text = "\n".join(cell.paragraphs)
    is_formula = f"{_TABLE}formula" in cell.attributes
    if cell.attributes.get(_ERROR) == "error" or (is_formula and text.startswith(("#", "Err:"))):
        return ErrorCell(text=text[:20])
    if kind in _NUMBERS:
        return _number(cell.attributes.get(f"{_OFFICE}value", ""), text)
    if kind == "date":
        return _date(cell.attributes.get(f"{_OFFICE}date-value", ""), shown) or text
    if kind == "boolean":
        return cell.attributes.get(f"{_OFFICE}boolean-value", "").upper()
    if is_formula and not kind and not text:
        return FormulaWithoutValue()
    return text


def _number(value: str, text: str) -> str:
    """Return a number as typed; one that is shown with zeros before it is a code."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return text
    if text.isdecimal() and len(text) <= 40 and Decimal(text) == number:
        return text
    return number_text(float(number)) if number.is_finite() else text


def _date(value: str, shown: set[str]) -> str:
    """Return a date in ISO form; one that shows only month and year is a month, no day."""
    day, _, time = value.partition("T")
    if "year" in shown and "day" not in shown:
        return day[: 7 if "month" in shown else 4]
    clock = time.partition(".")[0]
    return f"{day} {clock}" if clock.strip("0:") else day
