"""Goods are fetched for a hand-out: by crate, by line, instead of others; never what must stay."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from depot.base.actors import Actor
from depot.base.errors import EventState, Invalid, NotFound, OnHold, PastUseBy, UnknownItem
from depot.distribution.commands.picks import PickedGoods, PickGoods, PickLine, pick_goods
from depot.distribution.commands.planning import TickPick, tick_pick
from depot.distribution.errors import NotHereToPick, NotOnTheList, OtherUnit, PastForPicking
from depot.distribution.fetched import picks_at
from depot.distribution.queries.event_goods import goods_at
from depot.distribution.queries.event_plans import PickLine as ListLine
from depot.distribution.queries.event_plans import pick_list, planned_lines
from depot.distribution.queries.standing import Standing, item_standings, stand_ins
from depot.kernel.once import Outcome
from depot.locations.commands import SavePlace, save_place
from depot.safety.commands.holds import HeldBy, PlaceHold, place_hold
from tests.builders import World, clock, receive
from tests.commands.distribution.promising import (
    CODE,
    TODAY,
    an_event,
    call_off,
    close,
    figures,
    hand_out,
    item_id,
    plan,
    stands,
)
from tests.commands.shelves import entry_count, moves_of, put_crate, put_place

OTHER = "GP1X-F3AA"


def pick(actor: Actor, event_id: int, **said: Any) -> Outcome[PickedGoods]:
    return pick_goods(PickGoods(command_id=uuid4(), event_id=event_id, **said), actor, clock)


def line(item: str, quantity: int, location: str | None = None) -> tuple[PickLine, ...]:
    return (PickLine(item=item, quantity=quantity, location=location),)


def listed(world: World, event_id: int) -> tuple[ListLine, ...]:
    return pick_list(world.session, world.north.id, event_id, TODAY).fetches


def told(rows: tuple[ListLine, ...]) -> list[tuple[str, str, int, bool]]:
    return [
        ((*row.held.crates, row.place)[0], row.held.item, row.quantity, row.is_picked)
        for row in rows
    ]


def standing(world: World, event_id: int, item: str) -> Standing:
    session, depot_id = world.session, world.north.id
    planned = planned_lines(session, depot_id, event_id)
    goods = goods_at(session, depot_id, event_id)
    rows = item_standings(session, depot_id, event_id, TODAY, planned, goods)
    return next(row for row in rows if row.item == item)


def in_crates(world: World) -> int:
    """Four of rice in one crate, six that keep longer in another, and a plan of eight."""
    for code, quantity, date in ((CODE, 4, "2027-01"), (OTHER, 6, "2027-02")):
        put_crate(world.ada, code, at="Arrivals")
        receive(world.ada, quantity, "Rice", date=date, crate_code=code)
    event_id = an_event(world.ben)
    plan(world.ben, event_id, Rice=8)
    return event_id


def test_a_crate_that_is_scanned_counts_for_what_is_still_wanted_of_it(world: World) -> None:
    event_id = in_crates(world)
    before = entry_count(world.ben)
    found = pick(world.ben, event_id, crate_code=OTHER.lower()).answer
    assert [(one.item, one.quantity) for one in found.lines] == [("Rice", 6)]
    assert told(listed(world, event_id)) == [(CODE, "Rice", 2, False), (OTHER, "Rice", 6, True)]
    assert [one.quantity for one in pick(world.ben, event_id, crate_code=CODE).answer.lines] == [2]
    assert all(row.is_picked for row in listed(world, event_id))
    assert entry_count(world.ben) == before
    with pytest.raises(NotOnTheList, match=CODE):
        pick(world.ben, event_id, crate_code=CODE)


def test_a_repeat_picks_once(world: World) -> None:
    event_id = in_crates(world)
    command = PickGoods(command_id=uuid4(), event_id=event_id, lines=line("Rice", 3))
    first = pick_goods(command, world.ben, clock)
    again = pick_goods(command, world.ben, clock)
    assert again.repeated
    assert again.answer == first.answer
    assert sum(picks_at(world.session, world.north.id, event_id).values()) == 3


def test_what_is_fetched_for_one_event_is_on_no_other_list(world: World) -> None:
    first = in_crates(world)
    second = an_event(world.ben, "Sunday")
    plan(world.ben, second, Rice=2)
    assert told(listed(world, second)) == [(CODE, "Rice", 2, False)]
    pick(world.ben, first, lines=line("Rice", 4, CODE))
    assert told(listed(world, second)) == [(OTHER, "Rice", 2, False)]
    pick(world.ben, second, crate_code=OTHER)
    with pytest.raises(NotHereToPick, match=r"quantity=4.*Rice.*quantity=5"):
        pick(world.ben, an_event(world.ben, "Third"), lines=line("Rice", 5))
    call_off(world.ben, second)
    assert told(listed(world, first))[-1] == (OTHER, "Rice", 4, False)


def test_what_was_fetched_goes_out_first_at_the_event(world: World) -> None:
    event_id = in_crates(world)
    pick(world.ben, event_id, lines=line("Rice", 5, OTHER))
    moved = moves_of(hand_out(world.ben, event_id, 6).entry_id)
    assert sorted((source, quantity) for source, _target, quantity in moved) == [
        (CODE, 1),
        (OTHER, 5),
    ]
    assert told(listed(world, event_id)) == [(CODE, "Rice", 2, False)]
    row = standing(world, event_id, "Rice")
    assert (row.planned, row.promised, row.picked, row.out, row.short) == (8, 2, 5, 6, 0)


def test_what_was_taken_instead_is_set_aside_in_its_place(world: World) -> None:
    receive(world.ada, 10, "Peas")
    receive(world.ada, 10, "Beans")
    event_id = an_event(world.ben)
    plan(world.ben, event_id, Peas=8)
    pick(world.ben, event_id, lines=line("Beans", 3), instead_of="Peas")
    assert told(listed(world, event_id)) == [
        ("Arrivals", "Beans", 3, True),
        ("Arrivals", "Peas", 5, False),
    ]
    assert listed(world, event_id)[0].instead_of == "Peas"
    assert (figures(world, "Peas").promised, figures(world, "Beans").promised) == (5, 3)
    row = standing(world, event_id, "Peas")
    assert (row.planned, row.promised, row.picked, row.instead, row.short) == (
        8, 5, 0, (("Beans", 3),), 0,
    )  # fmt: skip
    assert stands(plan(world.ben, event_id, Peas=8)) == {"Peas": (8, 5, 0)}
    hand_out(world.ben, event_id, 3, "Beans")
    assert figures(world, "Beans").promised == 0


def test_instead_is_counted_the_same_way_or_the_plan_is_changed(world: World) -> None:
    receive(world.ada, 10, "Peas")
    receive(world.ada, 5000, "Carrots", unit="gram")
    event_id = an_event(world.ben)
    plan(world.ben, event_id, Peas=8)
    with pytest.raises(OtherUnit, match=r"Carrots.*Peas"):
        pick(world.ben, event_id, lines=line("Carrots", 500), instead_of="Peas")


def test_a_crate_can_be_taken_instead(world: World) -> None:
    put_crate(world.ada, CODE, at="Arrivals")
    receive(world.ada, 6, "Beans", crate_code=CODE)
    receive(world.ada, 10, "Peas")
    event_id = an_event(world.ben)
    plan(world.ben, event_id, Peas=4)
    with pytest.raises(NotOnTheList):
        pick(world.ben, event_id, crate_code=CODE)
    found = pick(world.ben, event_id, crate_code=CODE, instead_of="Peas").answer
    assert [(one.item, one.quantity) for one in found.lines] == [("Beans", 4)]
    assert found.instead_of == "Peas"


def test_what_must_stay_is_not_picked(world: World) -> None:
    receive(world.ada, 5, "Ham", date="2026-11-20", date_kind="use_by")
    receive(world.ada, 5, "Rice", date="2026-10-01")
    receive(world.ada, 5, "Peas", location="On hold")
    event_id = an_event(world.ben)
    for item, error in (("Ham", PastUseBy), ("Rice", PastForPicking), ("Peas", OnHold)):
        with pytest.raises(error, match=item):
            pick(world.ben, event_id, lines=line(item, 1))
    late = an_event(world.ben, "Next week", days=6)
    receive(world.ada, 5, "Milk", date="2026-11-25", date_kind="use_by")
    with pytest.raises(PastUseBy, match="Milk"):
        pick(world.ben, late, lines=line("Milk", 1))


def test_a_tick_is_refused_for_what_must_stay(world: World) -> None:
    event_id = in_crates(world)
    row = listed(world, event_id)[0].held
    hold = PlaceHold(command_id=uuid4(), reason="Glass", by=HeldBy(crate_code=CODE))
    place_hold(hold, world.ada, clock)
    tick = TickPick(
        command_id=uuid4(),
        event_id=event_id,
        location_id=row.location_id,
        lot_id=row.lot_id,
        quantity=4,
    )
    with pytest.raises(OnHold):
        tick_pick(tick, world.ben, clock)


def test_what_is_held_after_it_was_fetched_goes_back_and_others_are_fetched(world: World) -> None:
    event_id = in_crates(world)
    pick(world.ben, event_id, crate_code=CODE)
    hold = PlaceHold(command_id=uuid4(), reason="Glass", by=HeldBy(crate_code=CODE))
    place_hold(hold, world.ada, clock)
    rows = listed(world, event_id)
    assert [(row.held.crates[0], row.quantity, row.must_go_back) for row in rows] == [
        (CODE, 4, True),
        (OTHER, 6, False),
    ]
    (short,) = pick_list(world.session, world.north.id, event_id, TODAY).missing
    assert short.quantity == 2


def test_a_tick_taken_out_puts_back_all_of_it(world: World) -> None:
    event_id = in_crates(world)
    pick(world.ben, event_id, crate_code=CODE)
    row = listed(world, event_id)[0].held
    back = TickPick(
        command_id=uuid4(),
        event_id=event_id,
        location_id=row.location_id,
        lot_id=row.lot_id,
        quantity=4,
        picked=False,
    )
    tick_pick(back, world.ben, clock)
    assert picks_at(world.session, world.north.id, event_id) == {}


def test_places_are_walked_in_their_order(world: World) -> None:
    for name, position in (("Aisle 1", 2), ("Cold room", 1), ("Zone", None)):
        save_place(
            SavePlace(command_id=uuid4(), name=name, walk_position=position), world.ada, clock
        )
        receive(world.ada, 2, f"Rice of {name}", location=name)
    event_id = an_event(world.ada)
    plan(world.ada, event_id, **{f"Rice of {name}": 1 for name in ("Zone", "Aisle 1", "Cold room")})
    assert [row.place for row in listed(world, event_id)] == ["Cold room", "Aisle 1", "Zone"]


def test_what_could_stand_in_is_of_its_kind_and_free(world: World) -> None:
    put_place(world.ada, "Shelf 2")
    for item, quantity in (("Peas", 2), ("Beans", 9), ("Lentils", 30), ("Figs", 4)):
        category = "Other" if item != "Figs" else "Bread"
        receive(world.ada, quantity, item, category=category)
    plan(world.ada, an_event(world.ada, "Sunday"), Lentils=28)
    peas = item_id("Peas")
    found = stand_ins(world.session, world.north.id, [peas], TODAY)
    assert [(one.item, one.free) for one in found[peas]] == [("Beans", 9), ("Lentils", 2)]
    assert stand_ins(world.session, world.south.id, [peas], TODAY) == {}


def test_what_cannot_be_picked_for_is_refused(world: World) -> None:
    event_id = in_crates(world)
    for said, error in (
        ({}, Invalid),
        ({"crate_code": CODE, "lines": line("Rice", 1)}, Invalid),
        ({"lines": line("Rice", 0)}, Invalid),
        ({"lines": line("Moonstones", 1)}, UnknownItem),
    ):
        with pytest.raises(error):
            pick(world.ben, event_id, **said)
    with pytest.raises(NotFound):
        pick(world.cleo, event_id, lines=line("Rice", 1))
    gone = an_event(world.ben, "Off")
    call_off(world.ben, gone)
    with pytest.raises(Invalid):
        pick(world.ben, gone, lines=line("Rice", 1))
    close(world.ben, event_id)
    with pytest.raises(EventState):
        pick(world.ben, event_id, lines=line("Rice", 1))


def test_the_database_keeps_picks_as_they_were_made(world: World) -> None:
    event_id = in_crates(world)
    pick(world.ben, event_id, crate_code=CODE)
    for statement in ("UPDATE pick SET quantity = 1", "DELETE FROM pick"):
        with pytest.raises(DBAPIError):
            world.session.execute(text(statement))
        world.session.rollback()
