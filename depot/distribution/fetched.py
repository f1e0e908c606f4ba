"""What was fetched for events and still waits to be handed out, read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from depot.kernel.promises.waiting import went_from
from depot.models import Item, Pick, StockEntry

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
    gone = went_from(session, depot_id, StockEntry.event_id == event_id)
    found = []
    for place, lot, item, instead_of_id, instead_of, fetched in rows:
        taken = min(max(gone[event_id, place, lot], 0), int(fetched))
        gone[event_id, place, lot] -= taken
        found.append(
            Fetched(place, lot, item, instead_of_id, instead_of, int(fetched), int(fetched) - taken)
        )
    return found
