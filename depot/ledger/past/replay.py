"""The ledger read back, entry by entry as it was posted, in chunks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, select, union
from sqlalchemy.orm import Session

from depot.base.kinds import LocationKind
from depot.ledger.entries import Entry, Move, People, Place, Placement
from depot.models import CratePlacement, Location, PeopleCount, StockEntry, StockMove

#: Entries held in memory at once.
CHUNK = 2000
#: Stands for the kind of a location that is not there; no entry may name it.
_NO_KIND: Any = ""


class StoredEntry(NamedTuple):
    """An entry as the database holds it, with its place in the book."""

    entry_id: int
    seq: int
    seal: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Lines:
    moves: Mapping[int, tuple[Move, ...]]
    placements: Mapping[int, tuple[Placement, ...]]
    people: Mapping[int, People]


def replay_entries(
    session: Session, depot_id: int, kinds: Mapping[int, LocationKind], chunk: int = CHUNK
) -> Iterator[list[StoredEntry]]:
    """Yield the depot's entries in the order of the book, some thousand at a time.

    `kinds` are the kinds of the depot's locations by id; a line at any other location gets a
    Place of kind "" (it is for the caller to complain).
    """
    last = -(2**62)
    while True:
        rows = session.execute(
            select(StockEntry.seq)
            .where(StockEntry.depot_id == depot_id, StockEntry.seq > last)
            .order_by(StockEntry.seq)
            .limit(chunk)
        ).scalars()
        found = rows.all()
        if not found:
            return
        span = StockEntry.seq.between(found[0], found[-1])
        yield load_stored_entries(session, and_(StockEntry.depot_id == depot_id, span), kinds)
        last = found[-1]


def load_stored_entries(
    session: Session, which: ColumnElement[bool], kinds: Mapping[int, LocationKind]
) -> list[StoredEntry]:
    """Return the entries that `which` (a condition on StockEntry) names, by seq."""
    lines = _Lines(
        _moves(session, which, kinds), _placements(session, which), _people(session, which)
    )
    columns = StockEntry.__table__.c
    rows = session.execute(select(*columns).where(which).order_by(StockEntry.seq))
    return [StoredEntry(row.id, row.seq, row.seal, _entry(row, lines)) for row in rows]


def load_stored_entry(session: Session, depot_id: int, entry_id: int) -> StoredEntry:
    """Return one entry of a depot's book, which there is."""
    here = and_(StockMove.depot_id == depot_id, StockMove.entry_id == entry_id)
    ends = union(select(StockMove.source_id).where(here), select(StockMove.target_id).where(here))
    rows = session.execute(
        select(Location.id, Location.kind).where(
            Location.depot_id == depot_id, Location.id.in_(ends)
        )
    )
    kinds = {location_id: kind for location_id, kind in rows}
    which = and_(StockEntry.depot_id == depot_id, StockEntry.id == entry_id)
    (found,) = load_stored_entries(session, which, kinds)
    return found


def _entry(row: Any, lines: _Lines) -> Entry:
    return Entry(
        depot_id=row.depot_id,
        kind=row.kind,
        occurred_at=row.occurred_at,
        occurred_on=row.occurred_on,
        recorded_at=row.recorded_at,
        command_id=row.command_id,
        person_id=row.person_id,
        token_id=row.token_id,
        source_kind=row.source_kind,
        partner_id=row.partner_id,
        event_id=row.event_id,
        reason=row.reason,
        note=row.note,
        reverses_id=row.reverses_id,
        moves=lines.moves.get(row.id, ()),
        placements=lines.placements.get(row.id, ()),
        people=lines.people.get(row.id),
    )


def _moves(
    session: Session, which: ColumnElement[bool], kinds: Mapping[int, LocationKind]
) -> dict[int, tuple[Move, ...]]:
    rows = session.execute(
        select(
            StockMove.entry_id,
            StockMove.item_id,
            StockMove.lot_id,
            StockMove.source_id,
            StockMove.target_id,
            StockMove.quantity,
            StockMove.weighed_grams,
            StockMove.is_correction,
        )
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .where(which)
        .order_by(StockMove.entry_id, StockMove.line)
    )
    found: defaultdict[int, list[Move]] = defaultdict(list)
    for entry_id, item_id, lot_id, source_id, target_id, quantity, weighed, corrects in rows:
        source = Place(source_id, kinds.get(source_id, _NO_KIND))
        target = Place(target_id, kinds.get(target_id, _NO_KIND))
        found[entry_id].append(Move(item_id, lot_id, source, target, quantity, weighed, corrects))
    return {entry_id: tuple(moves) for entry_id, moves in found.items()}


def _placements(session: Session, which: ColumnElement[bool]) -> dict[int, tuple[Placement, ...]]:
    rows = session.execute(
        select(
            CratePlacement.entry_id,
            CratePlacement.crate_id,
            CratePlacement.from_id,
            CratePlacement.to_id,
        )
        .join(StockEntry, StockEntry.id == CratePlacement.entry_id)
        .where(which)
        .order_by(CratePlacement.id)
    )
    found: defaultdict[int, list[Placement]] = defaultdict(list)
    for entry_id, crate_id, from_id, to_id in rows:
        found[entry_id].append(Placement(crate_id, from_id, to_id))
    return {entry_id: tuple(placements) for entry_id, placements in found.items()}


def _people(session: Session, which: ColumnElement[bool]) -> dict[int, People]:
    rows = session.execute(
        select(
            PeopleCount.entry_id,
            PeopleCount.event_id,
            PeopleCount.households,
            PeopleCount.adults,
            PeopleCount.children,
            PeopleCount.seniors,
            PeopleCount.new_households,
        )
        .join(StockEntry, StockEntry.id == PeopleCount.entry_id)
        .where(which)
    )
    return {
        row.entry_id: People(
            row.event_id,
            row.households,
            row.adults,
            row.children,
            row.seniors,
            row.new_households,
        )
        for row in rows
    }
