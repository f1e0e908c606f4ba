"""Importing stock that stands in no crate: item, quantity, shelf, date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from depot.base.errors import DepotError, NameTaken
from depot.base.names import name_key
from depot.base.text import N_
from depot.base.units import PIECE
from depot.imports.commands.categories import add_categories
from depot.imports.commands.codes import mark_coded, plan_codes, write_codes
from depot.imports.commands.crates import (
    BoxAsPlace,
    EstimatedQuantity,
    ItemLike,
    ItemMade,
    OtherUnitInBox,
    PlaceMade,
    UnitNeeded,
)
from depot.imports.commands.goods import add_new_items, first_spellings, item_totals, units_of
from depot.imports.commands.locations import add_places
from depot.imports.commands.lots import find_lots, lot_key
from depot.imports.doubts import remark_amounts
from depot.imports.known import KnownNames, OpeningKey
from depot.imports.names import NewNames
from depot.imports.plan import (
    CHUNK,
    Plan,
    PlannedRow,
    Remarks,
    ReportStep,
    headings_of,
    set_aside_of,
    sort_problems,
)
from depot.imports.rows.cells import ParsedRows
from depot.imports.rows.rows import StockRow
from depot.imports.rows.spelling import near_duplicates
from depot.imports.sheets.problems import Problem
from depot.items.item_names import add_item_names
from depot.kernel.answers import Booked
from depot.kernel.draft import Draft
from depot.kernel.lookups import load_fixed_places
from depot.kernel.once import Work
from depot.ledger.entries import Place


class NoPlaceNamed(DepotError):
    code = "no_place_named"
    template = N_("No place is named. These go to “%(place)s”.")


class BroughtBefore(DepotError):
    code = "brought_before"
    template = N_(
        "“%(item)s” was imported to “%(place)s” before, with another quantity. That stays:"
        " count it if it is wrong."
    )


class SameTwice(DepotError):
    code = "same_twice"
    template = N_("“%(item)s” has several rows with the same place and date. All are counted.")


def plan_stock(book: KnownNames, parsed: ParsedRows[StockRow]) -> Plan:
    """Return what importing this stock would do. What an import brought before stays as it is."""
    remarks = Remarks()
    remarks.add_notes(parsed)
    problems = list(parsed.problems)
    rows: list[PlannedRow] = []
    units = units_of(book, [row for row in parsed.rows if row.quantity.amount])
    wanted = _wanted(book, parsed.rows)
    names = NewNames(book, parsed.rows)
    for row in parsed.rows:
        wrong = list(_wrong(book, row, units))
        if not wrong and (problem := names.problem(row)):
            wrong.append(problem)
        problems += wrong
        if not wrong:
            rows.append(names.noted(_planned(book, row, wanted, remarks), row, remarks))
    new = [p.row for p in rows if p.status == "new" and isinstance(p.row, StockRow)]
    made = _makes(book, new)
    _remark(book, new, made["items"], remarks)
    remark_amounts(new, units, remarks)
    kept = [p.row for p in rows if isinstance(p.row, StockRow)]
    codes = plan_codes(book, [(row.number, row.item, row.barcodes) for row in kept], remarks)
    return Plan(
        "stock",
        mark_coded(rows, codes),
        sort_problems(problems),
        remarks.all(),
        made,
        set_aside=set_aside_of(parsed),
        headings=headings_of(parsed),
        codes=codes,
        names=names.all(),
        totals=item_totals(book, new),
    )


def _opening_key(book: KnownNames, row: StockRow) -> OpeningKey | None:
    """Return what would be brought before in the same words; None for what is new here."""
    item = book.items.get(name_key(row.item))
    place = book.places.get(name_key(row.location)) if row.location else book.arrival
    if item is None or place is None:
        return None
    return OpeningKey(item.id, row.lot_code, row.dated.text if row.dated else "", place.id)


def _wanted(book: KnownNames, rows: Sequence[StockRow]) -> dict[OpeningKey, int]:
    """Return how much the file has of what may have been brought before."""
    wanted: dict[OpeningKey, int] = {}
    for row in rows:
        if key := _opening_key(book, row):
            wanted[key] = wanted.get(key, 0) + row.quantity.amount
    return wanted


def _planned(
    book: KnownNames, row: StockRow, wanted: Mapping[OpeningKey, int], remarks: Remarks
) -> PlannedRow:
    known = book.items.get(name_key(row.item))
    key = _opening_key(book, row)
    before = book.openings.get(key, 0) if key else 0
    if key and before and before != wanted[key]:
        place = row.location or book.arrival.name
        remarks.add(BroughtBefore(item=row.item, place=place), row.number)
    if before or (known and not row.quantity.amount):
        return PlannedRow("same", row)
    return PlannedRow("new", row)


def _wrong(book: KnownNames, row: StockRow, units: Mapping[str, str]) -> Iterator[Problem]:
    place = name_key(row.location)
    if place and place not in book.places:
        if book.has_crate(row.location):
            yield Problem.of(row.number, "location", BoxAsPlace(name=row.location))
        elif place in book.other_names:
            yield Problem.of(row.number, "location", NameTaken(name=row.location))
    unit = units.get(name_key(row.item), PIECE)
    if row.quantity.amount and (row.quantity.unit or PIECE) != unit:
        other = OtherUnitInBox if unit == PIECE else UnitNeeded
        yield Problem.of(row.number, "quantity", other(item=row.item))
    if _makes_category(book, row) and book.is_item(book.loose(row.category)):
        yield Problem.of(row.number, "category", NameTaken(name=book.loose(row.category)))


def _makes_category(book: KnownNames, row: StockRow) -> bool:
    """Say whether the row's new item needs a category that the depot does not have."""
    is_new = name_key(row.item) not in book.items
    return is_new and bool(row.category) and name_key(row.category) not in book.categories


def _makes(book: KnownNames, rows: Sequence[StockRow]) -> dict[str, tuple[str, ...]]:
    new = [row.category for row in rows if _makes_category(book, row)]
    return {
        "items": first_spellings([row.item for row in rows], book.items),
        "places": first_spellings([row.location for row in rows], book.places),
        "categories": first_spellings(new, book.categories),
    }


def _remark(
    book: KnownNames, rows: Sequence[StockRow], items: tuple[str, ...], remarks: Remarks
) -> None:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        dated = row.dated.text if row.dated else ""
        goods = (name_key(row.item), name_key(row.location), row.lot_code, dated)
        if first.setdefault(goods, row.number) != row.number:
            remarks.add(SameTwice(item=row.item), first[goods], row.number)
        if row.quantity.about:
            remarks.add(EstimatedQuantity(), row.number)
        if name_key(row.item) not in book.items:
            category = row.category or book.catch_all.name
            remarks.add(ItemMade(category=category), row.number)
        if not row.location and row.quantity.amount:
            remarks.add(NoPlaceNamed(place=book.arrival.name), row.number)
        elif row.location and name_key(row.location) not in book.places:
            remarks.add(PlaceMade(), row.number)
    for near in near_duplicates(items, known=[known.name for known in book.items.values()]):
        said = [row.number for row in rows if name_key(row.item) == name_key(near.name)]
        remarks.add(ItemLike(item=near.name, like=near.like), *said)


def write_stock(work: Work, book: KnownNames, plan: Plan, tick: ReportStep) -> Booked:
    """Make the plan's new items and places and post what lies there, in one opening entry."""
    rows = [p.row for p in plan.having("new") if isinstance(p.row, StockRow)]
    items = _write_items(work, book, plan, rows)
    fixed = load_fixed_places(work)
    places = {key: Place(known.id, known.kind) for key, known in book.places.items()}
    made = add_places(work, [(name, "") for name in plan.makes["places"]])
    places |= {key: Place(number, "storage") for key, number in made.items()}
    draft = Draft(work, "opening")
    lots = find_lots(work, rows, items)
    for at in range(0, len(rows), CHUNK):
        chunk = rows[at : at + CHUNK]
        for row in chunk:
            if row.quantity.amount:
                item_id = items[name_key(row.item)]
                lot_id = lots[lot_key(row, item_id)]
                target = places[name_key(row.location)] if row.location else fixed.arrival
                draft.move(item_id, lot_id, fixed["opening"], target, row.quantity.amount)
        tick(len(chunk))
    write_codes(work, plan.codes, items)
    add_item_names(work, {items[key]: names for key, names in plan.names.items()})
    tick(len(plan.having("changed")))
    return draft.post(Booked)


def _write_items(
    work: Work, book: KnownNames, plan: Plan, rows: Sequence[StockRow]
) -> dict[str, int]:
    categories = add_categories(work, book, plan.makes["categories"])
    weights = {
        name_key(row.item): row.unit_weight_milligrams
        for row in reversed(rows)
        if row.unit_weight_milligrams
    }
    homes = {
        name_key(row.item): categories[name_key(row.category)]
        for row in reversed(rows)
        if row.category and name_key(row.category) in categories
    }
    units = units_of(book, [row for row in rows if row.quantity.unit or row.quantity.amount])
    return add_new_items(work, book, plan.makes["items"], units, homes, weights)
