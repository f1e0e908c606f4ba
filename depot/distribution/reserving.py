"""What an event's plan sets aside: as much of it as nobody else was promised."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, literal, select

from depot.base.clock import local_day
from depot.base.kinds import ReservationReason
from depot.distribution.picked import picked_for, planned_with_picks
from depot.kernel.once import Work
from depot.kernel.promises.reserving import Reserved, reserve_for_event
from depot.models import PlannedLine


def reserve_plan(
    work: Work, event_id: int, starts_at: datetime, reason: ReservationReason
) -> dict[int, Reserved]:
    """Set aside what is planned for an event that takes place; return how each item stands.

    What was fetched instead of something is set aside in its place.
    """
    rows = work.session.execute(
        select(PlannedLine.item_id, PlannedLine.quantity).where(
            PlannedLine.depot_id == work.depot_id, PlannedLine.event_id == event_id
        )
    )
    planned = {item_id: quantity for item_id, quantity in rows}
    planned = planned_with_picks(planned, picked_for(work, event_id))
    day = local_day(starts_at, work.actor.depot.time_zone)
    return reserve_for_event(work, event_id, day, planned, reason)


def take_over_plan(work: Work, from_id: int, to_id: int, starts_at: datetime) -> None:
    """Plan for an event what is planned for another one, and set it aside."""
    columns = ("event_id", "item_id", "depot_id", "quantity")
    lines = select(
        literal(to_id), PlannedLine.item_id, PlannedLine.depot_id, PlannedLine.quantity
    ).where(PlannedLine.event_id == from_id, PlannedLine.depot_id == work.depot_id)
    work.session.execute(insert(PlannedLine).from_select(columns, lines))
    reserve_plan(work, to_id, starts_at, "planned")
