"""Importing crates: boxes with their old numbers, what is in them, and where they stand.

Planning is here; `write_crates` writes the plan and posts the opening entry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from depot.base.errors import DepotError, NameTaken
from depot.base.names import name_key
from depot.base.text import N_
from depot.base.units import PIECE
from depot.imports.commands.goods import first_spellings, item_totals, units_of
from depot.imports.doubts import remark_amounts
from depot.imports.known import KnownNames
from depot.imports.plan import Plan, PlannedRow, Remarks, set_aside_of, sort_problems
from depot.imports.rows.cells import ParsedRows
from depot.imports.rows.rows import CrateRow
from depot.imports.rows.spelling import near_duplicates
from depot.imports.sheets.problems import Problem

Contents = Literal["filled", "blank", "emptied", "unknown"]
#: A box with rows of several sorts is what the first of these says.
_CONTENTS: Final[tuple[Contents, ...]] = ("filled", "unknown", "emptied", "blank")


class BoxAsPlace(DepotError):
    code = "box_as_place"
    template = N_("“%(name)s” is a crate. Write the place where it stands.")


class BoxAtTwoPlaces(DepotError):
    code = "box_at_two_places"
    template = N_(
        "By row %(row)s this crate stands at “%(place)s”. It can stand at one place only."
    )


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
    if row.is_emptied:
        return "emptied"
    return "unknown" if row.dated or row.filled_on else "blank"


def plan_crates(book: KnownNames, parsed: ParsedRows[CrateRow]) -> Plan:
    """Return what importing these boxes would do. Boxes that are here already stay as they are.

    A box with several rows holds several things.
    """
    remarks = Remarks()
    remarks.add_notes(parsed)
    problems = list(parsed.problems)
    rows: list[PlannedRow] = []
    boxes = {name_key(row.box_number) for row in parsed.rows}
    units = units_of(book, parsed.rows)
    places = _first_places(parsed.rows)
    for row in parsed.rows:
        if book.has_crate(row.box_number):
            rows.append(PlannedRow("same", row))
            continue
        wrong = list(_wrong(book, row, boxes, units, places))
        problems += wrong
        if not wrong:
            rows.append(PlannedRow("new", row))
    new = [p.row for p in rows if p.status == "new" and isinstance(p.row, CrateRow)]
    made = {
        "items": first_spellings([row.item for row in new], book.items),
        "places": first_spellings([row.location for row in new], book.places),
    }
    _remark(book, new, made["items"], remarks)
    remark_amounts(new, units, remarks)
    return Plan(
        "crates",
        tuple(rows),
        sort_problems(problems),
        remarks.all(),
        made,
        _count_boxes(new),
        set_aside=set_aside_of(parsed),
        totals=item_totals(book, new),
    )


def _first_places(rows: Sequence[CrateRow]) -> dict[str, CrateRow]:
    """Return each box's first row that says where it stands."""
    placed = [row for row in rows if row.location]
    return {name_key(row.box_number): row for row in reversed(placed)}


def _count_boxes(rows: Sequence[CrateRow]) -> dict[str, int]:
    """Return how many boxes there are of each sort; a box may have several rows."""
    said: dict[str, set[Contents]] = {}
    for row in rows:
        said.setdefault(name_key(row.box_number), set()).add(stated_contents(row))
    sorts = Counter(next(sort for sort in _CONTENTS if sort in found) for found in said.values())
    return {sort: sorts[sort] for sort in _CONTENTS}


def _wrong(
    book: KnownNames,
    row: CrateRow,
    boxes: set[str],
    units: dict[str, str],
    places: dict[str, CrateRow],
) -> Iterator[Problem]:
    place = name_key(row.location)
    first = places.get(name_key(row.box_number), row)
    if place and name_key(first.location) != place:
        error = BoxAtTwoPlaces(row=first.number, place=first.location)
        yield Problem.of(row.number, "location", error)
    if place and place not in book.places:
        if place in boxes or book.has_crate(row.location):
            yield Problem.of(row.number, "location", BoxAsPlace(name=row.location))
        elif place in book.other_names:
            yield Problem.of(row.number, "location", NameTaken(name=row.location))
    if row.item and row.quantity:
        unit = units[name_key(row.item)]
        if (row.quantity.unit or PIECE) != unit:
            other = OtherUnitInBox if unit == PIECE else UnitNeeded
            yield Problem.of(row.number, "quantity", other(item=row.item))


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
    if contents == "emptied":
        return
    yield NeverFilled() if contents == "blank" else ContentsUnknown()
    if row.quantity:
        yield QuantityLeftOut()
