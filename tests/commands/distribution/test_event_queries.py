"""What the pages of hand-outs and of the kitchen read."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from depot.base.actors import Actor
from depot.base.clock import Clock
from depot.distribution.commands.events import (
    CloseEvent,
    CountPeople,
    IssueLine,
    ReturnLine,
    close_event,
)
from depot.distribution.commands.events import count_people as count
from depot.distribution.queries.events import event_lists, event_page, events_after, latest_entries
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from depot.production.queries.productions import recent_productions
from tests.builders import NOW, World, clock, receive
from tests.commands.distribution.test_events import bring_back, issue, plan


def at(hours: int) -> Clock:
    return lambda: NOW + timedelta(hours=hours)


def undo(actor: Actor, entry_id: int | None) -> None:
    assert entry_id is not None
    reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=entry_id), actor, clock)


def people(
    actor: Actor,
    event_id: int,
    households: int,
    adults: int | None = None,
    children: int | None = None,
) -> int | None:
    command = CountPeople(
        command_id=uuid4(),
        event_id=event_id,
        households=households,
        adults=adults,
        children=children,
    )
    return count(command, actor, clock).entry_id


def test_figures_are_net_of_what_came_back_and_of_what_was_undone(world: World) -> None:
    receive(world.ada, 20, "Rice", weight_grams=20_000)
    receive(world.ada, 10, "Tins", category="Tins and jars")
    event_id = plan(world.ben)
    issue(world.ben, event_id, IssueLine(item="Rice", quantity=9))
    slip = issue(world.ben, event_id, IssueLine(item="Rice", quantity=5))
    issue(world.ben, event_id, IssueLine(item="Tins", quantity=2))
    bring_back(world.ben, event_id, ReturnLine(item="Rice", quantity=3))
    back = bring_back(world.ben, event_id, ReturnLine(item="Rice", quantity=1))
    undo(world.ben, slip.entry_id)
    undo(world.ben, back.entry_id)
    people(world.ben, event_id, 4, adults=6)
    undo(world.ben, people(world.ben, event_id, 100, children=100))
    page = event_page(world.session, world.ada, event_id, clock)
    assert page is not None
    assert {(item.item, item.out, item.back, item.net) for item in page.items} == {
        ("Rice", 9, 3, 6),
        ("Tins", 2, 0, 2),
    }
    assert page.weight_grams == 6_000 + 2 * 400
    assert page.back_grams == 3_000
    assert page.is_estimated
    assert {line.category: line.weight_grams for line in page.categories} == {
        "Tins and jars": 800,
        "Other": 6_000,
    }
    assert (page.people.households, page.people.individuals) == (4, 6)
    assert page.people.children is None
    assert page.grams_per_household == 1_700


def test_what_comes_after_closing_is_told_apart(world: World) -> None:
    receive(world.ada, 5, "Rice")
    event_id = plan(world.ben)
    issue(world.ben, event_id, IssueLine(item="Rice", quantity=1))
    close_event(CloseEvent(command_id=uuid4(), event_id=event_id), world.ben, at(0))
    page = event_page(world.session, world.ada, event_id, clock)
    assert page is not None
    assert page.late == ()
    later = CountPeople(command_id=uuid4(), event_id=event_id, households=1)
    count(later, world.ben, at(1))
    page = event_page(world.session, world.ada, event_id, clock)
    assert page is not None
    assert [row.kind for row in page.late] == ["people"]
    assert [row.kind for row in page.entries] == ["people", "issue"]


def test_lists_know_today_what_is_to_come_and_what_is_past(world: World) -> None:
    today = plan(world.ada, "Today")
    event_id = plan(world.ada, "Closed")
    close_event(CloseEvent(command_id=uuid4(), event_id=event_id), world.ada, clock)
    lists = event_lists(world.session, world.ada, clock)
    assert [row.name for row in lists.today] == ["Today", "Closed"]
    tomorrow = event_lists(world.session, world.ada, at(24))
    assert [row.name for row in tomorrow.past] == ["Closed", "Today"]
    yesterday = event_lists(world.session, world.ada, at(-24))
    assert [row.name for row in yesterday.planned] == ["Today"]
    undo(world.ada, people(world.ada, today, 3))
    (first, second) = events_after(world.session, world.north.id, 0, 5)
    assert (first.name, first.state, first.households) == ("Today", "open", None)
    assert event_lists(world.session, world.cleo, clock).today == ()
    assert second.is_closed


def test_another_depots_event_is_not_read(world: World) -> None:
    receive(world.ada, 5, "Rice")
    event_id = plan(world.ada)
    issue(world.ada, event_id, IssueLine(item="Rice", quantity=1))
    assert event_page(world.session, world.cleo, event_id, clock) is None
    assert latest_entries(world.session, world.cleo, event_id, "issue", 5) == []


def test_a_production_tells_what_went_in_and_who_gave_it(world: World) -> None:
    receive(world.ada, 5, "Carrots", kind="farm")
    for went_in, came_out in (("Carrots", "Soup"), ("Soup", "Parcel")):
        command = ProduceGoods(
            command_id=uuid4(),
            inputs=(ProductionInput(item=went_in, quantity=2),),
            outputs=(ProductionOutput(item=came_out, quantity=9),),
        )
        produce_goods(command, world.ben, clock)
    parcel, soup = recent_productions(world.session, world.ada, clock=clock)
    assert [line.item for line in parcel.outputs] == ["Parcel"]
    assert parcel.inputs[0].origin.produced_by_seq == soup.entry.seq
    assert soup.inputs[0].line.item == "Carrots"
    assert soup.inputs[0].origin.origin_kind == "farm"
    assert recent_productions(world.session, world.cleo, clock=clock) == []
