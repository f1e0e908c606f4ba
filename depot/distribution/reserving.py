"""What an event's plan sets aside: as much of it as nobody else was promised."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from depot.base.clock import local_day
from depot.base.kinds import ReservationReason
from depot.kernel.once import Work
from depot.kernel.promises.reserving import Reserved, reserve_for_event
from depot.models import PlannedLine


def reserve_plan(
    work: Work, event_id: int, starts_at: datetime, reason: ReservationReason
) -> dict[int, Reserved]:
    """Set aside what is planned for an event that takes place; return how each item stands."""
    rows = work.session.execute(
        select(PlannedLine.item_id, PlannedLine.quantity).where(
            PlannedLine.depot_id == work.depot_id, PlannedLine.event_id == event_id
        )
    )
    planned = {item_id: quantity for item_id, quantity in rows}
    day = local_day(starts_at, work.actor.depot.time_zone)
    return reserve_for_event(work, event_id, day, planned, reason)
