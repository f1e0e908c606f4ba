"""Count sheets from the database, and the book as it was: what commands and queries start with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from depot.base.units import PIECE
from depot.counts.sheets import Change, PastBook, Sheet, SheetLine, Tally
from depot.models import (
    CountSheet,
    CountSheetLine,
    CountTally,
    Item,
    Location,
    Lot,
    Person,
    StockBalance,
    StockEntry,
    StockMove,
)
from depot.models.item_names import ITEM_NAME

#: By line and counter, the rows of what was written, in the order it was counted.
_Written = dict[int, dict[int, Any]]


def load_sheet(session: Session, depot_id: int, sheet_id: int) -> Sheet | None:
    """Return a sheet of the depot with its lines, or None (three statements)."""
    found = load_sheets(session, depot_id, CountSheet.id == sheet_id)
    return found[0] if found else None


def load_sheets(session: Session, depot_id: int, *wanted: ColumnElement[bool]) -> list[Sheet]:
    """Return the sheets of the depot that are wanted, the newest first (three statements)."""
    starter, closer = aliased(Person), aliased(Person)
    rows = session.execute(
        select(CountSheet, Location.name, starter.name, closer.name)
        .join(Location, Location.id == CountSheet.location_id)
        .outerjoin(starter, starter.id == CountSheet.started_by_id)
        .outerjoin(closer, closer.id == CountSheet.closed_by_id)
        .where(CountSheet.depot_id == depot_id, *wanted)
        .order_by(CountSheet.id.desc())
    ).all()
    lines, versions = _lines(session, depot_id, [row[0].id for row in rows])
    return [
        Sheet(
            id=sheet.id,
            location_id=sheet.location_id,
            place=place,
            is_blind=sheet.is_blind,
            state=sheet.state,
            started_at=sheet.started_at,
            started_by=started_by or "",
            closed_at=sheet.closed_at,
            closed_by=closed_by or "",
            version=versions.get(sheet.id, 0),
            lines=tuple(lines.get(sheet.id, ())),
        )
        for sheet, place, started_by, closed_by in rows
    ]


def _lines(
    session: Session, depot_id: int, sheets: Collection[int]
) -> tuple[dict[int, list[SheetLine]], dict[int, int]]:
    written, versions = _written(session, depot_id, sheets)
    rows = session.execute(
        select(CountSheetLine, Location.kind, Location.name, Item, ITEM_NAME, Lot)
        .join(Location, Location.id == CountSheetLine.location_id)
        .outerjoin(Item, Item.id == CountSheetLine.item_id)
        .outerjoin(Lot, Lot.id == CountSheetLine.lot_id)
        .where(CountSheetLine.depot_id == depot_id, CountSheetLine.sheet_id.in_(sheets))
        .order_by(CountSheetLine.sheet_id, CountSheetLine.number)
    )
    found: defaultdict[int, list[SheetLine]] = defaultdict(list)
    for line, kind, place, item, called, lot in rows:
        crate = place if kind == "crate" else ""
        named = (item, called or line.item_name)
        found[line.sheet_id].append(_line(line, crate, named, lot, written.get(line.id, {})))
    return found, versions


def _line(
    line: CountSheetLine,
    crate: str,
    named: tuple[Item | None, str],
    lot: Lot | None,
    last: dict[int, Any],
) -> SheetLine:
    item, called = named
    tallies = {counter: _tally(row) for counter, row in last.items() if row[0].quantity is not None}
    dated: Any = lot or next(iter(tallies.values()), None)
    return SheetLine(
        id=line.id,
        number=line.number,
        location_id=line.location_id,
        crate=crate,
        item_id=line.item_id,
        item=called,
        unit=item.base_unit if item else PIECE,
        lot_id=line.lot_id,
        lot_code=lot.lot_code if lot else "",
        date_kind=dated.date_kind if dated else "none",
        date_text=dated.date_text if dated else "",
        tallies=tallies,
    )


def _tally(row: Any) -> Tally:
    tally, person = row
    return Tally(
        id=tally.id,
        counter=tally.counter,
        quantity=tally.quantity,
        date_kind=tally.date_kind,
        date_text=tally.date_text,
        counted_at=tally.counted_at,
        person=person or "",
    )


def _written(
    session: Session, depot_id: int, sheets: Collection[int]
) -> tuple[_Written, dict[int, int]]:
    """Return by line and counter what was counted last, whichever came in last, and the versions.

    A phone that was away brings what it kept later; a number that was counted after it stands.
    """
    rows = session.execute(
        select(CountTally, Person.name, CountSheetLine.sheet_id)
        .join(CountSheetLine, CountSheetLine.id == CountTally.line_id)
        .outerjoin(Person, Person.id == CountTally.person_id)
        .where(CountTally.depot_id == depot_id, CountSheetLine.sheet_id.in_(sheets))
        .order_by(CountTally.counted_at, CountTally.id)
    )
    found: _Written = defaultdict(dict)
    versions: dict[int, int] = {}
    for tally, person, sheet_id in rows:
        found[tally.line_id][tally.counter] = (tally, person)
        versions[sheet_id] = max(versions.get(sheet_id, 0), tally.id)
    return found, versions


def load_past_book(session: Session, depot_id: int, lines: Iterable[SheetLine]) -> PastBook:
    """Return what the book holds where the lines are, and all changes there since the first tally.

    Two statements.
    """
    counted = list(lines)
    places = {line.location_id for line in counted}
    times = [tally.counted_at for line in counted for tally in line.tallies.values()]
    held = session.execute(
        select(StockBalance.location_id, StockBalance.lot_id, StockBalance.quantity).where(
            StockBalance.depot_id == depot_id, StockBalance.location_id.in_(places)
        )
    )
    now = {(location_id, lot_id): quantity for location_id, lot_id, quantity in held}
    return PastBook(now, _changes(session, depot_id, places, min(times)) if times else ())


def _changes(
    session: Session, depot_id: int, places: Collection[int], since: datetime
) -> list[Change]:
    rows = session.execute(
        select(
            StockMove.source_id,
            StockMove.target_id,
            StockMove.lot_id,
            StockMove.quantity,
            StockEntry.occurred_at,
        )
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .where(
            StockEntry.depot_id == depot_id,
            StockEntry.occurred_at > since,
            or_(StockMove.source_id.in_(places), StockMove.target_id.in_(places)),
        )
    )
    found = []
    for source_id, target_id, lot_id, quantity, at in rows:
        found.append(Change((source_id, lot_id), -quantity, at))
        found.append(Change((target_id, lot_id), quantity, at))
    return found
