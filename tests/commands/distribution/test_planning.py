"""A planned hand-out is changed, copied, packed, picked for and called off; nothing is booked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.errors import EventState, Invalid, NotFound
from depot.distribution.commands.events import (
    CloseEvent,
    CountPeople,
    IssueAtEvent,
    IssueLine,
    OpenEvent,
    close_event,
    count_people,
    issue_at_event,
    open_event,
)
from depot.distribution.commands.planning import (
    CallOffEvent,
    ChangeEvent,
    PackEvent,
    PlanEvent,
    TickPick,
    call_off_event,
    change_event,
    pack_event,
    plan_event,
    tick_pick,
)
from depot.distribution.fetched import picks_at
from depot.distribution.queries.event_plans import planned_lines
from depot.distribution.queries.events import EventRow, event_lists, event_row, people_at
from depot.models import StockBalance
from tests.builders import NOW, World, clock, receive
from tests.commands.distribution.test_plans import an_event, plan
from tests.commands.shelves import entry_count
from tests.current import db


def row(world: World, event_id: int) -> EventRow:
    found = event_row(world.session, world.north.id, event_id)
    assert found is not None
    return found


def change(event_id: int, **more: Any) -> ChangeEvent:
    asked: dict[str, Any] = {"name": "Sunday", "starts_at": NOW + timedelta(days=1)} | more
    return ChangeEvent(command_id=uuid4(), event_id=event_id, **asked)


def call_off(world: World, event_id: int, reason: str = "") -> None:
    command = CallOffEvent(command_id=uuid4(), event_id=event_id, reason=reason)
    call_off_event(command, world.ben, clock)


def close(world: World, event_id: int) -> None:
    close_event(CloseEvent(command_id=uuid4(), event_id=event_id), world.ben, clock)


def tick(event_id: int, location_id: int, lot_id: int, **more: Any) -> TickPick:
    asked: dict[str, Any] = {"quantity": 5} | more
    return TickPick(
        command_id=uuid4(), event_id=event_id, location_id=location_id, lot_id=lot_id, **asked
    )


def rice_at(world: World) -> tuple[int, int]:
    receive(world.ben, 20, "Rice")
    found = db.session.execute(select(StockBalance.location_id, StockBalance.lot_id)).one()
    return found.location_id, found.lot_id


def test_what_is_said_of_a_hand_out_is_said_anew(world: World) -> None:
    event_id = an_event(world.ben)
    change_event(change(event_id, place="Hall", expected_households=40), world.ben, clock)
    found = row(world, event_id)
    assert (found.name, found.place, found.expected_households) == ("Sunday", "Hall", 40)
    assert found.starts_at == NOW + timedelta(days=1)
    change_event(change(event_id), world.ben, clock)
    assert row(world, event_id).expected_households is None


def test_a_copy_takes_over_what_was_planned(world: World) -> None:
    receive(world.ben, 20, "Rice")
    first = an_event(world.ben)
    plan(world.ben, first, Rice=7)
    command = PlanEvent(command_id=uuid4(), name="Next", starts_at=NOW, like_event_id=first)
    second = plan_event(command, world.ben, clock).answer.id
    assert [line.quantity for line in planned_lines(world.session, world.north.id, second)] == [7]
    plan(world.ben, second, Rice=9)
    assert [line.quantity for line in planned_lines(world.session, world.north.id, first)] == [7]
    with pytest.raises(NotFound):
        plan_event(
            PlanEvent(command_id=uuid4(), name="Mine", starts_at=NOW, like_event_id=first),
            world.cleo,
            clock,
        )


def test_what_is_called_off_is_no_hand_out_of_today(world: World) -> None:
    event_id = an_event(world.ben)
    call_off(world, event_id, "Snow")
    found = row(world, event_id)
    assert (found.called_off_reason, found.is_on) == ("Snow", False)
    lists = event_lists(world.session, world.ben, clock)
    assert [event.id for event in (*lists.today, *lists.planned)] == []
    assert [event.id for event in lists.past] == [event_id]


def test_it_takes_place_after_all(world: World) -> None:
    event_id = an_event(world.ben)
    call_off(world, event_id)
    open_event(OpenEvent(command_id=uuid4(), event_id=event_id), world.ben, clock)
    assert (row(world, event_id).is_on, row(world, event_id).state) == (True, "open")


def test_goods_that_went_out_at_it_are_booked_although_it_was_called_off(world: World) -> None:
    receive(world.ben, 20, "Rice")
    event_id = an_event(world.ben)
    call_off(world, event_id)
    lines = (IssueLine(item="Rice", quantity=2),)
    issue_at_event(
        IssueAtEvent(command_id=uuid4(), event_id=event_id, lines=lines), world.ben, clock
    )
    assert (row(world, event_id).is_on, row(world, event_id).state) == (True, "open")


def test_what_has_begun_is_not_called_off(world: World) -> None:
    event_id = an_event(world.ben)
    open_event(OpenEvent(command_id=uuid4(), event_id=event_id), world.ben, clock)
    with pytest.raises(Invalid):
        call_off(world, event_id)


def test_packed_is_said_and_taken_back(world: World) -> None:
    event_id = an_event(world.ben)
    pack_event(PackEvent(command_id=uuid4(), event_id=event_id), world.ben, clock)
    assert row(world, event_id).packed_at == NOW
    pack_event(PackEvent(command_id=uuid4(), event_id=event_id, packed=False), world.ben, clock)
    assert row(world, event_id).packed_at is None


def test_a_tick_books_nothing_and_is_taken_out_again(world: World) -> None:
    place, lot = rice_at(world)
    event_id = an_event(world.ben)
    before = entry_count(world.ben)
    tick_pick(tick(event_id, place, lot), world.ben, clock)
    tick_pick(tick(event_id, place, lot, quantity=7), world.ada, clock)
    assert picks_at(world.session, world.north.id, event_id) == {(place, lot): 7}
    tick_pick(tick(event_id, place, lot, picked=False), world.ben, clock)
    assert picks_at(world.session, world.north.id, event_id) == {}
    assert entry_count(world.ben) == before


def test_a_person_more_of_a_household_that_was_counted(world: World) -> None:
    event_id = an_event(world.ben)
    for households, children in ((1, None), (0, 1)):
        command = CountPeople(
            command_id=uuid4(), event_id=event_id, households=households, children=children
        )
        count_people(command, world.ben, clock)
    found = people_at(world.session, world.north.id, event_id)
    assert (found.households, found.children) == (1, 1)
    with pytest.raises(Invalid):
        count_people(
            CountPeople(command_id=uuid4(), event_id=event_id, households=0), world.ben, clock
        )


def all_acts(event_id: int, place: int, lot: int) -> dict[str, Callable[..., Any]]:
    return {
        "change": lambda who: change_event(change(event_id), who, clock),
        "call off": lambda who: call_off_event(
            CallOffEvent(command_id=uuid4(), event_id=event_id), who, clock
        ),
        "pack": lambda who: pack_event(
            PackEvent(command_id=uuid4(), event_id=event_id), who, clock
        ),
        "tick": lambda who: tick_pick(tick(event_id, place, lot), who, clock),
    }


@pytest.mark.parametrize("act", ["change", "call off", "pack", "tick"])
def test_a_closed_one_and_another_depots_stay_as_they_are(world: World, act: str) -> None:
    place, lot = rice_at(world)
    event_id = an_event(world.ben)
    do = all_acts(event_id, place, lot)[act]
    with pytest.raises(NotFound):
        do(world.cleo)
    close(world, event_id)
    with pytest.raises((EventState, Invalid)):
        do(world.ben)


def test_another_depots_goods_get_no_tick(world: World) -> None:
    place, lot = rice_at(world)
    command = PlanEvent(command_id=uuid4(), name="South", starts_at=NOW)
    south = plan_event(command, world.cleo, clock).answer.id
    with pytest.raises(NotFound):
        tick_pick(tick(south, place, lot), world.cleo, clock)
