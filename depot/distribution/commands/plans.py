"""What a hand-out is to take along: written anew as a whole; it sets goods aside, no stock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, UnknownItem
from depot.base.text import N_
from depot.base.units import MAX_QUANTITY
from depot.distribution.plan_lines import (
    PlannedStock,
    SavedPlan,
    load_planned_event,
    write_plan,
)
from depot.kernel.lookups import ItemRef, ItemRow, find_items
from depot.kernel.once import Outcome, Work, run_once

__all__ = ["PlanGoods", "PlannedGoods", "PlannedStock", "SavedPlan", "plan_goods"]


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


def plan_goods(command: PlanGoods, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedPlan]:
    """Put the plan in place of the one before, and set aside what nobody else was promised.

    The same item twice is added up. Nothing is set aside for an event that was called off.

    Raises NotFound for an event of another depot, EventState for a closed one, UnknownItem.
    """
    return run_once(command, actor, clock, _plan, SavedPlan)


def _plan(command: PlanGoods, work: Work) -> SavedPlan:
    event = load_planned_event(work, command.event_id)
    items = _items(command, work)
    return write_plan(work, event, _added_up(command, items), items.values())


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
