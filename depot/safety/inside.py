"""Which lots lie in a crate or place, and which lay there since it was last known to be cold."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, exists, func, or_, select

from depot.kernel.holdings import locations_within
from depot.kernel.once import Work
from depot.models import (
    CratePlacement,
    StockBalance,
    StockEntry,
    StockMove,
    TemperatureReading,
    TemperatureRule,
    TemperatureStrike,
)


def lots_inside(depot_id: int, *roots: int) -> Select[int]:
    """Return the statement of the lots that lie in these crates or places, however deep."""
    inside = locations_within(depot_id, roots)
    return select(StockBalance.lot_id).where(
        StockBalance.depot_id == depot_id,
        StockBalance.quantity > 0,
        StockBalance.location_id.in_(select(inside.c.id)),
    )


def last_good_reading(work: Work, location_id: int) -> datetime | None:
    """Return when a place was last read within its limits; None if nobody reads it.

    A place that was never read within them counts from when it was first to be read.
    """
    reading = TemperatureReading
    struck = exists().where(
        TemperatureStrike.depot_id == reading.depot_id, TemperatureStrike.reading_id == reading.id
    )
    good = (
        select(func.max(reading.occurred_at))
        .where(
            reading.depot_id == work.depot_id,
            reading.location_id == location_id,
            or_(reading.lowest_tenths.is_(None), reading.tenths >= reading.lowest_tenths),
            or_(reading.highest_tenths.is_(None), reading.tenths <= reading.highest_tenths),
            ~struck,
        )
        .scalar_subquery()
    )
    found: datetime | None = work.session.scalar(
        select(func.coalesce(good, TemperatureRule.created_at)).where(
            TemperatureRule.depot_id == work.depot_id, TemperatureRule.location_id == location_id
        )
    )
    return found


def lots_gone_since(work: Work, location_id: int, since: datetime) -> set[int]:
    """Return the lots that were taken out of a place since then, and what is in crates that were.

    Three statements.
    """
    inside = locations_within(work.depot_id, [location_id])
    carried = work.session.scalars(
        select(CratePlacement.crate_id)
        .join(StockEntry, StockEntry.id == CratePlacement.entry_id)
        .where(
            StockEntry.depot_id == work.depot_id,
            StockEntry.occurred_at >= since,
            CratePlacement.from_id.in_(select(inside.c.id)),
        )
    )
    roots = [location_id, *carried]
    within = locations_within(work.depot_id, roots)
    taken = work.session.scalars(
        select(StockMove.lot_id)
        .join(StockEntry, StockEntry.id == StockMove.entry_id)
        .where(
            StockEntry.depot_id == work.depot_id,
            StockEntry.occurred_at >= since,
            StockMove.source_id.in_(select(within.c.id)),
        )
    )
    return {*taken, *work.session.scalars(lots_inside(work.depot_id, *roots))}
