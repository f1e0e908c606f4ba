"""The feed: the entries of a depot after a cursor, the oldest first."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from depot.base.errors import Invalid
from depot.base.kinds import EntryKind
from depot.base.text import N_
from depot.entries.queries.entry_lines import (
    LineRow,
    PeopleRow,
    PlacementRow,
    PlaceRef,
    lines_of,
    people_of,
    placements_of,
)
from depot.models import StockEntry
from depot.programs.feed import (
    FeedEntry,
    FeedLine,
    FeedPage,
    FeedPeople,
    FeedPlace,
    FeedPlacement,
)


def last_seq(session: Session, depot_id: int) -> int:
    """Return the number of the depot's last entry, 0 where there is none."""
    asked = select(func.max(StockEntry.seq)).where(StockEntry.depot_id == depot_id)
    return session.scalar(asked) or 0


def read_feed(
    session: Session,
    depot_id: int,
    after: int,
    limit: int,
    kinds: Collection[EntryKind] = (),
) -> FeedPage:
    """Return up to `limit` entries with a number above `after`; without `kinds`, of all kinds.

    No entry is ever passed over: numbers are given while the end of the depot's chain is locked,
    so that whoever sees a number sees all before it. The end is read first, by a statement of its
    own, and nothing after it: with `kinds`, `next` goes no further than what was looked through.

    Raises Invalid for a cursor behind the end: it was given out by another ledger, one that a
    backup has taken the place of.
    """
    end = last_seq(session, depot_id)
    if after > end:
        raise Invalid(problem=N_("The ledger does not go that far. Begin again at 0."))
    wanted = select(StockEntry).where(
        StockEntry.depot_id == depot_id, StockEntry.seq > after, StockEntry.seq <= end
    )
    if kinds:
        wanted = wanted.where(StockEntry.kind.in_(sorted(kinds)))
    rows = session.scalars(wanted.order_by(StockEntry.seq).limit(limit + 1)).all()
    more, rows = len(rows) > limit, rows[:limit]
    return FeedPage(
        entries=_entries(session, depot_id, rows), next=rows[-1].seq if more else end, more=more
    )


def _entries(
    session: Session, depot_id: int, rows: Collection[StockEntry]
) -> tuple[FeedEntry, ...]:
    ids = [row.id for row in rows]
    if not ids:
        return ()
    lines = lines_of(session, depot_id, ids)
    placements = placements_of(session, depot_id, ids)
    people = people_of(session, depot_id, ids)
    return tuple(
        FeedEntry(
            seq=row.seq,
            entry_id=row.id,
            kind=row.kind,
            occurred_at=row.occurred_at,
            recorded_at=row.recorded_at,
            source_kind=row.source_kind,
            partner_id=row.partner_id,
            event_id=row.event_id,
            reason=row.reason,
            reverses=row.reverses_id,
            lines=tuple(map(_line, lines.get(row.id, ()))),
            placements=tuple(map(_placement, placements.get(row.id, ()))),
            people=_people(people.get(row.id)),
        )
        for row in rows
    )


def _line(row: LineRow) -> FeedLine:
    return FeedLine(
        item_id=row.item_id,
        item=row.item,
        lot_id=row.lot_id,
        quantity=row.quantity,
        unit=row.unit,
        weighed_grams=row.weighed_grams,
        is_correction=row.is_correction,
        source=_known(row.source),
        target=_known(row.target),
    )


def _placement(row: PlacementRow) -> FeedPlacement:
    return FeedPlacement(
        crate_code=row.crate.name, source=_place(row.source), target=_place(row.target)
    )


def _place(place: PlaceRef | None) -> FeedPlace | None:
    return None if place is None else _known(place)


def _known(place: PlaceRef) -> FeedPlace:
    return FeedPlace(id=place.id, kind=place.kind, name=place.name if place.is_physical else None)


def _people(row: PeopleRow | None) -> FeedPeople | None:
    if row is None:
        return None
    counted: dict[str, Any] = {name: getattr(row, name) for name in row.__slots__}
    return FeedPeople(**counted)
