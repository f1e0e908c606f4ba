"""To which distribution events an item is promised, and for which goods were fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from depot.db.columns import key_of
from depot.kernel.promises.reading import promise_left
from depot.ledger.item_names import ITEM_NAME
from depot.models import DistributionEvent, Item, Pick, Promise, StockBalance


@dataclass(frozen=True, slots=True)
class EventPromise:
    """So much of an item is still promised to an event."""

    event_id: int
    event: str
    starts_at: datetime
    quantity: int


def promises_of_item(
    session: Session, depot_id: int, item_id: int, today: date
) -> list[EventPromise]:
    """Return to which events how much of an item is promised, the next event first."""
    left = promise_left()
    rows = session.execute(
        select(DistributionEvent.id, DistributionEvent.name, DistributionEvent.starts_at, left)
        .join(Promise, Promise.event_id == DistributionEvent.id)
        .where(
            Promise.depot_id == depot_id,
            Promise.item_id == item_id,
            Promise.until_on >= today,
            left > 0,
        )
        .order_by(DistributionEvent.starts_at, DistributionEvent.id)
    )
    return [EventPromise(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class PickedHere:
    """So much of an item in a crate or at a place was fetched for an event and lies there still."""

    event_id: int
    event: str
    item: str
    unit: str
    quantity: int


def picked_here(session: Session, depot_id: int, location_id: int) -> list[PickedHere]:
    """Return what at a location was fetched for events that take place (one statement)."""
    lies = func.min(StockBalance.quantity)
    fetched = func.sum(Pick.quantity)
    rows = session.execute(
        select(
            DistributionEvent.id,
            DistributionEvent.name,
            ITEM_NAME,
            Item.base_unit,
            case((fetched < lies, fetched), else_=lies),
        )
        .join(Pick, Pick.event_id == DistributionEvent.id)
        .join(
            StockBalance,
            (StockBalance.location_id == Pick.location_id) & (StockBalance.lot_id == Pick.lot_id),
        )
        .join(Item, Item.id == Pick.item_id)
        .where(
            DistributionEvent.depot_id == depot_id,
            DistributionEvent.state != "closed",
            DistributionEvent.called_off_at.is_(None),
            Pick.depot_id == depot_id,
            Pick.location_id == location_id,
        )
        .group_by(*key_of(DistributionEvent), *key_of(Item), Pick.lot_id)
        .having(fetched > 0)
        .order_by(DistributionEvent.id, Item.id, Pick.lot_id)
    )
    return [PickedHere(*row) for row in rows]
