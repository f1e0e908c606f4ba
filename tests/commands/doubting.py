"""Doing what is doubted, with somebody there to be asked or not, for tests of doubts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from depot.base.actors import Actor, Asking
from depot.base.errors import Unconfirmed
from depot.distribution.commands.events import (
    PlanEvent,
    plan_event,
)
from depot.entries.commands.discrepancies import ResolveDiscrepancy, resolve_discrepancy
from depot.entries.queries.discrepancies import DiscrepancyRow, open_discrepancies
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.items.commands.items import SaveItem, save_item
from depot.kernel.once import AnyOutcome
from tests.builders import NOW, World, clock

KILO = 1000
TODAY = date(2026, 11, 21)
Act = Callable[[Actor], AnyOutcome]


def there(actor: Actor, *confirmed: str) -> Actor:
    """The actor at a page, where one can be asked."""
    return replace(actor, asking=Asking(frozenset(confirmed)))


def things(world: World, actor: Actor | None = None) -> list[DiscrepancyRow]:
    return open_discrepancies(world.session, (actor or world.ada).depot_id)


def told(world: World) -> list[tuple[str, int | None, int | None]]:
    return [(one.detail, one.expected, one.actual) for one in things(world)]


def asked(act: Act, actor: Actor) -> Unconfirmed:
    with pytest.raises(Unconfirmed) as caught:
        act(there(actor))
    return caught.value


def asked_codes(act: Act, actor: Actor) -> list[str]:
    return [question.code for question in asked(act, actor).questions.values()]


def donation(**line: Any) -> Act:
    """A donation of one line; the same one each time it is done."""
    command = ReceiveGoods(command_id=uuid4(), lines=(ReceiptLine(**line),))
    return lambda who: receive_goods(command, who, clock)


def bread(kilograms: int) -> Act:
    return donation(category="Bread", weight_grams=kilograms * KILO)


def weeks_of_bread(actor: Actor, kilograms: int = 40) -> None:
    for days in (21, 14, 7):
        command = ReceiveGoods(
            command_id=uuid4(),
            lines=(ReceiptLine(category="Bread", weight_grams=kilograms * KILO),),
            occurred_at=NOW - timedelta(days=days),
        )
        receive_goods(command, actor, clock)


def settle(world: World, resolution: str, actor: Actor | None = None) -> None:
    command = ResolveDiscrepancy(
        command_id=uuid4(), discrepancy_id=things(world)[0].id, resolution=resolution
    )
    resolve_discrepancy(command, actor or world.ada, clock)


def event(actor: Actor, name: str = "Saturday", **plan: Any) -> int:
    command = PlanEvent(command_id=uuid4(), name=name, starts_at=NOW, **plan)
    event_id: int = plan_event(command, actor, clock).body["id"]
    return event_id


def save(name: str, command_id: UUID | None = None, **item: Any) -> Act:
    command = SaveItem(
        command_id=command_id or uuid4(),
        name=name,
        category="Bread",
        base_unit=item.pop("unit", "piece"),
        **item,
    )
    return lambda who: save_item(command, who, clock)
