"""Writing imported crates: labels, places and items made, and one opening entry posted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import bindparam, insert, update

from depot.base.dates import LotDate, parse_lot_date
from depot.base.kinds import CrateState
from depot.base.names import name_key
from depot.base.units import PIECE, known_unit_weight
from depot.imports.commands.crates import stated_contents
from depot.imports.commands.locations import add_places
from depot.imports.plan import CHUNK, KnownNames, Plan, ReportStep
from depot.imports.rows.rows import CrateRow
from depot.kernel.answers import Booked
from depot.kernel.crates import new_codes
from depot.kernel.draft import Draft
from depot.kernel.lookups import CrateRow as MadeCrate
from depot.kernel.lookups import LotKey, find_or_make_lots, load_fixed_places
from depot.kernel.once import Work
from depot.ledger.entries import Place
from depot.ledger.sql import table_of
from depot.models import Crate, Item, Location, Lot


def write_crates(work: Work, book: KnownNames, plan: Plan, tick: ReportStep) -> Booked:
    """Make the plan's new crates and post what is in them, and where they stand, in one entry.

    Each keeps its box number and gets a code of its own beside it. Returns entry_id, seq and the
    discrepancies, of which there are none.
    """
    rows = [p.row for p in plan.having("new") if isinstance(p.row, CrateRow)]
    items = _items(work, book, plan, rows)
    places = {key: known.id for key, known in book.places.items()}
    places |= add_places(work, [(name, "") for name in plan.makes["places"]])
    draft = Draft(work, "opening")
    opening = load_fixed_places(work)["opening"]
    for at in range(0, len(rows), CHUNK):
        chunk = rows[at : at + CHUNK]
        crates = _write_crates(work, chunk)
        lots = _lots(work, chunk, items)
        for row, crate in zip(chunk, crates, strict=True):
            if row.item and row.quantity:
                item_id = items[name_key(row.item)]
                lot_id = lots[_lot_key(row, item_id)]
                draft.move(item_id, lot_id, opening, crate.place, row.quantity.amount)
            if row.location:
                draft.place_crate(crate, places[name_key(row.location)])
        tick(len(chunk))
    return draft.post(Booked)


def _items(work: Work, book: KnownNames, plan: Plan, rows: Sequence[CrateRow]) -> dict[str, int]:
    """Make the items that the depot does not have; return all items' ids by the name's key."""
    ids = {key: known.id for key, known in book.items.items()}
    units = {
        name_key(row.item): row.quantity.unit or PIECE
        for row in reversed(rows)
        if row.item and row.quantity
    }
    new = [
        {
            "depot_id": work.depot_id,
            "category_id": book.catch_all.id,
            "name": name,
            "name_key": name_key(name),
            "base_unit": units[name_key(name)],
            "unit_weight_milligrams": known_unit_weight(units[name_key(name)], None),
        }
        for name in plan.makes["items"]
    ]
    if new:
        made = work.session.execute(insert(Item).returning(Item.name_key, Item.id), new).all()
        ids |= {key: number for key, number in made}
    return ids


def _write_crates(work: Work, rows: Sequence[CrateRow]) -> list[MadeCrate]:
    fresh = new_codes(work, len(rows))
    owner = {"depot_id": work.depot_id}
    ids = work.session.scalars(
        insert(Location).returning(Location.id, sort_by_parameter_order=True),
        [
            owner | {"kind": "crate", "name": code, "name_key": name_key(code), "note": _note(row)}
            for code, row in zip(fresh, rows, strict=True)
        ],
    ).all()
    made = [
        MadeCrate(Place(place, "crate"), code, row.box_number, _state(row), None)
        for place, code, row in zip(ids, fresh, rows, strict=True)
    ]
    work.session.execute(
        insert(Crate),
        [
            owner
            | {
                "location_id": crate.place.id,
                "code": crate.code,
                "box_number": crate.box_number,
                "box_number_key": name_key(crate.box_number),
                "box_type": row.box_type,
                "state": crate.state,
                "created_at": work.recorded_at,
            }
            for crate, row in zip(made, rows, strict=True)
        ],
    )
    return made


def _state(row: CrateRow) -> CrateState:
    return "blank" if stated_contents(row) == "blank" else "in_use"


def _note(row: CrateRow) -> str:
    """Return the crate's note; what a box is said to hold without naming it is kept there."""
    said = [row.note]
    if stated_contents(row) == "unknown":
        if row.quantity:
            said.append(f"{row.quantity.amount} ×")
        said.append(row.dated.text if row.dated else "")
    return " ".join(part for part in said if part)


def _lots(work: Work, rows: Sequence[CrateRow], items: Mapping[str, int]) -> dict[LotKey, int]:
    """Find or make the lots of these boxes; a lot is as old as the first box filled with it."""
    wanted: list[tuple[LotKey, LotDate]] = []
    filled: dict[LotKey, date] = {}
    for row in rows:
        if not row.item:
            continue
        key = _lot_key(row, items[name_key(row.item)])
        wanted.append((key, _dated(row)))
        if row.filled_on:
            filled[key] = min(row.filled_on, filled.get(key, row.filled_on))
    lots = find_or_make_lots(work, wanted)
    if filled:
        # a table, not a model: one statement for all of them
        table = table_of(Lot)
        work.session.execute(
            update(table)
            .where(
                table.c.depot_id == work.depot_id,
                table.c.id == bindparam("lot"),
                table.c.first_received_on > bindparam("day"),
            )
            .values(first_received_on=bindparam("day")),
            [{"lot": lots[key], "day": day} for key, day in filled.items()],
        )
    return lots


def _lot_key(row: CrateRow, item_id: int) -> LotKey:
    dated = _dated(row)
    return LotKey(
        item_id, "opening", lot_code=row.lot_code, date_kind=dated.kind, date_text=dated.text
    )


def _dated(row: CrateRow) -> LotDate:
    """Return the box's date as best before: one long past is a fact to import, not to refuse."""
    return parse_lot_date(row.dated.text if row.dated else None)
