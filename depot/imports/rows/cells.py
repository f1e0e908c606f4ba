"""The cells of a table by field, read row by row, with every row's problems named. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from depot.base.errors import DepotError
from depot.base.text import N_
from depot.imports.rows.numbers import is_nothing
from depot.imports.rows.set_aside import find_set_aside
from depot.imports.rows.stated_dates import (
    Order,
    date_order,
    likely_order,
    needs_order,
)
from depot.imports.rows.values import parse_name, parse_text, unit_in_header
from depot.imports.sheets.problems import BadValue, Problem
from depot.imports.sheets.reader import Row, Table

T = TypeVar("T")
_DATES: Final = ("date", "filled_on")
_MEASURES: Final = ("weight", "quantity")


class DayFirst(DepotError):
    code = "day_first"
    template = N_(
        "Dates such as %(text)s are read with the day first, %(reason)s."
        " Choose otherwise if not so."
    )


class MonthFirst(DepotError):
    code = "month_first"
    template = N_(
        "Dates such as %(text)s are read with the month first, %(reason)s."
        " Choose otherwise if not so."
    )


class NoHeaders(DepotError):
    code = "no_headers"
    template = N_(
        "No row names the columns: which is which was guessed from what is in them. Check it."
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """How a person wants a table read, beside its columns.

    `order` is how day and month stand; None leaves it to the column and, where that does not show
    it, to `usual_order`, that of the depot's country. `headings` takes rows that only head others
    for the category of what stands below them.
    """

    order: Order | None = None
    usual_order: Order | None = None
    headings: bool = False


PLAIN_READING: Final = Reading()


@dataclass(frozen=True, slots=True)
class ParsedRows(Generic[T]):
    """The rows without a problem, and every problem of the others, in the file's order.

    `set_aside` says why rows are left out that are no goods; `notes` what else is good to know,
    with the row where there is one.
    """

    rows: tuple[T, ...]
    problems: tuple[Problem, ...]
    set_aside: Mapping[int, DepotError] = field(default_factory=dict)
    notes: tuple[tuple[DepotError, tuple[int, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field is, and what its header or its other rows say of how to read it."""

    places: Mapping[str, int]
    headers: Mapping[str, str]
    orders: Mapping[str, Order]
    units: Mapping[str, str]


class Cells:
    """The cells of one row by field; collects what is wrong with them and good to know."""

    def __init__(self, row: Row, columns: Columns, heading: str = "") -> None:
        self.number = row.number
        self.problems: list[Problem] = []
        self.notes: list[DepotError] = []
        #: The heading above, where headings are categories.
        self.heading = heading
        self.columns = columns
        self._row = row

    def text(self, field: str) -> str:
        """Return the field's text, "" where no column has it."""
        at = self.columns.places.get(field)
        return "" if at is None else self._row.cells[at]

    def read(self, field: str, parse: Callable[[str], T]) -> T | None:
        """Return the field's value, or None after noting what is wrong with it."""
        try:
            return parse(self.text(field))
        except BadValue as error:
            self.problem(field, error)
            return None

    def problem(self, field: str, error: DepotError) -> None:
        """Note what is wrong with a field."""
        self.problems.append(Problem.of(self.number, field, error))

    def name(self, field: str) -> str:
        """Return a name that must be there; "" after noting that it is not."""
        return self.read(field, parse_name) or ""

    def optional_name(self, field: str) -> str:
        """Return a name, "" for a blank."""
        return "" if is_nothing(self.text(field)) else self.name(field)

    def note(self, field: str) -> str:
        """Return a free text."""
        return self.read(field, parse_text) or ""


def read_rows(
    kind: str,
    table: Table,
    columns: Mapping[str, str],
    reading: Reading,
    make: Callable[[Cells], T],
    check: Callable[[Cells, T], None] | None = None,
) -> ParsedRows[T]:
    """Read every row of a table that is no sum, no heading and still here with `make`.

    `check` notes what is wrong with a row in the light of those above it.
    """
    where, notes = _columns(table, columns, reading)
    set_aside = find_set_aside(kind, table, columns)
    fields = {header: field for field, header in columns.items()}
    unread = _by_row(table, fields)
    rows: list[T] = []
    problems: list[Problem] = []
    heading = ""
    for row in table.rows:
        if row.number in set_aside.rows:
            heading = set_aside.headings.get(row.number, heading)
            continue
        cells = Cells(row, where, heading if reading.headings else "")
        made = make(cells)
        if check:
            check(cells, made)
        # a cell without text reads as blank; what is wrong with it was said by the reader
        unreadable = unread.get(row.number, [])
        known = {problem.field for problem in unreadable}
        found = unreadable + [problem for problem in cells.problems if problem.field not in known]
        problems += found
        notes += [(note, (row.number,)) for note in cells.notes]
        if not found:
            rows.append(made)
    notes += [(error, numbers) for error, numbers in set_aside.doubts]
    return ParsedRows(tuple(rows), tuple(problems), set_aside.rows, tuple(notes))


def _by_row(table: Table, fields: Mapping[str, str]) -> dict[int, list[Problem]]:
    """Return the table's own problems in the columns that are read, named by field."""
    found: dict[int, list[Problem]] = {}
    for problem in table.problems:
        if problem.field in fields:
            named = Problem(
                problem.row_number,
                fields[problem.field],
                problem.code,
                problem.template,
                problem.params,
            )
            found.setdefault(problem.row_number, []).append(named)
    return found


def _columns(
    table: Table, columns: Mapping[str, str], reading: Reading
) -> tuple[Columns, list[tuple[DepotError, tuple[int, ...]]]]:
    places = {field: table.headers.index(header) for field, header in columns.items()}
    orders: dict[str, Order] = {}
    notes: list[tuple[DepotError, tuple[int, ...]]] = []
    for name in _DATES:
        texts = [row.cells[places[name]] for row in table.rows] if name in places else []
        order, reason = _order(texts, reading)
        in_doubt = [row for row, text in zip(table.rows, texts, strict=False) if needs_order(text)]
        if order:
            orders[name] = order
        if order and in_doubt:
            example = in_doubt[0].cells[places[name]][:20]
            how = MonthFirst if order == "mdy" else DayFirst
            error = how(text=example, reason=reason)
            notes.append((error, tuple(row.number for row in in_doubt)))
    units: dict[str, str] = {
        field: unit
        for field in _MEASURES
        if field in places and (unit := unit_in_header(table.headers[places[field]]))
    }
    if table.is_headless:
        notes.append((NoHeaders(), (table.rows[0].number,) if table.rows else ()))
    return Columns(places, columns, orders, units), notes


def _order(texts: Iterable[str], reading: Reading) -> tuple[Order | None, str]:
    """Return how day and month stand and why: as chosen, shown, usual where we are, or likely."""
    column = list(texts)
    if reading.order:
        return reading.order, N_("as you chose")
    if shown := date_order(column):
        return shown, N_("as the column shows")
    if reading.usual_order:
        return reading.usual_order, N_("as is usual in the depot’s country")
    return likely_order(column), N_("so that each is the first of a month")
