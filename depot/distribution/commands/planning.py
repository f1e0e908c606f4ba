"""Before a hand-out begins: planned, changed, packed, called off. Nothing here moves stock.

What is planned is set aside (docs/adr/0044-promised-stock.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, local_day, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.names import need_one_alphabet
from depot.base.text import N_
from depot.base.units import MAX_QUANTITY
from depot.distribution.event_state import SavedEvent, load_event, saved_event
from depot.distribution.picked import picked_there, refuse_what_must_stay
from depot.distribution.plan_lines import load_planned_event
from depot.distribution.reserving import reserve_plan, take_over_plan
from depot.kernel.once import EARLIEST_YEAR, Outcome, Work, run_once
from depot.kernel.promises.reserving import free_event
from depot.kernel.promises.waiting import Picked, add_picks
from depot.ledger.doubts.questions import FarHandOut
from depot.ledger.doubts.rules import is_far_hand_out
from depot.ledger.facts import Spot
from depot.models import DistributionEvent, Location, Lot, StockEntry

LATEST_YEAR = 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEvent:
    """A hand-out that is to come, or one of today."""

    command_id: UUID
    name: str
    starts_at: datetime
    place: str = ""
    expected_households: int | None = None
    #: Another hand-out, whose plan of goods is taken over.
    like_event_id: int | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEvent:
    """Another name, time, place or number; all of them are said anew."""

    command_id: UUID
    event_id: int = 0
    name: str
    starts_at: datetime
    place: str = ""
    expected_households: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOffEvent:
    """A planned hand-out does not take place."""

    command_id: UUID
    event_id: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackEvent:
    """All that is planned stands ready; or, taken back, it does not."""

    command_id: UUID
    event_id: int = 0
    packed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TickPick:
    """So much of a lot was fetched from a place or crate, for an event; or it was not after all."""

    command_id: UUID
    event_id: int = 0
    location_id: int
    lot_id: int
    quantity: int
    picked: bool = True


def plan_event(command: PlanEvent, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedEvent]:
    """Make an event; answers its id and state.

    Raises Invalid for a time that cannot be right, NotFound for another depot's event to be like.
    """
    return run_once(command, actor, clock, make_event, SavedEvent)


def change_event(command: ChangeEvent, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedEvent]:
    """Change what is said of an event that is not over.

    On another day it is promised anew what is planned for it: other goods keep until then.

    Raises NotFound, EventState for a closed one, Invalid for a time that cannot be right.
    """
    return run_once(command, actor, clock, _change, SavedEvent)


def call_off_event(
    command: CallOffEvent, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedEvent]:
    """Call a planned event off: what was promised to it is free. Opening it takes that back.

    Raises NotFound, and Invalid once it was opened or something was logged with it.
    """
    return run_once(command, actor, clock, stop_event, SavedEvent)


def pack_event(command: PackEvent, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedEvent]:
    """Say that all is packed, or take it back. Raises NotFound, EventState for a closed one."""
    return run_once(command, actor, clock, _pack, SavedEvent)


def tick_pick(command: TickPick, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedEvent]:
    """Put a tick into the pick list, or take it out. Ticked twice is ticked with the last quantity.

    Raises NotFound for an event, place or lot of another depot, EventState for a closed event.
    """
    return run_once(command, actor, clock, _tick, SavedEvent)


def _check(work: Work, name: str, starts_at: datetime) -> None:
    need_one_alphabet(name)
    if starts_at.tzinfo is None:
        raise Invalid(field="starts_at", problem=N_("The time needs its time zone."))
    if not EARLIEST_YEAR <= starts_at.year < LATEST_YEAR:
        raise Invalid(field="starts_at", problem=N_("That year cannot be right."))
    day = local_day(starts_at, work.actor.depot.time_zone)
    if work.is_attended and is_far_hand_out(day, work.today):
        work.doubt(FarHandOut(field="starts_at", date=day))


def make_event(command: PlanEvent, work: Work) -> SavedEvent:
    """Make an event, as a part of a command; raises as `plan_event` does."""
    _check(work, command.name, command.starts_at)
    like = None if command.like_event_id is None else load_event(work, command.like_event_id).id
    event_id = work.session.execute(
        insert(DistributionEvent)
        .values(
            depot_id=work.depot_id,
            name=command.name,
            place=command.place,
            starts_at=command.starts_at,
            expected_households=command.expected_households,
            state="planned",
        )
        .returning(DistributionEvent.id)
    ).scalar_one()
    if like is not None:
        take_over_plan(work, like, event_id, command.starts_at)
    return saved_event(event_id, command.name, "planned")


def _change(command: ChangeEvent, work: Work) -> SavedEvent:
    _check(work, command.name, command.starts_at)
    event = load_planned_event(work, command.event_id)
    _write(
        work,
        event.id,
        name=command.name,
        place=command.place,
        starts_at=command.starts_at,
        expected_households=command.expected_households,
    )
    zone = work.actor.depot.time_zone
    moved = local_day(event.starts_at, zone) != local_day(command.starts_at, zone)
    if moved and event.called_off_at is None:
        reserve_plan(work, event.id, command.starts_at, "planned")
    return saved_event(event.id, command.name, event.state)


def stop_event(command: CallOffEvent, work: Work) -> SavedEvent:
    """Call an event off, as a part of a command; raises as `call_off_event` does."""
    event = load_event(work, command.event_id)
    logged = select(StockEntry.id).where(
        StockEntry.depot_id == work.depot_id, StockEntry.event_id == event.id
    )
    if event.state != "planned" or work.session.scalar(logged.limit(1)) is not None:
        raise Invalid(field="event_id", problem=N_("It has begun. Close it instead."))
    _write(work, event.id, called_off_at=work.recorded_at, called_off_reason=command.reason)
    free_event(work, event.id, "called_off")
    return saved_event(event.id, event.name, "planned")


def _pack(command: PackEvent, work: Work) -> SavedEvent:
    event = load_planned_event(work, command.event_id)
    _write(work, event.id, packed_at=work.recorded_at if command.packed else None)
    return saved_event(event.id, event.name, event.state)


def _write(work: Work, event_id: int, **values: object) -> None:
    work.session.execute(
        update(DistributionEvent)
        .where(DistributionEvent.id == event_id, DistributionEvent.depot_id == work.depot_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _tick(command: TickPick, work: Work) -> SavedEvent:
    event = load_planned_event(work, command.event_id)
    item_id = _need_goods(work, command)
    if command.picked:
        on = max(local_day(event.starts_at, work.actor.depot.time_zone), work.today)
        refuse_what_must_stay(work, [Spot(command.location_id, command.lot_id)], on)
    known = picked_there(work, event.id, command.location_id, command.lot_id)
    wanted = command.quantity if command.picked else 0
    changes = {None: wanted - sum(known.values())} if command.picked else _taken_back(known)
    for instead_of_id, change in changes.items():
        if change:
            spot = Spot(command.location_id, command.lot_id)
            add_picks(work, event.id, [Picked(spot, item_id, change, instead_of_id)])
    return saved_event(event.id, event.name, event.state)


def _taken_back(known: Mapping[int | None, int]) -> dict[int | None, int]:
    return {instead_of_id: -quantity for instead_of_id, quantity in known.items()}


def _need_goods(work: Work, command: TickPick) -> int:
    """Return the item of the lot. Raises NotFound for a lot or place of another depot."""
    place = select(Location.id).where(
        Location.id == command.location_id, Location.depot_id == work.depot_id
    )
    if work.session.scalar(place) is None:
        raise NotFound(what=N_("place"), name=str(command.location_id))
    item = select(Lot.item_id).where(Lot.id == command.lot_id, Lot.depot_id == work.depot_id)
    item_id = work.session.scalar(item)
    if item_id is None:
        raise NotFound(what=N_("lot"), name=str(command.lot_id))
    if not 0 < command.quantity <= MAX_QUANTITY:
        raise Invalid(field="quantity", problem=N_("That is more or less than can be booked."))
    return item_id
