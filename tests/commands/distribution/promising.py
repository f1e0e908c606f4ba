"""Planning and handing out what was promised, and reading back how it stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from depot.base.actors import Actor
from depot.counts.commands.counts import Count, CountLine, book_count
from depot.distribution.commands.events import (
    CloseEvent,
    IssueAtEvent,
    IssueLine,
    OpenEvent,
    ReturnGoods,
    ReturnLine,
    close_event,
    issue_at_event,
    open_event,
    return_goods,
)
from depot.distribution.commands.handouts import IssuedGoods
from depot.distribution.commands.planning import (
    CallOffEvent,
    PlanEvent,
    call_off_event,
    plan_event,
)
from depot.distribution.commands.plans import (
    PlanGoods,
    PlannedGoods,
    SavedPlan,
    plan_goods,
)
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.kernel.once import AnyOutcome, Outcome
from depot.kernel.promises.reading import figures_by_item
from depot.ledger.choice.free_stock import StockFigures
from depot.models import Discrepancy, Item
from tests.builders import NOW, World, clock
from tests.current import db

TODAY = NOW.date()
DAY = timedelta(days=1)
CODE = "7K3M-9QX2"


def an_event(actor: Actor, name: str = "Saturday", days: int = 0) -> int:
    command = PlanEvent(command_id=uuid4(), name=name, starts_at=NOW + days * DAY)
    return plan_event(command, actor, clock).answer.id


def plan(actor: Actor, event_id: int, **wanted: int) -> Outcome[SavedPlan]:
    lines = tuple(PlannedGoods(item, quantity) for item, quantity in wanted.items())
    command = PlanGoods(command_id=uuid4(), event_id=event_id, lines=lines)
    return plan_goods(command, actor, clock)


def stands(outcome: Outcome[SavedPlan]) -> dict[str, tuple[int, int, int]]:
    """Return planned, promised and short of each item."""
    return {line.item: (line.planned, line.promised, line.short) for line in outcome.answer.lines}


def item_id(name: str) -> int:
    return db.session.scalars(select(Item.id).where(Item.name == name)).one()


def figures(world: World, name: str = "Rice", day: date = TODAY) -> StockFigures:
    number = item_id(name)
    return figures_by_item(world.session, world.north.id, [number], day)[number]


def asked(world: World) -> list[tuple[int | None, int | None]]:
    """Return what is open: how much is promised, how much of it is here."""
    rows = world.session.execute(
        select(Discrepancy.expected_quantity, Discrepancy.actual_quantity)
        .where(Discrepancy.kind == "too_much_promised", Discrepancy.resolved_at.is_(None))
        .order_by(Discrepancy.id)
    )
    return [(promised, here) for promised, here in rows]


def hand_out(
    actor: Actor, event_id: int, quantity: int, item: str = "Rice", **more: Any
) -> Outcome[IssuedGoods]:
    lines = (IssueLine(item=item, quantity=quantity),)
    command = IssueAtEvent(command_id=uuid4(), event_id=event_id, lines=lines, **more)
    return issue_at_event(command, actor, clock)


def bring_back(actor: Actor, event_id: int, quantity: int) -> AnyOutcome:
    lines = (ReturnLine(item="Rice", quantity=quantity),)
    command = ReturnGoods(command_id=uuid4(), event_id=event_id, lines=lines)
    return return_goods(command, actor, clock)


def close(actor: Actor, event_id: int) -> None:
    close_event(CloseEvent(command_id=uuid4(), event_id=event_id), actor, clock)


def reopen(actor: Actor, event_id: int) -> None:
    open_event(OpenEvent(command_id=uuid4(), event_id=event_id), actor, clock)


def call_off(actor: Actor, event_id: int) -> None:
    call_off_event(CallOffEvent(command_id=uuid4(), event_id=event_id), actor, clock)


def count(actor: Actor, quantity: int) -> AnyOutcome:
    line = CountLine(item="Rice", counted_quantity=quantity)
    command = Count(command_id=uuid4(), place="Arrivals", lines=(line,))
    return book_count(command, actor, clock)


def undo(actor: Actor, entry_id: int | None) -> None:
    command = ReverseEntry(command_id=uuid4(), entry_id=entry_id or 0, reason="")
    reverse_entry(command, actor, clock)
