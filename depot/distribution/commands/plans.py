"""What a hand-out is to take along: written anew as a whole; it sets goods aside, no stock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import EventState, Invalid, UnknownItem
from depot.base.text import N_
from depot.base.units import MAX_QUANTITY
from depot.distribution.event_state import load_event
from depot.distribution.reserving import reserve_plan
from depot.kernel.answers import Answer
from depot.kernel.lookups import ItemRef, ItemRow, find_items
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.promises.reserving import Reserved
from depot.models import PlannedLine


@dataclass(frozen=True, slots=True)
class PlannedGoods:
    """So many base units of an item, by its id or name."""

    item: int | str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGoods:
    """All that an event is to take along; no lines take everything off the plan."""

    command_id: UUID
    event_id: int = 0
    lines: tuple[PlannedGoods, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStock:
    """How an item that is planned stands, in its base unit.

    What was handed out already is planned, and neither promised nor short any more.
    """

    item_id: int
    item: str
    unit: str
    planned: int
    promised: int
    short: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPlan(Answer):
    """So many items are on the plan of an event, and how each stands."""

    id: int
    items: int
    lines: tuple[PlannedStock, ...] = ()


def plan_goods(command: PlanGoods, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedPlan]:
    """Put the plan in place of the one before, and set aside what nobody else was promised.

    The same item twice is added up. Nothing is set aside for an event that was called off.

    Raises NotFound for an event of another depot, EventState for a closed one, UnknownItem.
    """
    return run_once(command, actor, clock, write_plan, SavedPlan)


def write_plan(command: PlanGoods, work: Work) -> SavedPlan:
    """Write an event's plan anew, as a part of a command; raises as `plan_goods` does."""
    event = load_event(work, command.event_id)
    work.session.refresh(event)  # it may have been closed since it was first read
    if event.state == "closed":
        raise EventState(name=event.name)
    items = _items(command, work)
    wanted = _added_up(command, items)
    session = work.session
    session.execute(delete(PlannedLine).where(PlannedLine.event_id == event.id))
    if wanted:
        session.execute(
            insert(PlannedLine),
            [
                {
                    "event_id": event.id,
                    "item_id": item_id,
                    "depot_id": work.depot_id,
                    "quantity": quantity,
                }
                for item_id, quantity in wanted.items()
            ],
        )
    if event.called_off_at is None:
        stands = reserve_plan(work, event.id, event.starts_at, "planned")
    else:
        stands = {item_id: Reserved(wanted[item_id], 0, wanted[item_id]) for item_id in wanted}
    rows = {item.id: item for item in items.values()}
    gone = Reserved(0, 0, 0)  # another item was fetched instead
    lines = tuple(
        _line(rows[item_id], quantity, stands.get(item_id, gone))
        for item_id, quantity in wanted.items()
    )
    return SavedPlan(id=event.id, items=len(wanted), lines=lines)


def _line(item: ItemRow, planned: int, stands: Reserved) -> PlannedStock:
    return PlannedStock(
        item_id=item.id,
        item=item.name,
        unit=item.base_unit,
        planned=planned,
        promised=stands.promised,
        short=stands.short,
    )


def _items(command: PlanGoods, work: Work) -> dict[ItemRef, ItemRow]:
    """Return the items that are planned, as they are named. One not known stands at its line."""
    found = find_items(work, [line.item for line in command.lines])
    for number, line in enumerate(command.lines):
        if line.item not in found:
            raise UnknownItem(field=f"lines-{number}-item", name=line.item)
    return found


def _added_up(command: PlanGoods, items: Mapping[ItemRef, ItemRow]) -> dict[int, int]:
    """Return how much of each item is planned."""
    sums: dict[int, int] = {}
    for number, line in enumerate(command.lines):
        item_id = items[line.item].id
        sums[item_id] = sums.get(item_id, 0) + line.quantity
        if not 0 < sums[item_id] <= MAX_QUANTITY:
            problem = N_("That is more or less than can be booked.")
            raise Invalid(field=f"lines-{number}-amount", problem=problem)
    return sums
