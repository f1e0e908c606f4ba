"""Importing places to keep things."""

from __future__ import annotations

from sqlalchemy import insert, update

from depot.base.errors import NameTaken
from depot.base.names import name_key
from depot.imports.known import KnownNames, KnownPlace
from depot.imports.plan import (
    CHUNK,
    Plan,
    PlannedRow,
    Remarks,
    ReportStep,
    set_aside_of,
    sort_problems,
)
from depot.imports.rows.cells import ParsedRows
from depot.imports.rows.rows import LocationRow
from depot.imports.sheets.problems import Problem
from depot.kernel.answers import Booked
from depot.kernel.once import Work
from depot.models import Location


def plan_locations(book: KnownNames, parsed: ParsedRows[LocationRow]) -> Plan:
    """Return what importing these places would do: new ones, and blank descriptions filled in."""
    problems = list(parsed.problems)
    rows: list[PlannedRow] = []
    for row in parsed.rows:
        if name_key(row.name) in book.other_names or book.has_crate(row.name):
            problems.append(Problem.of(row.number, "name", NameTaken(name=row.name)))
        else:
            rows.append(_planned(row, book.places.get(name_key(row.name))))
    remarks = Remarks()
    remarks.add_notes(parsed)
    return Plan(
        "locations",
        tuple(rows),
        sort_problems(problems),
        remarks.all(),
        set_aside=set_aside_of(parsed),
    )


def _planned(row: LocationRow, known: KnownPlace | None) -> PlannedRow:
    if known is None:
        return PlannedRow("new", row)
    if row.description and not known.note:
        return PlannedRow("changed", row, known.id, {"note": row.description})
    return PlannedRow("same", row, known.id)


def write_locations(work: Work, _book: KnownNames, plan: Plan, tick: ReportStep) -> Booked:
    """Make the new places of the plan and describe those without description."""
    new = [p.row for p in plan.having("new") if isinstance(p.row, LocationRow)]
    for at in range(0, len(new), CHUNK):
        chunk = new[at : at + CHUNK]
        add_places(work, [(row.name, row.description) for row in chunk])
        tick(len(chunk))
    for planned in plan.having("changed"):
        work.session.execute(
            update(Location)
            .where(Location.depot_id == work.depot_id, Location.id == planned.known_id)
            .values(planned.fills)
        )
        tick(1)
    return Booked()


def add_places(work: Work, places: list[tuple[str, str]]) -> dict[str, int]:
    """Make storage places of these names and descriptions; return their ids by the name's key."""
    if not places:
        return {}
    ids = work.session.scalars(
        insert(Location).returning(Location.id, sort_by_parameter_order=True),
        [
            {
                "depot_id": work.depot_id,
                "kind": "storage",
                "name": name,
                "name_key": name_key(name),
                "note": note,
            }
            for name, note in places
        ],
    ).all()
    return {name_key(name): number for (name, _), number in zip(places, ids, strict=True)}
