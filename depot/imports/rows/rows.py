"""Tables read row by row into items, places and crates, with every row's problems named.

Nothing here knows what a depot already has: whether an item or a place exists is the import's
business. A row with a problem is left out of the rows; the others are all there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, TypeVar

from depot.base.allergens import from_words
from depot.base.names import name_key
from depot.imports.rows.fields import CRATES, ITEMS, LOCATIONS
from depot.imports.rows.matching import require_columns
from depot.imports.rows.numbers import is_nothing
from depot.imports.rows.stated_dates import (
    Order,
    StatedDate,
    date_from_parts,
    date_order,
    parse_date,
    parse_day,
    parse_month,
)
from depot.imports.rows.values import (
    Quantity,
    parse_name,
    parse_quantity,
    parse_text,
    parse_unit,
    parse_weight,
    unit_in_header,
)
from depot.imports.sheets.problems import (
    BadValue,
    MissingValue,
    NoAllergen,
    NotANumber,
    Problem,
    RepeatedValue,
)
from depot.imports.sheets.reader import Row, Table

T = TypeVar("T")
_DATES: Final = ("date", "filled_on")
_MEASURES: Final = ("weight", "quantity")


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as a spreadsheet names it. `base_unit` is None where no unit is given."""

    number: int
    name: str
    category: str
    category_description: str
    base_unit: str | None
    unit_weight_milligrams: int | None
    note: str
    barcode: str
    #: Codes of depot.base.allergens.
    allergens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A place to keep things."""

    number: int
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class CrateRow:
    """A box and what it is said to hold; without `item` it was printed and never filled."""

    number: int
    box_number: str
    box_type: str
    item: str
    location: str
    dated: StatedDate | None
    filled_on: date | None
    quantity: Quantity | None
    lot_code: str
    note: str


@dataclass(frozen=True, slots=True)
class ParsedRows(Generic[T]):
    """The rows without a problem, and every problem of the others, in the file's order."""

    rows: tuple[T, ...]
    problems: tuple[Problem, ...]


def read_items(table: Table, columns: Mapping[str, str]) -> ParsedRows[ItemRow]:
    """Read items. `columns` names the header of each field. Raises MissingColumns."""
    require_columns(ITEMS, columns)
    return _read(table, columns, "name", _item)


def read_locations(table: Table, columns: Mapping[str, str]) -> ParsedRows[LocationRow]:
    """Read places. `columns` names the header of each field. Raises MissingColumns."""
    require_columns(LOCATIONS, columns)
    return _read(table, columns, "name", _location)


def read_crates(table: Table, columns: Mapping[str, str]) -> ParsedRows[CrateRow]:
    """Read boxes. `columns` names the header of each field. Raises MissingColumns."""
    require_columns(CRATES, columns)
    return _read(table, columns, "box_number", _crate)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where each field is, and what its header or its other rows say of how to read it."""

    places: Mapping[str, int]
    orders: Mapping[str, Order]
    units: Mapping[str, str]


class _Cells:
    """The cells of one row by field; collects what is wrong with them."""

    def __init__(self, row: Row, columns: _Columns) -> None:
        self.number = row.number
        self.problems: list[Problem] = []
        self.orders = columns.orders
        self.units = columns.units
        self._row = row
        self._places = columns.places

    def text(self, field: str) -> str:
        at = self._places.get(field)
        return "" if at is None else self._row.cells[at]

    def read(self, field: str, parse: Callable[[str], T]) -> T | None:
        """Return the field's value, or None after noting what is wrong with it."""
        try:
            return parse(self.text(field))
        except BadValue as error:
            self.problems.append(Problem.of(self.number, field, error))
            return None

    def name(self, field: str) -> str:
        return self.read(field, parse_name) or ""

    def optional_name(self, field: str) -> str:
        return "" if is_nothing(self.text(field)) else self.name(field)

    def note(self, field: str) -> str:
        return self.read(field, parse_text) or ""


def _read(
    table: Table,
    columns: Mapping[str, str],
    key: str,
    make: Callable[[_Cells], T],
) -> ParsedRows[T]:
    where = _columns(table, columns)
    fields = {header: field for field, header in columns.items()}
    unread = _by_row(table, fields)
    rows: list[T] = []
    problems: list[Problem] = []
    first_with: dict[str, int] = {}
    for row in table.rows:
        cells = _Cells(row, where)
        made = make(cells)
        _note_repeat(cells, key, first_with)
        # a cell without text reads as blank; what is wrong with it was said by the reader
        unreadable = unread.get(row.number, [])
        known = {problem.field for problem in unreadable}
        found = unreadable + [problem for problem in cells.problems if problem.field not in known]
        problems += found
        if not found:
            rows.append(made)
    return ParsedRows(tuple(rows), tuple(problems))


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


def _columns(table: Table, columns: Mapping[str, str]) -> _Columns:
    places = {field: table.headers.index(header) for field, header in columns.items()}
    orders: dict[str, Order] = {
        field: order
        for field in _DATES
        if field in places and (order := date_order(row.cells[places[field]] for row in table.rows))
    }
    units: dict[str, str] = {
        field: unit
        for field in _MEASURES
        if field in places and (unit := unit_in_header(table.headers[places[field]]))
    }
    return _Columns(places, orders, units)


def _note_repeat(cells: _Cells, key: str, first_with: dict[str, int]) -> None:
    name = name_key(cells.text(key))
    if not name:
        return
    first = first_with.setdefault(name, cells.number)
    if first != cells.number:
        error = RepeatedValue(text=cells.text(key)[:60], row=first)
        cells.problems.append(Problem.of(cells.number, key, error))


def _item(cells: _Cells) -> ItemRow:
    return ItemRow(
        number=cells.number,
        name=cells.name("name"),
        category=cells.optional_name("category"),
        category_description=cells.note("category_description"),
        base_unit=cells.read("unit", parse_unit),
        unit_weight_milligrams=cells.read(
            "weight", lambda text: parse_weight(text, cells.units.get("weight"))
        ),
        note=cells.note("note"),
        barcode=cells.read("barcode", _barcode) or "",
        allergens=cells.read("allergens", _allergens) or (),
    )


def _allergens(text: str) -> tuple[str, ...]:
    """Return the allergens that a cell names. Raises NoAllergen for a word that is none."""
    if is_nothing(text):
        return ()
    found, unknown = from_words(text)
    if unknown:
        raise NoAllergen(text=" ".join(unknown)[:60])
    return found


def _barcode(text: str) -> str:
    """Return a barcode's digits; blanks and hyphens between them do not count."""
    if is_nothing(text):
        return ""
    digits = text.replace(" ", "").replace("-", "").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 20):
        raise NotANumber(text=text[:60])
    return digits


def _location(cells: _Cells) -> LocationRow:
    return LocationRow(
        number=cells.number, name=cells.name("name"), description=cells.note("description")
    )


def _crate(cells: _Cells) -> CrateRow:
    item = cells.optional_name("item")
    return CrateRow(
        number=cells.number,
        box_number=cells.name("box_number"),
        box_type=cells.optional_name("box_type"),
        item=item,
        location=cells.optional_name("location"),
        dated=_crate_date(cells),
        filled_on=cells.read(
            "filled_on", lambda text: parse_day(text, cells.orders.get("filled_on"))
        ),
        quantity=_crate_quantity(cells, item),
        lot_code=cells.optional_name("lot_code"),
        note=cells.note("note"),
    )


def _crate_date(cells: _Cells) -> StatedDate | None:
    """The date in one column or, where that is blank, in a year and months."""
    if not is_nothing(cells.text("date")):
        return cells.read("date", lambda text: parse_date(text, cells.orders.get("date")))
    before = len(cells.problems)
    cells.read("date_month_start", parse_month)
    cells.read("date_month_end", parse_month)
    if len(cells.problems) > before:
        return None
    months = cells.text("date_month_start"), cells.text("date_month_end")
    return cells.read("date_year", lambda year: date_from_parts(year, *months))


def _crate_quantity(cells: _Cells, item: str) -> Quantity | None:
    """The quantity; a box that holds something must say how much, an empty one may say 0."""
    unit = cells.text("unit") or cells.units.get("quantity")
    if cells.text("unit") and cells.read("unit", parse_unit) is None:
        unit = None
    if not item and cells.text("quantity").strip() in ("0", "0.0"):
        return None
    quantity = cells.read("quantity", lambda text: parse_quantity(text, unit))
    if item and is_nothing(cells.text("quantity")):
        cells.problems.append(Problem.of(cells.number, "quantity", MissingValue()))
    return quantity
