"""Tables as marks: how wide each column is, and rows that are never torn apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from depot.papers.letters import clean_line, fit_text, text_width, wrap_text
from depot.papers.paper import Column, Row, Table
from depot.papers.sheet import POINT, BoxMark, LineMark, Mark, TextMark

#: Sizes of type that are tried, in points, until the table is no wider than the sheet.
SIZES: Final = (9.0, 8.0, 7.0, 6.0)
#: Free room left and right in a cell, and above and below its text, in mm.
_SIDE, _ABOVE = 1.3, 1.05
#: A blank column is at least so wide, that a hand can write in it.
_BLANK: Final = 20.0
#: So much wider becomes a column of figures where there is room, in mm.
_AIR: Final = 6.0
#: So many rows are looked at for the widths of columns; a longer cell is wrapped.
_LOOKED_AT: Final = 400
#: No cell has more lines.
MAX_CELL_LINES: Final = 12


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Some marks, as if they began at the top of the sheet, and how high they are."""

    marks: tuple[Mark, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's columns as they are set: where each begins, how wide it is, and the type."""

    table: Table
    left: float
    widths: tuple[float, ...]
    size: float

    @property
    def room(self) -> float:
        """The width of all columns."""
        return sum(self.widths)

    @property
    def _step(self) -> float:
        return self.size * POINT * 1.22

    def head(self) -> LaidOut:
        """Return the line of column names."""
        titles = [column.title for column in self.table.columns]
        laid = self._cells(titles, self.size - 0.5, bold=False, colour="soft")
        rule = LineMark(self.left, laid.height, self.left + self.room, laid.height, "ink", 0.35)
        return LaidOut((*laid.marks, rule), laid.height)

    def row(self, row: Row) -> LaidOut:
        """Return a row, or a heading over all columns, with the line under it."""
        laid = self._heading(row.cells[0]) if row.is_heading else self._row(row)
        rule = LineMark(self.left, laid.height, self.left + self.room, laid.height)
        return LaidOut((*laid.marks, rule), laid.height)

    def foot(self, cells: Sequence[str]) -> LaidOut:
        """Return the line of sums."""
        laid = self._cells(cells, self.size, bold=True, colour="ink")
        rule = LineMark(self.left, 0, self.left + self.room, 0, "ink", 0.5)
        return LaidOut((rule, *laid.marks), laid.height)

    def _heading(self, text: str) -> LaidOut:
        height = self._step + 2 * _ABOVE
        shown = fit_text(text, self.size, self.room - 2 * _SIDE, bold=True)
        shade = BoxMark(self.left, 0, self.room, height, fill="shade")
        baseline = _ABOVE + self.size * POINT * 0.95
        return LaidOut(
            (shade, TextMark(self.left + _SIDE, baseline, shown, self.size, True)), height
        )

    def _row(self, row: Row) -> LaidOut:
        laid = self._cells(row.cells, self.size, bold=False, colour="ink")
        if not any(column.is_blank for column in self.table.columns):
            return laid
        height = max(laid.height, 8.0)
        down = (height - laid.height) / 2
        texts = [replace(mark, y=mark.y + down) for mark in laid.marks]
        boxes = [
            BoxMark(x + 1, 1, wide - 2, height - 2, line="ink", thick=0.25)
            for column, x, wide in self._places()
            if column.is_blank
        ]
        return LaidOut((*boxes, *texts), height)

    def _places(self) -> Iterator[tuple[Column, float, float]]:
        x = self.left
        for column, wide in zip(self.table.columns, self.widths, strict=True):
            yield column, x, wide
            x += wide

    def _cells(self, cells: Sequence[str], size: float, *, bold: bool, colour: str) -> LaidOut:
        marks: list[Mark] = []
        most = 1
        for (column, x, wide), cell in zip(self._places(), cells, strict=True):
            lines = wrap_text(cell, size, wide - 2 * _SIDE, bold, MAX_CELL_LINES)
            most = max(most, len(lines))
            is_right = column.is_figure or (column.is_blank and cell != column.title)
            at = x + wide - _SIDE if column.is_figure else x + _SIDE
            at = x + wide - 2.4 if is_right and column.is_blank else at
            for number, line in enumerate(lines):
                y = _ABOVE + size * POINT * 0.95 + number * self._step
                align = "right" if is_right else "left"
                if line:
                    marks.append(TextMark(at, y, line, size, bold, colour, align))
        return LaidOut(tuple(marks), most * self._step + 2 * _ABOVE)


def lay_out_table(table: Table, left: float, room: float) -> Grid:
    """Return the table set in `room` mm, in the largest type in which no figure is broken."""
    for size in SIZES:
        widest, least = _needs(table, size)
        if sum(least) <= room:
            return Grid(table, left, tuple(_shared(table, widest, least, room)), size)
    # in the smallest type the names and words over figures are broken too, no number is
    widest, least = _needs(table, SIZES[-1], breaks=True)
    return Grid(table, left, tuple(_shared(table, widest, least, room)), SIZES[-1])


def _needs(table: Table, size: float, *, breaks: bool = False) -> tuple[list[float], list[float]]:
    """Return how wide each column would like to be, and how narrow it may become.

    With `breaks` a column of figures is broken between words, like any other.
    """
    widest, least = [], []
    rows = [row.cells for row in table.rows[:_LOOKED_AT] if not row.is_heading]
    for place, column in enumerate(table.columns):
        cells = [clean_line(cells[place]) for cells in rows]
        texts = [*((cell, False) for cell in cells), (clean_line(column.title), True)]
        if table.foot:
            texts.append((clean_line(table.foot[place], True), True))
        whole = max((text_width(text, size, bold) for text, bold in texts), default=0.0)
        words = max(
            (text_width(word, size, bold) for text, bold in texts for word in text.split(" ")),
            default=0.0,
        )
        if column.is_blank:
            whole = words = max(whole, _BLANK)
        keeps = (column.is_figure and not breaks) or column.is_blank
        least.append((whole if keeps else min(words, 45.0)) + 2 * _SIDE)
        widest.append(whole + 2 * _SIDE)
    return widest, least


def _shared(table: Table, widest: list[float], least: list[float], room: float) -> Iterator[float]:
    """Yield the widths of the columns: together as wide as the room, names have what is left."""
    spare = room - sum(least)
    if spare < 0:  # even the smallest type is too wide: everybody gives
        yield from (wide * room / sum(least) for wide in least)
        return
    wants = [max(wide - low, 0.0) for wide, low in zip(widest, least, strict=True)]
    given = min(1.0, spare / sum(wants)) if sum(wants) else 0.0
    left_over = spare - given * sum(wants)
    figures = [column.is_figure for column in table.columns]
    air = min(_AIR, left_over / 2 / max(sum(figures), 1))  # between figures, so that none touch
    left_over -= air * sum(figures)
    takers = [place for place, column in enumerate(table.columns) if not column.is_figure]
    growing = takers or list(range(len(table.columns)))
    for place, (low, want) in enumerate(zip(least, wants, strict=True)):
        extra = left_over / len(growing) if place in growing else 0.0
        extra += air if figures[place] else 0.0
        yield low + given * want + extra
