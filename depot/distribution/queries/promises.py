"""To which distribution events an item is promised, and what could stand in where it is short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.kernel.promises.reading import promise_left
from depot.models import DistributionEvent, Promise


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
