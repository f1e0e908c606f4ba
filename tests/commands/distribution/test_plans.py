"""What a hand-out is to take along, and from where it is fetched."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from depot.base.actors import Actor
from depot.base.errors import EventState, Invalid, NotFound, UnknownItem
from depot.distribution.commands.events import (
    CloseEvent,
    IssueAtEvent,
    IssueLine,
    PlanEvent,
    close_event,
    issue_at_event,
    plan_event,
)
from depot.distribution.commands.plans import PlanGoods, PlannedGoods, plan_goods
from depot.distribution.queries.event_plans import pick_list, plan_of_last_event, planned_lines
from tests.builders import NOW, World, clock, receive
from tests.commands.shelves import moves_of, put_crate, put_place

TODAY = date(2026, 11, 21)
CODE, OTHER = "7K3M-9QX2", "GP1X-F3AA"


def an_event(actor: Actor, name: str = "Saturday") -> int:
    command = PlanEvent(command_id=uuid4(), name=name, starts_at=NOW)
    found: int = plan_event(command, actor, clock).body["id"]
    return found


def plan(actor: Actor, event_id: int, **wanted: int) -> PlanGoods:
    lines = tuple(PlannedGoods(item, quantity) for item, quantity in wanted.items())
    command = PlanGoods(command_id=uuid4(), event_id=event_id, lines=lines)
    plan_goods(command, actor, clock)
    return command


def planned(world: World, event_id: int) -> dict[str, int]:
    rows = planned_lines(world.session, world.north.id, event_id)
    return {row.item: row.quantity for row in rows}


def fetched(world: World, event_id: int, on: date = TODAY) -> list[tuple[str, str, str, int]]:
    found = pick_list(world.session, world.north.id, event_id, on)
    return [
        (row.place, " / ".join(row.held.crates), row.held.item, row.quantity)
        for row in found.fetches
    ]


def test_a_plan_is_written_anew_as_a_whole(world: World) -> None:
    receive(world.ada, 20, "Rice")
    receive(world.ada, 20, "Beans")
    event_id = an_event(world.ben)
    plan(world.ben, event_id, Rice=5, Beans=3)
    plan(world.ben, event_id, Rice=7)
    assert planned(world, event_id) == {"Rice": 7}
    plan(world.ben, event_id)
    assert planned(world, event_id) == {}


def test_the_same_item_twice_is_added_up_and_a_repeat_plans_once(world: World) -> None:
    receive(world.ada, 20, "Rice")
    event_id = an_event(world.ada)
    lines = (PlannedGoods("Rice", 2), PlannedGoods("rice", 3))
    command = PlanGoods(command_id=uuid4(), event_id=event_id, lines=lines)
    first = plan_goods(command, world.ada, clock)
    plan(world.ada, event_id, Rice=9)
    again = plan_goods(command, world.ada, clock)
    assert again.repeated
    assert again.body == first.body
    assert planned(world, event_id) == {"Rice": 9}  # what came later is not undone by a repeat


def test_what_cannot_be_planned_is_refused_and_changes_nothing(world: World) -> None:
    receive(world.ada, 20, "Rice")
    event_id = an_event(world.ada)
    plan(world.ada, event_id, Rice=4)
    with pytest.raises(UnknownItem) as unknown:
        plan(world.ada, event_id, Rice=1, Moonstones=1)
    assert unknown.value.field == "lines-1-item"
    with pytest.raises(Invalid):
        plan(world.ada, event_id, Rice=0)
    with pytest.raises(NotFound):
        plan(world.ada, 999)
    with pytest.raises(NotFound):
        plan(world.cleo, event_id)
    assert planned(world, event_id) == {"Rice": 4}
    close_event(CloseEvent(command_id=uuid4(), event_id=event_id), world.ada, clock)
    with pytest.raises(EventState):
        plan(world.ada, event_id, Rice=1)


def test_the_souths_items_are_not_the_norths(world: World) -> None:
    receive(world.cleo, 5, "Grits")
    with pytest.raises(UnknownItem):
        plan(world.ada, an_event(world.ada), Grits=1)


def test_the_oldest_dates_are_fetched_first_crate_by_crate(world: World) -> None:
    put_place(world.ada, "Shelf 2")
    put_crate(world.ada, CODE, at="Shelf 2")
    put_crate(world.ada, OTHER, at=CODE)
    receive(world.ada, 10, "Rice", date="2028-01")
    receive(world.ada, 4, "Rice", date="2027-01", crate_code=CODE)
    receive(world.ada, 3, "Rice", date="2027-02", crate_code=OTHER)
    event_id = an_event(world.ada)
    plan(world.ada, event_id, Rice=9)
    assert fetched(world, event_id) == [
        ("Arrivals", "", "Rice", 2),
        ("Shelf 2", CODE, "Rice", 4),
        ("Shelf 2", f"{OTHER} / {CODE}", "Rice", 3),
    ]


def test_what_must_not_go_out_is_left_where_it_is_and_counts_as_missing(world: World) -> None:
    receive(world.ada, 5, "Ham", date="2026-11-20", date_kind="use_by")
    receive(world.ada, 6, "Ham", date="2026-11-25", date_kind="use_by")
    receive(world.ada, 7, "Ham", location="On hold")
    event_id = an_event(world.ada)
    plan(world.ada, event_id, Ham=8)
    assert fetched(world, event_id) == [("Arrivals", "", "Ham", 6)]
    (short,) = pick_list(world.session, world.north.id, event_id, TODAY).missing
    assert (short.item, short.planned, short.quantity) == ("Ham", 8, 2)
    assert fetched(world, event_id, on=TODAY + timedelta(days=9)) == []


def test_what_was_handed_out_already_is_not_fetched_again(world: World) -> None:
    receive(world.ada, 20, "Rice")
    event_id = an_event(world.ada)
    plan(world.ada, event_id, Rice=8)
    out = IssueAtEvent(
        command_id=uuid4(), event_id=event_id, lines=(IssueLine(item="Rice", quantity=5),)
    )
    issue_at_event(out, world.ada, clock)
    assert fetched(world, event_id) == [("Arrivals", "", "Rice", 3)]


def test_the_hand_out_books_what_the_pick_list_says(world: World) -> None:
    put_crate(world.ada, CODE, at="Arrivals")
    receive(world.ada, 4, "Rice", date="2027-01", crate_code=CODE)
    receive(world.ada, 10, "Rice", date="2028-01")
    event_id = an_event(world.ada)
    plan(world.ada, event_id, Rice=6)
    listed = sorted((crate or place, n) for place, crate, _item, n in fetched(world, event_id))
    out = IssueAtEvent(
        command_id=uuid4(), event_id=event_id, lines=(IssueLine(item="Rice", quantity=6),)
    )
    moved = moves_of(issue_at_event(out, world.ada, clock).entry_id)
    assert sorted((source, n) for source, _target, n in moved) == listed


def test_a_plan_can_be_as_the_last_time_it_was_called_so(world: World) -> None:
    receive(world.ada, 50, "Rice")
    for name, quantity in (("Saturday", 9), ("Drop-in", 2)):
        old = an_event(world.ada, name)
        out = IssueAtEvent(
            command_id=uuid4(), event_id=old, lines=(IssueLine(item="Rice", quantity=quantity),)
        )
        issue_at_event(out, world.ada, clock)
        close_event(CloseEvent(command_id=uuid4(), event_id=old), world.ada, clock)
    event_id = an_event(world.ada, "Saturday")
    last = plan_of_last_event(world.session, world.north.id, event_id)
    assert [(row.item, row.quantity) for row in last] == [("Rice", 9)]
    assert plan_of_last_event(world.session, world.south.id, event_id) == []
