"""The lines of an event's plan, written anew as a whole, and what of them is set aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert

from depot.base.errors import EventState
from depot.distribution.event_state import load_event
from depot.distribution.reserving import reserve_plan
from depot.kernel.answers import Answer
from depot.kernel.lookups import ItemRow
from depot.kernel.once import Work
from depot.kernel.promises.reserving import Reserved
from depot.models import DistributionEvent, PlannedLine


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


def load_planned_event(work: Work, event_id: int) -> DistributionEvent:
    """Return an event that may be planned. Raises NotFound, and EventState for a closed one."""
    event = load_event(work, event_id)
    work.session.refresh(event)  # it may have been closed since it was first read
    if event.state == "closed":
        raise EventState(name=event.name)
    return event


def write_plan(
    work: Work, event: DistributionEvent, wanted: Mapping[int, int], items: Iterable[ItemRow]
) -> SavedPlan:
    """Put so much of each item, by its id, in place of the plan before, and set it aside.

    Nothing is set aside for an event that was called off.
    """
    session = work.session
    session.execute(delete(PlannedLine).where(PlannedLine.event_id == event.id))
    if wanted:
        of_event = {"event_id": event.id, "depot_id": work.depot_id}
        session.execute(
            insert(PlannedLine),
            [
                of_event | {"item_id": item_id, "quantity": quantity}
                for item_id, quantity in wanted.items()
            ],
        )
    if event.called_off_at is None:
        stands = reserve_plan(work, event.id, event.starts_at, "planned")
    else:
        stands = {item_id: Reserved(wanted[item_id], 0, wanted[item_id]) for item_id in wanted}
    rows = {item.id: item for item in items}
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
