"""Writing imported crates: labels, places and items made, and one opening entry posted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert

from depot.base.kinds import CrateState
from depot.base.names import name_key
from depot.imports.commands.crates import stated_contents
from depot.imports.commands.goods import add_new_items, units_of
from depot.imports.commands.locations import add_places
from depot.imports.commands.lots import find_lots, lot_key
from depot.imports.known import KnownNames
from depot.imports.plan import CHUNK, Plan, ReportStep
from depot.imports.rows.rows import CrateRow
from depot.kernel.answers import Booked
from depot.kernel.crates import add_crate_places, new_codes
from depot.kernel.draft import Draft
from depot.kernel.lookups import CrateRow as MadeCrate
from depot.kernel.lookups import load_fixed_places
from depot.kernel.once import Work
from depot.ledger.entries import Place
from depot.ledger.sql import table_of
from depot.models import Crate


def write_crates(work: Work, book: KnownNames, plan: Plan, tick: ReportStep) -> Booked:
    """Make the plan's new crates and post what is in them, and where they stand, in one entry.

    Each keeps its box number and gets a code of its own beside it. Returns entry_id, seq and the
    discrepancies, of which there are none.
    """
    rows = [p.row for p in plan.having("new") if isinstance(p.row, CrateRow)]
    items = add_new_items(work, book, plan.makes["items"], units_of(book, rows))
    places = {key: known.id for key, known in book.places.items()}
    places |= add_places(work, [(name, "") for name in plan.makes["places"]])
    draft = Draft(work, "opening")
    opening = load_fixed_places(work)["opening"]
    boxes = _boxes(rows)
    lots = find_lots(work, rows, items)
    for at in range(0, len(boxes), CHUNK):
        chunk = boxes[at : at + CHUNK]
        crates = _write_crates(work, chunk)
        for box, crate in zip(chunk, crates, strict=True):
            for row in box:
                if row.item and row.quantity:
                    item_id = items[name_key(row.item)]
                    lot_id = lots[lot_key(row, item_id)]
                    draft.move(item_id, lot_id, opening, crate.place, row.quantity.amount)
            if location := _first(box, "location"):
                draft.place_crate(crate, places[name_key(location)])
        tick(sum(map(len, chunk)))
    return draft.post(Booked)


def _boxes(rows: Sequence[CrateRow]) -> list[list[CrateRow]]:
    """Return the rows of each box, in the file's order."""
    boxes: dict[str, list[CrateRow]] = {}
    for row in rows:
        boxes.setdefault(name_key(row.box_number), []).append(row)
    return list(boxes.values())


def _first(box: Sequence[CrateRow], field: str) -> str:
    """Return what the first row of a box says that says anything in that field."""
    return next((text for row in box if (text := str(getattr(row, field)))), "")


def _write_crates(work: Work, boxes: Sequence[Sequence[CrateRow]]) -> list[MadeCrate]:
    fresh = new_codes(work, len(boxes))
    owner = {"depot_id": work.depot_id}
    notes = {code: _note(box) for code, box in zip(fresh, boxes, strict=True)}
    ids = add_crate_places(work, notes)
    made = [
        MadeCrate(Place(place, "crate"), code, box[0].box_number, _state(box), None)
        for place, code, box in zip(ids, fresh, boxes, strict=True)
    ]
    # a table, not a model, which would do it one by one
    work.session.connection().execute(
        insert(table_of(Crate)),
        [
            owner
            | {
                "location_id": crate.place.id,
                "code": crate.code,
                "box_number": crate.box_number,
                "box_number_key": name_key(crate.box_number),
                "box_type": _first(box, "box_type"),
                "state": crate.state,
                "created_at": work.recorded_at,
            }
            for crate, box in zip(made, boxes, strict=True)
        ],
    )
    return made


def _state(box: Sequence[CrateRow]) -> CrateState:
    return "blank" if all(stated_contents(row) == "blank" for row in box) else "in_use"


def _note(box: Sequence[CrateRow]) -> str:
    """Return the crate's note; what a box is said to hold without naming it is kept there."""
    return " ".join(dict.fromkeys(text for row in box for text in _noted(row) if text))


def _noted(row: CrateRow) -> list[str]:
    said = [row.note]
    if stated_contents(row) == "unknown":
        if row.quantity:
            said.append(f"{row.quantity.amount} ×")
        said.append(row.dated.text if row.dated else "")
    return said
