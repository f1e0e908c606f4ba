"""A parcel at the table: what was fetched goes first, one entry with the household, once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from depot.base.actors import Actor
from depot.base.errors import Invalid, NotFound, OnHold
from depot.distribution.commands.picks import PickGoods, PickLine, pick_goods
from depot.distribution.queries.events import people_at
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.kernel.once import Outcome
from depot.production.commands.parcel_handouts import (
    ChosenItem,
    HandedParcel,
    HandOutParcel,
    hand_out_parcel,
)
from depot.production.commands.parcel_plans import PlanParcels, plan_parcels
from depot.production.commands.parcels import (
    InsteadSaid,
    ParcelLineSaid,
    PerSaid,
    SaveParcel,
    save_parcel,
)
from depot.production.errors import NotOfTheLine, NoVariant
from depot.production.multiplied import HouseholdsSaid, ParcelSaid
from depot.safety.commands.holds import HeldBy, PlaceHold, place_hold
from tests.builders import World, clock, on_hand, receive
from tests.commands.distribution.promising import an_event, item_id
from tests.commands.shelves import entry_count, moves_of, put_place
from tests.current import db

LINES = (
    ParcelLineSaid(item="Rice", per=PerSaid(household=1, adult=1)),
    ParcelLineSaid(
        item="Tuna",
        per=PerSaid(adult=1, child=1),
        swaps=("Sardines",),
        instead=(InsteadSaid(diet="vegan", item="Chickpeas"),),
    ),
    ParcelLineSaid(choices=("Tea", "Coffee"), per=PerSaid(household=1)),
)


@pytest.fixture
def table(world: World) -> int:
    """Goods for parcels, and a hand-out planned for two households of three."""
    put_place(world.ada, "Table")
    for quantity, item in (
        (30, "Rice"),
        (10, "Tuna"),
        (9, "Sardines"),
        (9, "Chickpeas"),
        (9, "Tea"),
        (4, "Coffee"),
    ):
        receive(world.ada, quantity, item)
    save(world.ada)
    event_id = an_event(world.ben)
    grid = (HouseholdsSaid(count=2, adults=2, children=1),)
    asked = (ParcelSaid(parcel="Bag", households=grid),)
    plan_parcels(
        PlanParcels(command_id=uuid4(), event_id=event_id, parcels=asked), world.ben, clock
    )
    return event_id


def save(actor: Actor, *lines: ParcelLineSaid) -> int:
    said = SaveParcel(command_id=uuid4(), name="Bag", lines=lines or LINES)
    return save_parcel(said, actor, clock).answer.id


def hand(actor: Actor, event_id: int, **said: Any) -> Outcome[HandedParcel]:
    given: dict[str, Any] = {"parcel": "bag", "adults": 2, "children": 1} | said
    command = HandOutParcel(command_id=uuid4(), event_id=event_id, **given)
    return hand_out_parcel(command, actor, clock)


def told(outcome: Outcome[HandedParcel]) -> dict[str, int]:
    return {line.item: line.quantity for line in outcome.answer.lines}


def test_a_parcel_goes_out_and_its_household_is_counted(world: World, table: int) -> None:
    done = hand(world.ben, table)
    assert told(done) == {"Rice": 3, "Tuna": 3, "Tea": 1}
    assert done.answer.households == 1
    people = people_at(db.session(), world.ben.depot_id, table)
    assert (people.households, people.adults, people.children, people.seniors) == (1, 2, 1, None)
    assert on_hand(world.ben, "Rice") == 27
    more = hand(world.ben, table, households=2, counts=False)
    assert told(more) == {"Rice": 6, "Tuna": 6, "Tea": 2}
    assert people_at(db.session(), world.ben.depot_id, table).households == 1


def test_a_repeat_hands_out_once_and_an_undo_takes_all_of_it_back(world: World, table: int) -> None:
    command = HandOutParcel(command_id=uuid4(), event_id=table, parcel="Bag", adults=2, children=1)
    first = hand_out_parcel(command, world.ben, clock)
    before = entry_count(world.ben)
    again = hand_out_parcel(command, world.ben, clock)
    assert again.repeated
    assert again.answer == first.answer
    assert entry_count(world.ben) == before
    reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=first.entry_id or 0), world.ben, clock)
    assert on_hand(world.ben, "Rice") == 30
    assert not people_at(db.session(), world.ben.depot_id, table).counts


def test_what_was_fetched_goes_first_and_what_was_fetched_instead(world: World, table: int) -> None:
    receive(world.ada, 5, "Rice", location="Table")  # goes last by its date: it has none
    for line, instead in (
        (PickLine(item="Rice", quantity=5, location="Table"), None),
        (PickLine(item="Sardines", quantity=2), "Tuna"),
        (PickLine(item="Coffee", quantity=2), None),
    ):
        said = PickGoods(command_id=uuid4(), event_id=table, lines=(line,), instead_of=instead)
        pick_goods(said, world.ben, clock)
    done = hand(world.ben, table)
    assert told(done) == {"Rice": 3, "Sardines": 2, "Tuna": 1, "Coffee": 1}
    assert [move[0] for move in moves_of(done.entry_id) if move[2] == 3] == ["Table"]
    rest = hand(world.ben, table)
    assert told(rest) == {"Rice": 3, "Tuna": 3, "Coffee": 1}


def test_what_a_household_chose_goes_out_and_nothing_else_can_be_chosen(
    world: World, table: int
) -> None:
    coffee, rice = item_id("Coffee"), item_id("Rice")
    done = hand(world.ben, table, choices=(ChosenItem(line=3, item_id=coffee),))
    assert told(done) == {"Rice": 3, "Tuna": 3, "Coffee": 1}
    for line, item in ((3, rice), (9, coffee)):
        with pytest.raises(NotOfTheLine):
            hand(world.ben, table, choices=(ChosenItem(line=line, item_id=item),))


def test_a_variant_has_its_own_goods_and_no_stand_in(world: World, table: int) -> None:
    assert told(hand(world.ben, table, diet="Vegan")) == {"Rice": 3, "Chickpeas": 3, "Tea": 1}
    with pytest.raises(NoVariant):
        hand(world.ben, table, diet="halal")


def test_what_the_book_does_not_have_went_out_and_is_looked_at(world: World, table: int) -> None:
    done = hand(world.ben, table, households=9)
    assert told(done) == {"Rice": 27, "Tuna": 18, "Sardines": 9, "Tea": 9}
    assert {one.kind for one in done.answer.discrepancies} >= {"short_stock"}


def test_a_parcel_is_of_the_version_that_was_planned(world: World, table: int) -> None:
    other = an_event(world.ben, "Sunday")
    version = ParcelLineSaid(item="Rice", per=PerSaid(household=7))
    save(world.ada, version)
    assert told(hand(world.ben, table)) == {"Rice": 3, "Tuna": 3, "Tea": 1}
    assert told(hand(world.ben, other)) == {"Rice": 7}


def test_held_goods_stay_and_strangers_hand_out_nothing(world: World, table: int) -> None:
    place_hold(
        PlaceHold(command_id=uuid4(), by=HeldBy(item="Rice"), reason="Stones in it"),
        world.ben,
        clock,
    )
    with pytest.raises(OnHold):
        hand(world.ben, table)
    for actor in (world.cleo, replace(world.ben, role="volunteer", depot=world.cleo.depot)):
        with pytest.raises(NotFound):
            hand(actor, table)
    with pytest.raises(NotFound):
        hand(world.ben, table, parcel="Crate")
    for wrong in ({"households": 0}, {"households": 101}, {"adults": 0, "children": 0}):
        with pytest.raises(Invalid):
            hand(world.ben, table, **wrong)
