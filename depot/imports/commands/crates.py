"""Importing crates: boxes with their old numbers, what is in them, and where they stand.

Planning is here; `import_stock` writes the plan and posts the opening entry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from depot.base.errors import DepotError, NameTaken
from depot.base.names import name_key
from depot.base.text import N_
from depot.base.units import PIECE
from depot.imports.doubts import remark_amounts
from depot.imports.plan import KnownNames, Plan, PlannedRow, Remarks, sort_problems
from depot.imports.rows.rows import CrateRow, ParsedRows
from depot.imports.rows.spelling import near_duplicates
from depot.imports.sheets.problems import Problem

Contents = Literal["filled", "blank", "unknown"]


class BoxAsPlace(DepotError):
    code = "box_as_place"
    template = N_("“%(name)s” is a box. Write the place where it stands.")


class OtherUnitInBox(DepotError):
    code = "other_unit_in_box"
    template = N_("“%(item)s” is counted in pieces, not in grams or millilitres.")


class UnitNeeded(DepotError):
    code = "unit_needed"
    template = N_("“%(item)s” is not counted in pieces. Write the quantity with its unit.")


class NeverFilled(DepotError):
    code = "never_filled"
    template = N_("No item and no date: printed but never filled. These become blank crates.")


class QuantityLeftOut(DepotError):
    code = "quantity_left_out"
    template = N_("A quantity without an item is not counted.")


class ContentsUnknown(DepotError):
    code = "contents_unknown"
    template = N_("There is a date but no item. Look what is in it, then scan it to fill it.")


class ItemMade(DepotError):
    code = "item_made"
    template = N_("No item is called so yet. It is made, in the category “%(category)s”.")


class ItemLike(DepotError):
    code = "item_like"
    template = N_("“%(item)s” is perhaps “%(like)s” misspelt. It is made as written.")


class PlaceMade(DepotError):
    code = "place_made"
    template = N_("No place is called so yet. It is made.")


class EstimatedQuantity(DepotError):
    code = "estimated"
    template = N_("“About” is taken as the exact quantity. Count when you can.")


def stated_contents(row: CrateRow) -> Contents:
    """Say what the row knows of the box: an item in it, nothing, or only that something is."""
    if row.item:
        return "filled"
    return "unknown" if row.dated or row.filled_on else "blank"


def plan_crates(book: KnownNames, parsed: ParsedRows[CrateRow]) -> Plan:
    """Return what importing these boxes would do. Boxes that are here already stay as they are."""
    remarks = Remarks()
    problems = list(parsed.problems)
    rows: list[PlannedRow] = []
    boxes = {name_key(row.box_number) for row in parsed.rows}
    units = _units(book, parsed.rows)
    for row in parsed.rows:
        if book.has_crate(row.box_number):
            rows.append(PlannedRow("same", row))
            continue
        wrong = list(_wrong(book, row, boxes, units))
        problems += wrong
        if not wrong:
            rows.append(PlannedRow("new", row))
    new = [p.row for p in rows if p.status == "new" and isinstance(p.row, CrateRow)]
    made = {"items": _new_items(book, new), "places": _new_places(book, new)}
    _remark(book, new, made["items"], remarks)
    remark_amounts(new, units, remarks)
    counts = dict.fromkeys(("filled", "blank", "unknown"), 0) | Counter(map(stated_contents, new))
    return Plan("crates", tuple(rows), sort_problems(problems), remarks.all(), made, counts)


def _units(book: KnownNames, rows: Sequence[CrateRow]) -> dict[str, str]:
    """Return each named item's base unit; of a new one, the first box says it."""
    units = {key: known.base_unit for key, known in book.items.items()}
    for row in rows:
        if row.item and row.quantity:
            units.setdefault(name_key(row.item), row.quantity.unit or PIECE)
    return units


def _wrong(
    book: KnownNames, row: CrateRow, boxes: set[str], units: dict[str, str]
) -> Iterator[Problem]:
    place = name_key(row.location)
    if place and place not in book.places:
        if place in boxes or book.has_crate(row.location):
            yield Problem.of(row.number, "location", BoxAsPlace(name=row.location))
        elif place in book.other_names:
            yield Problem.of(row.number, "location", NameTaken(name=row.location))
    if row.item and row.quantity:
        unit = units[name_key(row.item)]
        if (row.quantity.unit or PIECE) != unit:
            error = OtherUnitInBox if unit == PIECE else UnitNeeded
            yield Problem.of(row.number, "quantity", error(item=row.item))


def _new_items(book: KnownNames, rows: Sequence[CrateRow]) -> tuple[str, ...]:
    named = {name_key(row.item): row.item for row in reversed(rows) if row.item}
    return tuple(name for key, name in reversed(named.items()) if key not in book.items)


def _new_places(book: KnownNames, rows: Sequence[CrateRow]) -> tuple[str, ...]:
    named = {name_key(row.location): row.location for row in reversed(rows) if row.location}
    return tuple(name for key, name in reversed(named.items()) if key not in book.places)


def _remark(
    book: KnownNames, rows: Sequence[CrateRow], items: tuple[str, ...], remarks: Remarks
) -> None:
    for row in rows:
        for error in _remarks_on_contents(row):
            remarks.add(error, row.number)
    for row in rows:
        if row.item and name_key(row.item) not in book.items:
            remarks.add(ItemMade(category=book.catch_all.name), row.number)
        if row.location and name_key(row.location) not in book.places:
            remarks.add(PlaceMade(), row.number)
    for near in near_duplicates(items, known=[known.name for known in book.items.values()]):
        said = [row.number for row in rows if name_key(row.item) == name_key(near.name)]
        remarks.add(ItemLike(item=near.name, like=near.like), *said)


def _remarks_on_contents(row: CrateRow) -> Iterator[DepotError]:
    contents = stated_contents(row)
    if contents == "filled":
        if row.quantity and row.quantity.about:
            yield EstimatedQuantity()
        return
    yield NeverFilled() if contents == "blank" else ContentsUnknown()
    if row.quantity:
        yield QuantityLeftOut()
