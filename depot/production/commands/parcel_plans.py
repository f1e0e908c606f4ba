"""An event's plan made of parcels: a grid of households multiplied out and set aside."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert

from depot.base.actors import Actor
from depot.base.clock import Clock, local_day, utc_now
from depot.distribution.plan_lines import SavedPlan, load_planned_event, write_plan
from depot.kernel.lookups import need_items
from depot.kernel.once import Outcome, Work, run_once
from depot.models import EventParcel
from depot.production.multiplied import Multiplied, ParcelSaid, multiply_out
from depot.production.supply import When


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanParcels:
    """All that an event is to take along: parcels for so many households of each kind."""

    command_id: UUID
    event_id: int = 0
    parcels: tuple[ParcelSaid, ...] = ()


def plan_parcels(command: PlanParcels, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedPlan]:
    """Put what the parcels need in place of the plan before, and set aside what is free of it.

    The plan keeps the versions it was made by: a parcel that is edited later changes no plan.
    Raises NotFound for an event, parcel or size, EventState for a closed event, NoVariant,
    EmptyCategory, and Invalid for households that cannot be.
    """
    return run_once(command, actor, clock, _plan, SavedPlan)


def _plan(command: PlanParcels, work: Work) -> SavedPlan:
    event = load_planned_event(work, command.event_id)
    day = local_day(event.starts_at, work.actor.depot.time_zone)
    when = When(max(day, work.today), work.today, event.id)
    found = multiply_out(work.session, work.depot_id, command.parcels, when)
    _keep_grid(work, event.id, found)
    wanted = {one.item_id: one.planned for one in found.items}
    return write_plan(work, event, wanted, need_items(work, wanted).values())


def _keep_grid(work: Work, event_id: int, found: Multiplied) -> None:
    """Keep for which households it was, and by which versions, in place of those before."""
    of_event = {"event_id": event_id, "depot_id": work.depot_id}
    work.session.execute(
        delete(EventParcel).where(
            EventParcel.depot_id == work.depot_id, EventParcel.event_id == event_id
        )
    )
    said = [(parcel.version_id, one) for parcel, grid in found.parcels for one in grid]
    rows = [
        of_event
        | {
            "line": number,
            "version_id": version_id,
            "adults": one.adults,
            "children": one.children,
            "size": one.size,
            "diet": one.diet,
            "households": one.count,
        }
        for number, (version_id, one) in enumerate(said, start=1)
    ]
    work.session.execute(insert(EventParcel), rows)
