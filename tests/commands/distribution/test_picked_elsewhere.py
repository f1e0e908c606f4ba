"""What was fetched for one hand-out is left alone elsewhere, or is told to have gone."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.distribution.commands.events import IssueAtEvent, issue_at_event
from depot.distribution.commands.picks import PickGoods, PickLine, pick_goods
from depot.distribution.fetched import fetched_at, picks_at
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.models import Discrepancy, Location
from depot.stock.commands.take_out import TakeOut, take_out
from tests.builders import World, clock, receive
from tests.commands.distribution.promising import an_event, call_off, hand_out, plan, undo
from tests.commands.shelves import moves_of, put_crate

NEAR, FAR = "7K3M-9QX2", "GP1X-F3AA"


@pytest.fixture
def saturday(world: World) -> int:
    """Four of rice in one crate, six that keep longer in another: the four wait for Saturday."""
    for code, quantity, date in ((NEAR, 4, "2027-01"), (FAR, 6, "2027-02")):
        put_crate(world.ada, code, at="Arrivals")
        receive(world.ada, quantity, "Rice", date=date, crate_code=code)
    event_id = an_event(world.ben)
    plan(world.ben, event_id, Rice=4)
    pick(world.ben, event_id, 4)
    return event_id


def pick(actor: Actor, event_id: int, quantity: int) -> None:
    lines = (PickLine(item="Rice", quantity=quantity),)
    pick_goods(PickGoods(command_id=uuid4(), event_id=event_id, lines=lines), actor, clock)


def taken_from(outcome: AnyOutcome) -> dict[str, int]:
    return {source: quantity for source, _to, quantity in moves_of(outcome.entry_id)}


def waiting(world: World, event_id: int) -> int:
    return sum(one.waiting for one in fetched_at(world.session, world.north.id, event_id))


def told(world: World) -> list[tuple[str, str, int | None, int | None]]:
    found = world.session.execute(
        select(
            Location.name,
            Discrepancy.detail,
            Discrepancy.expected_quantity,
            Discrepancy.actual_quantity,
        )
        .join(Location, Location.id == Discrepancy.location_id)
        .where(Discrepancy.kind == "picked_gone", Discrepancy.resolved_at.is_(None))
        .order_by(Discrepancy.id)
    )
    return [(place, event, planned, left) for place, event, planned, left in found]


def test_another_hand_out_takes_other_stock_though_it_keeps_longer(
    world: World, saturday: int
) -> None:
    assert taken_from(hand_out(world.ben, an_event(world.ben, "Sunday"), 6)) == {FAR: 6}
    assert waiting(world, saturday) == 4
    assert told(world) == []


def test_what_must_be_taken_all_the_same_is_told_and_fetched_no_more(
    world: World, saturday: int
) -> None:
    outcome = hand_out(world.ben, an_event(world.ben, "Sunday"), 7)
    assert taken_from(outcome) == {FAR: 6, NEAR: 1}
    assert "picked_gone" in outcome.asks
    assert told(world) == [(NEAR, "Saturday", 4, 3)]
    assert sum(picks_at(world.session, world.north.id, saturday).values()) == 3
    undo(world.ada, outcome.entry_id)
    assert told(world) == []
    pick(world.ben, saturday, 1)
    assert waiting(world, saturday) == 4


def test_a_crate_that_is_handed_out_elsewhere_takes_what_was_fetched(
    world: World, saturday: int
) -> None:
    command = IssueAtEvent(
        command_id=uuid4(), event_id=an_event(world.ben, "Sunday"), crate_code=NEAR
    )
    issue_at_event(command, world.ben, clock)
    assert told(world) == [(NEAR, "Saturday", 4, 0)]
    assert waiting(world, saturday) == 0
    assert taken_from(hand_out(world.ben, saturday, 2)) == {FAR: 2}


def test_what_was_thrown_away_is_fetched_no_more(world: World, saturday: int) -> None:
    command = TakeOut(command_id=uuid4(), place=NEAR, reason="write_off")
    take_out(command, world.ben, clock)
    assert told(world) == [(NEAR, "Saturday", 4, 0)]


def test_its_own_hand_out_tells_nothing(world: World, saturday: int) -> None:
    assert taken_from(hand_out(world.ben, saturday, 3)) == {NEAR: 3}
    assert told(world) == []


def test_what_was_fetched_for_one_that_was_called_off_is_anybodys(
    world: World, saturday: int
) -> None:
    call_off(world.ben, saturday)
    assert taken_from(hand_out(world.ben, an_event(world.ben, "Sunday"), 1)) == {NEAR: 1}
    assert told(world) == []


def test_of_two_that_fetched_from_one_place_the_last_gives_first(
    world: World, saturday: int
) -> None:
    for name, days, quantity in (("Next week", 7, 4), ("Tomorrow", 1, 2)):
        event_id = an_event(world.ben, name, days=days)
        plan(world.ben, event_id, Rice=quantity)
        pick(world.ben, event_id, quantity)
    gone = (GoodsLine(item="Rice", quantity=3),)
    command = TakeOut(command_id=uuid4(), place=FAR, reason="write_off", lines=gone)
    take_out(command, world.ben, clock)
    assert told(world) == [(FAR, "Next week", 4, 1)]
