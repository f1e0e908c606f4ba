"""Parcels: versions stay, lines that cannot be are refused, needs are of what is free."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from depot.base.actors import Actor
from depot.base.errors import (
    CommandIdReused,
    EventState,
    Forbidden,
    Invalid,
    NameTaken,
    NotFound,
    UnknownCategory,
    UnknownItem,
)
from depot.distribution.commands.events import CloseEvent, PlanEvent, close_event, plan_event
from depot.distribution.plan_lines import SavedPlan
from depot.distribution.queries.event_plans import planned_lines
from depot.kernel.once import Outcome
from depot.models import Category, Item, ParcelAmount, ParcelItem, ParcelLine
from depot.production.commands.parcel_plans import PlanParcels, plan_parcels
from depot.production.commands.parcels import (
    ChangeParcel,
    InsteadSaid,
    ParcelLineSaid,
    PerSaid,
    SavedParcel,
    SaveParcel,
    change_parcel,
    save_parcel,
)
from depot.production.errors import EmptyCategory, NoVariant, OtherUnit
from depot.production.multiplied import HouseholdsSaid, Multiplied, ParcelSaid, multiply_out
from depot.production.queries.parcels import (
    find_parcel,
    last_event_of,
    listed_parcels,
    parcel_foods,
    parcel_versions,
    parcels_of_event,
    unsuitable,
)
from depot.production.supply import When
from tests.builders import NOW, World, clock, receive
from tests.current import db

TODAY = NOW.date()
RICE = ParcelLineSaid(item="Rice", per=PerSaid(household=1, adult=1))
TUNA = ParcelLineSaid(
    item="Tuna",
    per=PerSaid(adult=1, child=1),
    swaps=("Sardines",),
    instead=(InsteadSaid(diet="vegan", item="Chickpeas"),),
)


@pytest.fixture
def pantry(world: World) -> World:
    """A depot with tins, some of them past their day."""
    receive(world.ada, 40, "Rice")
    receive(world.ada, 5, "Tuna")
    receive(world.ada, 9, "Sardines")
    receive(world.ada, 30, "Chickpeas")
    receive(world.cleo, 40, "Rice")
    return world


def save(actor: Actor, *lines: ParcelLineSaid, **more: Any) -> Outcome[SavedParcel]:
    said: dict[str, Any] = {
        "command_id": uuid4(),
        "name": "Standard",
        "lines": lines or (RICE, TUNA),
    } | more
    return save_parcel(SaveParcel(**said), actor, clock)


def needs(actor: Actor, *households: HouseholdsSaid, on: date = TODAY) -> Multiplied:
    asked = (ParcelSaid(parcel="standard", households=households),)
    return multiply_out(db.session(), actor.depot_id, asked, When(on, TODAY))


def taken(found: Multiplied) -> dict[str, tuple[int, int, int]]:
    return {one.item: (one.planned, one.free, one.short) for one in found.items}


def test_an_edit_is_a_version_and_the_same_lines_are_none(pantry: World) -> None:
    first = save(pantry.ada).answer
    assert save(pantry.ada).answer.version == 1
    more = ParcelLineSaid(item="Rice", per=PerSaid(household=2))
    assert save(pantry.ada, more).answer.version == 2
    change = ChangeParcel(command_id=uuid4(), parcel_id=first.id, name="Weekend")
    assert change_parcel(change, pantry.ada, clock).answer.version == 2
    other = ChangeParcel(command_id=uuid4(), parcel_id=first.id, lines=(RICE,), archived=True)
    assert change_parcel(other, pantry.ada, clock).answer.version == 3
    row = find_parcel(db.session(), pantry.ada.depot_id, first.id)
    assert row is not None
    assert (row.name, row.archived, row.version) == ("Weekend", True, 3)
    versions = parcel_versions(db.session(), pantry.ada.depot_id, first.id)
    assert [[line.items[0].name for line in one.lines] for one in versions] == [
        ["Rice"],
        ["Rice"],
        ["Rice", "Tuna"],
    ]


def test_a_version_cannot_be_written_over(pantry: World) -> None:
    save(pantry.ada)
    for table in (ParcelLine, ParcelAmount, ParcelItem):
        with pytest.raises(DatabaseError, match="parcel"):
            db.session.execute(update(table).values(depot_id=table.depot_id))
        db.session.rollback()


def test_a_repeated_command_saves_once(pantry: World) -> None:
    number = uuid4()
    first, again = save(pantry.ada, command_id=number), save(pantry.ada, command_id=number)
    assert (again.repeated, again.answer) == (True, first.answer)
    with pytest.raises(CommandIdReused):
        save(pantry.ada, RICE, command_id=number)


def test_only_a_coordinator_of_the_depot_writes_a_parcel(pantry: World) -> None:
    parcel_id = save(pantry.ada).answer.id
    with pytest.raises(Forbidden):
        save(pantry.ben)
    change = ChangeParcel(command_id=uuid4(), parcel_id=parcel_id, name="Mine")
    with pytest.raises(Forbidden):
        change_parcel(change, pantry.ben, clock)
    with pytest.raises(NotFound):
        change_parcel(change, pantry.cleo, clock)
    with pytest.raises(NotFound):
        save(pantry.cleo, RICE, parcel_id=parcel_id)
    assert listed_parcels(db.session(), pantry.cleo.depot_id) == []
    assert find_parcel(db.session(), pantry.cleo.depot_id, parcel_id) is None
    save(pantry.cleo, RICE, name="Other")
    foreign = ParcelLineSaid(item=_item("Tuna"), per=PerSaid(adult=1))
    with pytest.raises(UnknownItem):
        save(pantry.cleo, foreign)
    with pytest.raises(NotFound):
        needs(pantry.cleo, HouseholdsSaid(count=1, adults=1))


def _item(name: str) -> int:
    found = db.session.scalars(select(Item.id).where(Item.name == name).order_by(Item.id)).first()
    assert found is not None
    return found


ONE, VEGAN = PerSaid(household=1), InsteadSaid(diet="vegan")


WRONG_LINES = (
    (ParcelLineSaid(per=ONE), "lines"),
    (ParcelLineSaid(item="Rice", choices=("Tuna",), per=ONE), "lines"),
    (ParcelLineSaid(item="Rice", per=PerSaid()), "lines"),
    (ParcelLineSaid(item="Rice", per=PerSaid(household=-1, adult=2)), "lines"),
    (ParcelLineSaid(item="Rice", per=PerSaid(household=10**13)), "lines"),
    (ParcelLineSaid(item="Rice", per=PerSaid(sizes=(1,))), "sizes"),
    (ParcelLineSaid(item="Rice", swaps=("Rice",), per=ONE), "lines"),
    (ParcelLineSaid(choices=("Rice", "Rice"), per=ONE), "lines"),
    (ParcelLineSaid(item="Rice", instead=(InsteadSaid(diet=" "),), per=ONE), "lines"),
    (ParcelLineSaid(item="Rice", instead=(VEGAN, VEGAN), per=ONE), "lines"),
)


def test_a_line_that_cannot_be_is_refused(pantry: World) -> None:
    for line, field in WRONG_LINES:
        with pytest.raises(Invalid) as refused:
            save(pantry.ada, line)
        assert refused.value.field == field, line


def test_what_stands_in_is_counted_alike_and_known(pantry: World) -> None:
    receive(pantry.ada, 5000, "Flour", unit="gram")
    with pytest.raises(OtherUnit):
        save(pantry.ada, ParcelLineSaid(item="Rice", swaps=("Flour",), per=ONE))
    with pytest.raises(UnknownItem):
        save(pantry.ada, ParcelLineSaid(item="Rice", swaps=("Moon dust",), per=ONE))
    with pytest.raises(UnknownCategory):
        save(pantry.ada, ParcelLineSaid(category="Moon", per=ONE))
    with pytest.raises(Invalid):
        save(pantry.ada, *[RICE] * 61)
    save(pantry.ada, name="One")
    two = save(pantry.ada, name="Two").answer.id
    with pytest.raises(NameTaken):
        save(pantry.ada, name="One", parcel_id=two)


def test_a_grid_is_multiplied_out_over_what_is_free(pantry: World) -> None:
    save(pantry.ada)
    found = needs(
        pantry.ada,
        HouseholdsSaid(count=4, adults=2, children=1),
        HouseholdsSaid(count=3, adults=1, diet="Vegan"),
    )
    assert (found.households, found.people) == (7, (11, 4))
    assert taken(found) == {
        "Rice": (18, 40, 0),
        "Tuna": (5, 5, 0),
        "Sardines": (7, 9, 0),
        "Chickpeas": (3, 30, 0),
    }
    assert [line.need.quantity for line in found.lines] == [18, 12, 3]


def test_goods_past_their_day_are_not_free(pantry: World) -> None:
    receive(pantry.ada, 50, "Tuna", date="2026-11-25", date_kind="use_by")
    save(pantry.ada)
    found = needs(pantry.ada, HouseholdsSaid(count=10, adults=2), on=date(2026, 11, 26))
    assert taken(found)["Tuna"] == (11, 5, 6)


def test_anything_of_a_category_goes_earliest_date_first(pantry: World) -> None:
    receive(pantry.ada, 6, "Lentils", date="2027-01-05", date_kind="best_before")
    receive(pantry.ada, 6, "Beans", date="2027-01-04", date_kind="best_before")
    category = db.session.scalars(
        select(Category.name)
        .join(Item, Item.category_id == Category.id)
        .where(Item.name == "Beans", Item.depot_id == pantry.ada.depot_id)
    ).one()
    save(pantry.ada, ParcelLineSaid(category=category, per=PerSaid(household=1)))
    found = needs(pantry.ada, HouseholdsSaid(count=8, adults=1))
    assert [one.item for one in found.items][:2] == ["Beans", "Lentils"]
    litres = ParcelLineSaid(category=category, unit="millilitre", per=PerSaid(household=1))
    save(pantry.ada, litres)
    with pytest.raises(EmptyCategory):
        needs(pantry.ada, HouseholdsSaid(count=8, adults=1))


def test_a_parcel_of_sizes_goes_by_their_names(pantry: World) -> None:
    line = ParcelLineSaid(item="Rice", per=PerSaid(sizes=(1, 3)))
    save(pantry.ada, line, sizes=("Small", "Large"))
    found = needs(
        pantry.ada,
        HouseholdsSaid(count=5, size="small"),
        HouseholdsSaid(count=2, size=2),
    )
    assert taken(found) == {"Rice": (11, 40, 0)}
    with pytest.raises(NotFound):
        needs(pantry.ada, HouseholdsSaid(count=5, size="Huge"))
    with pytest.raises(Invalid):
        needs(pantry.ada, HouseholdsSaid(count=5, adults=2))
    for sizes in (("Small",), ("Small", "small"), ("Small", " "), tuple("abcdefghijklm")):
        with pytest.raises(Invalid):
            save(pantry.ada, line, sizes=sizes)
    change = ChangeParcel(command_id=uuid4(), parcel_id=1, sizes=("One",))
    with pytest.raises(Invalid):
        change_parcel(change, pantry.ada, clock)


WRONG_HOUSEHOLDS = (
    (HouseholdsSaid(count=0, adults=1), Invalid),
    (HouseholdsSaid(count=-4, adults=1), Invalid),
    (HouseholdsSaid(count=1), Invalid),
    (HouseholdsSaid(count=1, adults=-1, children=3), Invalid),
    (HouseholdsSaid(count=1, adults=51), Invalid),
    (HouseholdsSaid(count=1, adults=1, size=1), Invalid),
    (HouseholdsSaid(count=1, adults=1, diet="halal"), NoVariant),
)


def test_households_that_cannot_be_are_refused(pantry: World) -> None:
    save(pantry.ada)
    for said, refusal in WRONG_HOUSEHOLDS:
        with pytest.raises(refusal):
            needs(pantry.ada, said)


def test_what_nobody_said_suits_a_diet_is_named_in_its_variant(pantry: World) -> None:
    save(pantry.ada)
    row = listed_parcels(db.session(), pantry.ada.depot_id)[0]
    foods = parcel_foods(db.session(), pantry.ada.depot_id, row)
    assert [one.name for one in unsuitable(row, "vegan", foods)] == ["Rice", "Chickpeas"]
    db.session.execute(update(Item).where(Item.name == "Rice").values(diets="vegan"))
    foods = parcel_foods(db.session(), pantry.ada.depot_id, row)
    assert [one.name for one in unsuitable(row, "vegan", foods)] == ["Chickpeas"]
    db.session.rollback()


def event(actor: Actor, days: int = 2) -> int:
    starts_at = NOW + timedelta(days=days)
    command = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=starts_at)
    return plan_event(command, actor, clock).answer.id


def plan(
    actor: Actor, event_id: int, *households: HouseholdsSaid, **more: Any
) -> Outcome[SavedPlan]:
    said: dict[str, Any] = {"command_id": uuid4(), "event_id": event_id} | more
    asked = (ParcelSaid(parcel="Standard", households=households),)
    return plan_parcels(PlanParcels(parcels=asked, **said), actor, clock)


def test_a_grid_becomes_the_plan_and_no_later_edit_changes_it(pantry: World) -> None:
    save(pantry.ada)
    saturday, number = event(pantry.ada), uuid4()
    grid = (HouseholdsSaid(count=4, adults=2), HouseholdsSaid(count=2, adults=1, diet="vegan"))
    first = plan(pantry.ben, saturday, *grid, command_id=number)
    assert {one.item: (one.planned, one.promised, one.short) for one in first.answer.lines} == {
        "Rice": (16, 16, 0),
        "Tuna": (5, 5, 0),
        "Sardines": (3, 3, 0),
        "Chickpeas": (2, 2, 0),
    }
    save(pantry.ada, RICE)
    again = plan(pantry.ben, saturday, *grid, command_id=number)
    assert (again.repeated, again.answer) == (True, first.answer)
    planned = planned_lines(db.session(), pantry.ada.depot_id, saturday)
    assert [(one.item, one.quantity) for one in planned] == [
        ("Chickpeas", 2),
        ("Rice", 16),
        ("Sardines", 3),
        ("Tuna", 5),
    ]
    (kept,) = parcels_of_event(db.session(), pantry.ada.depot_id, saturday)
    assert kept.households == grid
    assert last_event_of(db.session(), pantry.ada.depot_id, int(kept.parcel)) == saturday
    assert parcels_of_event(db.session(), pantry.cleo.depot_id, saturday) == ()


def test_what_another_event_was_promised_is_not_free(pantry: World) -> None:
    save(pantry.ada)
    first, second = event(pantry.ada), event(pantry.ada, days=3)
    plan(pantry.ada, first, HouseholdsSaid(count=4, adults=1))
    lines = plan(pantry.ada, second, HouseholdsSaid(count=4, adults=1)).answer.lines
    assert {one.item: one.planned for one in lines} == {"Rice": 8, "Tuna": 1, "Sardines": 3}
    assert not any(one.short for one in lines)
    same = plan(pantry.ada, first, HouseholdsSaid(count=4, adults=1)).answer.lines
    assert {one.item: one.planned for one in same} == {"Rice": 8, "Tuna": 4}


def test_who_may_not_plan_an_event_by_parcels_does_not(pantry: World) -> None:
    save(pantry.ada)
    saturday = event(pantry.ada)
    with pytest.raises(NotFound):
        plan(pantry.cleo, saturday, HouseholdsSaid(count=1, adults=1))
    with pytest.raises(Invalid):
        plan(pantry.ada, saturday)
    close_event(CloseEvent(command_id=uuid4(), event_id=saturday), pantry.ada, clock)
    with pytest.raises(EventState):
        plan(pantry.ada, saturday, HouseholdsSaid(count=1, adults=1))
