"""What was fetched for events and still waits to be handed out, read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from depot.models import DistributionEvent, Item, Location, Pick, StockEntry, StockMove

#: A location and a lot.
Where = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fetched:
    """So much of an item was fetched from there; `waiting` of it was not handed out yet."""

    location_id: int
    lot_id: int
    item_id: int
    instead_of_id: int | None
    #: The name of what is planned, where another item was taken; else empty.
    instead_of: str
    quantity: int
    waiting: int


def picks_at(session: Session, depot_id: int, event_id: int) -> dict[Where, int]:
    """Return how much of each lot was fetched from where for an event (one statement)."""
    rows = session.execute(
        select(Pick.location_id, Pick.lot_id, func.sum(Pick.quantity))
        .where(Pick.depot_id == depot_id, Pick.event_id == event_id)
        .group_by(Pick.location_id, Pick.lot_id)
    )
    return {(place, lot): int(quantity) for place, lot, quantity in rows if quantity > 0}


def fetched_at(session: Session, depot_id: int, event_id: int) -> list[Fetched]:
    """Return what was fetched for an event, and what of it still waits (two statements)."""
    planned = aliased(Item)
    quantity = func.sum(Pick.quantity)
    rows = session.execute(
        select(
            Pick.location_id,
            Pick.lot_id,
            Pick.item_id,
            Pick.instead_of_id,
            func.coalesce(func.min(planned.name), ""),
            quantity,
        )
        .outerjoin(planned, planned.id == Pick.instead_of_id)
        .where(Pick.depot_id == depot_id, Pick.event_id == event_id)
        .group_by(Pick.location_id, Pick.lot_id, Pick.item_id, Pick.instead_of_id)
        .having(quantity > 0)
        .order_by(Pick.location_id, Pick.lot_id, Pick.instead_of_id)
    ).all()
    if not rows:
        return []
    gone = _went_from(session, depot_id, StockEntry.event_id == event_id)
    found = []
    for place, lot, item, instead_of_id, instead_of, fetched in rows:
        taken = min(max(gone[event_id, place, lot], 0), int(fetched))
        gone[event_id, place, lot] -= taken
        found.append(
            Fetched(place, lot, item, instead_of_id, instead_of, int(fetched), int(fetched) - taken)
        )
    return found


def waiting_elsewhere(session: Session, depot_id: int, event_id: int) -> dict[Where, int]:
    """Return what was fetched for other events that take place, and waits (two statements)."""
    others = _others(depot_id, event_id)
    rows = session.execute(
        select(Pick.event_id, Pick.location_id, Pick.lot_id, func.sum(Pick.quantity))
        .where(Pick.depot_id == depot_id, Pick.event_id.in_(others))
        .group_by(Pick.event_id, Pick.location_id, Pick.lot_id)
    ).all()
    if not rows:
        return {}
    gone = _went_from(session, depot_id, StockEntry.event_id.in_(others))
    found: defaultdict[Where, int] = defaultdict(int)
    for other, place, lot, quantity in rows:
        found[place, lot] += max(int(quantity) - max(gone[other, place, lot], 0), 0)
    return dict(found)


def _others(depot_id: int, event_id: int) -> Select[int]:
    return select(DistributionEvent.id).where(
        DistributionEvent.depot_id == depot_id,
        DistributionEvent.id != event_id,
        DistributionEvent.state != "closed",
        DistributionEvent.called_off_at.is_(None),
    )


def _went_from(
    session: Session, depot_id: int, of_events: ColumnElement[bool]
) -> defaultdict[tuple[int, int, int], int]:
    """Return how much went out by event, place and lot, less what came back there."""
    left = StockMove.target_id == Location.id
    place: Any = case((left, StockMove.source_id), else_=StockMove.target_id)
    rows = session.execute(
        select(
            StockEntry.event_id,
            place,
            StockMove.lot_id,
            func.sum(case((left, StockMove.quantity), else_=-StockMove.quantity)),
        )
        .join(StockMove, StockMove.entry_id == StockEntry.id)
        .join(Location, (Location.depot_id == depot_id) & (Location.kind == "recipient"))
        .where(
            StockEntry.depot_id == depot_id,
            of_events,
            or_(left, StockMove.source_id == Location.id),
        )
        .group_by(StockEntry.event_id, place, StockMove.lot_id)
    )
    return defaultdict(int, {(event, at, lot): int(net) for event, at, lot, net in rows})
