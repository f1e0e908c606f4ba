"""The first steps are ticked off by facts, and put away for good."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from uuid import uuid4

import pytest

from depot.base.actors import Actor
from depot.base.errors import Forbidden
from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.first_steps.commands import PutAway, put_away
from depot.first_steps.queries import NEW_FOR, FirstWeek, first_minutes, first_week
from depot.joining.commands.coming import Come, come
from depot.leaving.forgetting import GONE
from depot.locations.commands import SavePlace, save_place
from depot.models import PutAwaySteps
from depot.models.first_steps import StepsName
from tests.builders import World, clock, receive
from tests.commands.joining.test_joining import hang_up, join
from tests.current import db


def done_of(found: FirstWeek | None) -> set[str]:
    assert found
    return {field.name for field in fields(found) if getattr(found, field.name)}


def put(by: Actor, name: StepsName) -> None:
    put_away(PutAway(command_id=uuid4(), name=name), by, clock)


def test_the_first_week_begins_with_the_first_entry_and_is_ticked_off_by_facts(
    world: World,
) -> None:
    assert first_week(db.session(), world.ada) is None
    receive(world.ben, 3, "Rice")
    before = done_of(first_week(db.session(), world.ada))
    assert {"labels", "hand_out", "report", "spreadsheet", "settings"} & before == set()
    assert "people" in before  # Ben is there
    save_place(SavePlace(command_id=uuid4(), name="A new shelf"), world.ada)
    create_crates(CreateCrates(command_id=uuid4(), count=1), world.ada)
    plan_event(PlanEvent(command_id=uuid4(), name="Saturday", starts_at=clock()), world.ada)
    after = done_of(first_week(db.session(), world.ada))
    assert after >= before | {"places", "labels", "hand_out"}
    assert not after & {"report", "settings"}


def test_the_first_week_is_coordinators_and_of_their_own_depot(world: World) -> None:
    receive(world.ben, 3, "Rice")
    assert first_week(db.session(), world.ben) is None
    assert first_week(db.session(), world.cleo) is None  # nothing came in there
    for who in (world.ben, replace(world.ada, person_id=None)):
        with pytest.raises(Forbidden):
            put(who, "first_week")
    receive(world.cleo, 1, "Peas")
    put(world.cleo, "first_week")
    assert first_week(db.session(), world.ada)
    put(world.ada, "first_week")
    put(world.ada, "first_week")
    assert first_week(db.session(), world.ada) is None
    rows = db.session().query(PutAwaySteps).filter_by(depot_id=world.north.id).all()
    assert [(row.name, row.person_id) for row in rows] == [("first_week", None)]


def test_first_minutes_are_of_who_is_new_and_put_away_for_them_alone(world: World) -> None:
    now = clock()
    joined = join(world, hang_up(world.ada)[1], "Ana")
    ana = Actor(world.north, "helper", "Ana", person_id=joined.person_id)
    assert first_minutes(db.session(), world.ada, now) is None
    for who in (world.ben, ana):
        found = first_minutes(db.session(), who, now)
        assert found
        assert (found.here or who is ana, found.scanned, found.donation) == (
            who is ana,
            False,
            False,
        )
    receive(ana, 3, "Rice")
    come(Come(command_id=uuid4()), world.ben)
    told, other = (first_minutes(db.session(), who, now) for who in (ana, world.ben))
    assert told
    assert other
    assert (told.donation, other.donation, other.here) == (True, False, True)
    put(ana, "first_minutes")
    assert first_minutes(db.session(), ana, now) is None
    assert first_minutes(db.session(), world.ben, now)
    assert first_minutes(db.session(), world.ben, now + NEW_FOR + timedelta(days=400)) is None


def test_who_leaves_takes_it_along() -> None:
    assert PutAwaySteps in GONE
