"""Tables read row by row into items, places, crates and stock, with every row's problems named.

Nothing here knows what a depot already has: whether an item or a place exists is the import's
business. A row with a problem is left out of the rows; the others are all there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from depot.base.allergens import MAX_DIET, MAX_DIETS, clean_diets, from_words
from depot.base.errors import DepotError
from depot.base.names import name_key
from depot.base.text import N_
from depot.imports.rows.barcodes import Barcodes, read_barcodes
from depot.imports.rows.cells import PLAIN_READING, Cells, ParsedRows, Reading, read_rows
from depot.imports.rows.fields import CRATES, ITEMS, LOCATIONS, STOCK, name_fields
from depot.imports.rows.matching import require_columns
from depot.imports.rows.numbers import is_nothing, parse_number
from depot.imports.rows.stated_dates import (
    StatedDate,
    date_from_parts,
    parse_date,
    parse_day,
    parse_month,
)
from depot.imports.rows.values import (
    MAX_NAME,
    Quantity,
    parse_quantity,
    parse_unit,
    parse_weight,
)
from depot.imports.sheets.problems import (
    BadValue,
    MissingValue,
    NoAllergen,
    RepeatedValue,
    TooLong,
)
from depot.imports.sheets.reader import Table
from depot.imports.words.diets import diet_said

#: Headers whose word belongs to the name: "Nappies, size 1"; others only say what is what.
_SIZES: Final = frozenset("size sizes grösse größe größen talla tallas taille tailles".split())


class WrongCheckDigit(DepotError):
    code = "wrong_check_digit"
    template = N_("The bar code %(code)s is wrong: its check digit does not agree. Not learned.")


class EmptiedBox(DepotError):
    code = "emptied"
    template = N_("A quantity of 0: these become empty crates.")


class NothingOfIt(DepotError):
    code = "nothing_of_it"
    template = N_("A quantity of 0: nothing of it is booked.")


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
    barcodes: tuple[str, ...]
    #: Codes of depot.base.allergens.
    allergens: tuple[str, ...] = ()
    #: Codes of depot.base.allergens and words of the depot's own.
    diets: tuple[str, ...] = ()
    #: What it is called in other languages: language, name.
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A place to keep things."""

    number: int
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class CrateRow:
    """A box and what it is said to hold; without `item` it was printed and never filled.

    A box that holds several things has a row for each. `is_emptied`: it held something once.
    """

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
    is_emptied: bool = False
    barcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StockRow:
    """Goods that stand in no crate; without `location` nobody says where, `quantity` may be 0."""

    number: int
    item: str
    quantity: Quantity
    location: str
    dated: StatedDate | None
    lot_code: str
    category: str
    unit_weight_milligrams: int | None
    barcodes: tuple[str, ...]
    #: What the item is called in other languages: language, name.
    names: tuple[tuple[str, str], ...] = ()


def read_items(
    table: Table, columns: Mapping[str, str], reading: Reading = PLAIN_READING
) -> ParsedRows[ItemRow]:
    """Read items. `columns` names the header of each field. Raises MissingColumns."""
    require_columns(ITEMS, columns, table.headers)
    return read_rows(ITEMS, table, columns, reading, _item, _Repeats("name").of_name)


def read_locations(
    table: Table, columns: Mapping[str, str], reading: Reading = PLAIN_READING
) -> ParsedRows[LocationRow]:
    """Read places. `columns` names the header of each field. Raises MissingColumns."""
    require_columns(LOCATIONS, columns, table.headers)
    return read_rows(LOCATIONS, table, columns, reading, _location, _Repeats("name").of_name)


def read_crates(
    table: Table, columns: Mapping[str, str], reading: Reading = PLAIN_READING
) -> ParsedRows[CrateRow]:
    """Read boxes. `columns` names the header of each field. Raises MissingColumns."""
    require_columns(CRATES, columns, table.headers)
    return read_rows(CRATES, table, columns, reading, _crate, _Repeats("box_number").of_box)


def read_stock(
    table: Table, columns: Mapping[str, str], reading: Reading = PLAIN_READING
) -> ParsedRows[StockRow]:
    """Read goods in no crate. `columns` names the header of each field. Raises MissingColumns."""
    require_columns(STOCK, columns, table.headers)
    return read_rows(STOCK, table, columns, reading, _stock)


class _Repeats:
    """Notes what stands in a table twice: an item or a place, and the very same goods of a box."""

    def __init__(self, field: str) -> None:
        self._field = field
        self._first: dict[object, int] = {}

    def of_name(self, cells: Cells, made: ItemRow | LocationRow) -> None:
        """Note a name that is in a row above."""
        self._note(cells, name_key(made.name), made.name)

    def of_box(self, cells: Cells, made: CrateRow) -> None:
        """Note a box whose row above says the same: several rows are several goods in it."""
        dated = made.dated.text if made.dated else ""
        goods = (name_key(made.item), dated, name_key(made.lot_code), made.quantity)
        box = name_key(made.box_number)
        self._note(cells, (box, *goods) if box else "", made.box_number)

    def _note(self, cells: Cells, key: object, text: str) -> None:
        if not key:
            return
        first = self._first.setdefault(key, cells.number)
        if first != cells.number:
            cells.problem(self._field, RepeatedValue(text=text[:60], row=first))


def _item(cells: Cells) -> ItemRow:
    return ItemRow(
        number=cells.number,
        name=_sized(cells, "name", cells.name("name")),
        category=cells.optional_name("category") or cells.heading,
        category_description=cells.note("category_description"),
        base_unit=cells.read("unit", parse_unit),
        unit_weight_milligrams=_weight(cells),
        note=cells.note("note"),
        barcodes=_barcodes(cells),
        allergens=cells.read("allergens", _allergens) or (),
        diets=cells.read("diets", _diets) or (),
        names=_names(cells),
    )


def _names(cells: Cells) -> tuple[tuple[str, str], ...]:
    """Return the names that columns of other languages have, where they are not blank."""
    found = (
        (field.language, cells.optional_name(field.name))
        for field in name_fields(ITEMS)
        if field.name in cells.columns.places
    )
    return tuple((language, name) for language, name in found if name)


def _sized(cells: Cells, field: str, name: str) -> str:
    """Return the item's name with its size, which is part of it: "Nappies, size 1"."""
    size = cells.optional_name("size")
    said = f" {name_key(name).replace(',', ' ')} "
    if not name or not size or f" {name_key(size)} " in said:
        return name
    header = cells.columns.headers["size"].lower().split(" / ")[-1]
    says_so = name_key(header) in name_key(size)
    whole = f"{name}, {header} {size}" if header in _SIZES and not says_so else f"{name}, {size}"
    if len(whole) > MAX_NAME:
        cells.problem(field, TooLong(text=whole[:60], limit=MAX_NAME))
    return whole


def _weight(cells: Cells) -> int | None:
    return cells.read("weight", lambda text: parse_weight(text, cells.columns.units.get("weight")))


def _barcodes(cells: Cells) -> tuple[str, ...]:
    found = cells.read("barcode", read_barcodes) or Barcodes()
    cells.notes += [WrongCheckDigit(code=code) for code in found.wrong]
    return found.codes


def _allergens(text: str) -> tuple[str, ...]:
    """Return the allergens that a cell names. Raises NoAllergen for a word that is none."""
    if is_nothing(text):
        return ()
    found, unknown = from_words(text)
    if unknown:
        raise NoAllergen(text=" ".join(unknown)[:60])
    return found


def _diets(text: str) -> tuple[str, ...]:
    """Return the diets that a cell names. Raises TooLong for a word that is a sentence."""
    if is_nothing(text):
        return ()
    found = clean_diets(map(diet_said, re.split(r"[,;/\n،؛、，]", text)))[:MAX_DIETS]
    for word in found:
        if len(word) > MAX_DIET:
            raise TooLong(text=word[:60], limit=MAX_DIET)
    return found


def _location(cells: Cells) -> LocationRow:
    return LocationRow(
        number=cells.number, name=cells.name("name"), description=cells.note("description")
    )


def _crate(cells: Cells) -> CrateRow:
    item = _sized(cells, "item", cells.optional_name("item"))
    is_emptied = bool(item) and _is_zero(cells.text("quantity"))
    if is_emptied:
        cells.notes.append(EmptiedBox())
    return CrateRow(
        number=cells.number,
        box_number=cells.name("box_number"),
        box_type=cells.optional_name("box_type"),
        item="" if is_emptied else item,
        location=cells.optional_name("location"),
        dated=_date(cells),
        filled_on=cells.read(
            "filled_on", lambda text: parse_day(text, cells.columns.orders.get("filled_on"))
        ),
        quantity=None if _is_zero(cells.text("quantity")) else _quantity(cells, bool(item)),
        lot_code=cells.optional_name("lot_code"),
        note=cells.note("note"),
        is_emptied=is_emptied,
        barcodes=_barcodes(cells) if item and not is_emptied else (),
    )


def _stock(cells: Cells) -> StockRow:
    quantity = Quantity(0, _unit(cells))
    if _is_zero(cells.text("quantity")):
        cells.notes.append(NothingOfIt())
    else:
        quantity = _quantity(cells, is_needed=True) or quantity
    return StockRow(
        number=cells.number,
        item=_sized(cells, "item", cells.name("item")),
        quantity=quantity,
        location=cells.optional_name("location"),
        dated=_date(cells),
        lot_code=cells.optional_name("lot_code"),
        category=cells.optional_name("category") or cells.heading,
        unit_weight_milligrams=_weight(cells),
        barcodes=_barcodes(cells),
        names=_names(cells),
    )


def _is_zero(text: str) -> bool:
    try:
        return not is_nothing(text) and parse_number(text) == Fraction(0)
    except BadValue:
        return False


def _date(cells: Cells) -> StatedDate | None:
    """The date in one column or, where that is blank, in a year and months."""
    if not is_nothing(cells.text("date")):
        return cells.read("date", lambda text: parse_date(text, cells.columns.orders.get("date")))
    before = len(cells.problems)
    cells.read("date_month_start", parse_month)
    cells.read("date_month_end", parse_month)
    if len(cells.problems) > before:
        return None
    months = cells.text("date_month_start"), cells.text("date_month_end")
    return cells.read("date_year", lambda year: date_from_parts(year, *months))


def _quantity(cells: Cells, is_needed: bool) -> Quantity | None:
    """The quantity in the unit that the row or the header says; what is here must say how much."""
    unit = cells.text("unit") or cells.columns.units.get("quantity")
    if cells.text("unit") and _unit(cells) is None:
        unit = None
    quantity = cells.read("quantity", lambda text: parse_quantity(text, unit))
    if is_needed and is_nothing(cells.text("quantity")):
        cells.problem("quantity", MissingValue())
    return quantity


def _unit(cells: Cells) -> str | None:
    return cells.read("unit", parse_unit)
