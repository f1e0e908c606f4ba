"""A living rule: an edit changes the future, and nothing of what people were told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.distribution.series.repeating import RepeatRule
from depot.models import ActivityStep
from depot.rota.commands.regulars import (
    BecomeRegular,
    StopBeingRegular,
    become_regular,
    stop_being_regular,
)
from depot.rota.commands.routines import (
    ChangeRoutine,
    EndRoutine,
    RoutineFacts,
    StartRoutine,
    change_routine,
    end_routine,
    start_routine,
)
from depot.rota.commands.singles import ActivityFacts, ChangeActivity, change_activity
from depot.rota.errors import RegularsFull
from depot.rota.naming import name_of_day
from depot.rota.queries.week import mine, short_of_people, week
from tests.builders import NOW, World, make_person
from tests.commands.rota.acts import (
    TODAY,
    TUESDAY,
    TUESDAYS,
    come_each_time,
    give,
    look,
    said_of,
    seek,
    single,
    take,
    tuesdays,
)
from tests.current import db
from tests.statements import count_statements

NEXT = TUESDAY + timedelta(days=7)


def change(by: Actor, routine_id: int, facts: RoutineFacts, since: date) -> None:
    command = ChangeRoutine(command_id=uuid4(), routine_id=routine_id, facts=facts, from_on=since)
    change_routine(command, by, lambda: NOW)


def on(world: World, first: date = TODAY) -> list[str]:
    """Return what is on in a week, a line each."""
    return [
        f"{day.day:%d} {row.name} {row.count}"
        for day in week(db.session(), world.north, first)
        for row in day.activities
    ]


def test_a_routine_is_on_without_a_row(world: World) -> None:
    tuesdays(world.ada)
    assert on(world) == ["24 Door 0"]
    assert on(world, TODAY + timedelta(days=70)) == ["02 Door 0"]
    assert [row for day in week(db.session(), world.south, TODAY) for row in day.activities] == []


def test_an_edited_rule_changes_days_to_come_and_none_that_was_touched(world: World) -> None:
    routine = tuesdays(world.ada)
    take(world.ben, name_of_day(routine, NEXT))
    change(world.ada, routine, replace(TUESDAYS, name="Side door", begins_minute=840), NEXT)
    assert on(world) == ["24 Door 0"]
    assert on(world, NEXT) == ["01 Door 1"]  # as Ben was told
    assert on(world, NEXT + timedelta(days=7)) == ["08 Side door 0"]
    fridays = replace(TUESDAYS, rule=RepeatRule("weekly", weekdays=(5,)))
    change(world.ada, routine, fridays, TODAY)
    assert on(world) == ["27 Door 0"]
    assert on(world, TODAY + timedelta(days=7)) == ["01 Door 1", "04 Door 0"]


def test_a_routine_that_ended_leaves_what_was_touched(world: World) -> None:
    routine = tuesdays(world.ada)
    take(world.ben, name_of_day(routine, NEXT))
    end_routine(
        EndRoutine(command_id=uuid4(), routine_id=routine, last_on=TUESDAY), world.ada, lambda: NOW
    )
    assert on(world) == ["24 Door 0"]
    assert on(world, NEXT) == ["01 Door 1"]
    assert on(world, NEXT + timedelta(days=7)) == []


def test_one_day_goes_its_own_way(world: World) -> None:
    routine = tuesdays(world.ada)
    moved = ActivityFacts(
        name="Door, moved",
        starts_at=NOW + timedelta(days=9),
        ends_at=NOW + timedelta(days=9, hours=1),
    )
    command = ChangeActivity(
        command_id=uuid4(), activity=name_of_day(routine, TUESDAY), facts=moved
    )
    change_activity(command, world.ben, lambda: NOW)
    assert on(world) == []
    assert on(world, TUESDAY) == ["30 Door, moved 0"]
    assert look(world, name_of_day(routine, TUESDAY)).name == "Door, moved"


def test_regulars_are_in_and_may_miss_one_day(world: World) -> None:
    routine = tuesdays(world.ada)
    come_each_time(world.ben, routine)
    come_each_time(world.ben, routine)
    day = name_of_day(routine, TUESDAY)
    assert said_of(look(world, day)) == ["Ben in"]
    assert look(world, day).id is None
    seek(world.ben, day)
    assert said_of(look(world, day)) == ["Ben seeking"]
    assert said_of(look(world, name_of_day(routine, NEXT))) == ["Ben in"]
    take(world.ada, name_of_day(routine, NEXT))
    assert said_of(look(world, name_of_day(routine, NEXT))) == ["Ada in", "Ben in"]


def test_a_place_is_kept_open_for_whoever_is_new(world: World) -> None:
    routine = tuesdays(world.ada, open_places=1)
    come_each_time(world.ben, routine)
    with pytest.raises(RegularsFull) as refused:
        come_each_time(world.ada, routine)
    assert (refused.value.params["count"], refused.value.params["open_places"]) == (1, 1)
    come_each_time(world.ada, routine, learning=True)  # beside Ben, and in nobody's place
    row = look(world, name_of_day(routine, TUESDAY))
    assert (row.count, row.free) == (1, 1)


def test_a_new_regular_comes_to_days_that_were_touched_and_have_a_place(world: World) -> None:
    routine = tuesdays(world.ada)
    dot = make_person("Dot", "volunteer", world.north)
    for who in (world.ben, dot):
        take(who, name_of_day(routine, TUESDAY))
    take(world.ben, name_of_day(routine, NEXT))
    give(world.ada, name_of_day(routine, NEXT + timedelta(days=7)))  # no part, and a row
    come_each_time(world.ada, routine)
    assert said_of(look(world, name_of_day(routine, TUESDAY))) == ["Ben in", "Dot in"]
    assert said_of(look(world, name_of_day(routine, NEXT))) == ["Ada in", "Ben in"]
    stop = StopBeingRegular(command_id=uuid4(), routine_id=routine, last_on=NEXT)
    stop_being_regular(stop, world.ada, lambda: NOW)
    assert said_of(look(world, name_of_day(routine, NEXT))) == ["Ada in", "Ben in"]
    assert said_of(look(world, name_of_day(routine, NEXT + timedelta(days=7)))) == []
    assert said_of(look(world, name_of_day(routine, NEXT + timedelta(days=14)))) == []


def test_who_may_be_a_regular_and_end_it(world: World) -> None:
    routine = tuesdays(world.ada)
    helper = Actor(world.north, "helper", "Ben", person_id=world.ben.person_id)
    with pytest.raises(Forbidden):
        come_each_time(helper, routine)
    with pytest.raises(NotFound):
        come_each_time(world.cleo, routine)
    with pytest.raises(Invalid):
        come_each_time(world.ben, routine, from_on=TODAY - timedelta(days=1))
    come_each_time(world.ben, routine)
    stop = StopBeingRegular(command_id=uuid4(), routine_id=routine, person_id=world.ada.person_id)
    with pytest.raises(Forbidden):
        stop_being_regular(stop, world.ben, lambda: NOW)
    theirs = StopBeingRegular(command_id=uuid4(), routine_id=routine, person_id=world.ben.person_id)
    stop_being_regular(theirs, world.ada, lambda: NOW)
    assert said_of(look(world, name_of_day(routine, TUESDAY))) == []
    too_late = replace(stop, command_id=uuid4(), last_on=TODAY - timedelta(days=2), person_id=None)
    with pytest.raises(Invalid):
        stop_being_regular(too_late, world.ben, lambda: NOW)
    program = BecomeRegular(command_id=uuid4(), routine_id=routine)
    with pytest.raises(Invalid):
        become_regular(program, Actor(world.north, "coordinator", "token"), lambda: NOW)


def test_a_touched_day_gets_the_steps_of_its_routine(world: World) -> None:
    routine = tuesdays(world.ada, steps=(" Unlock ", "", "Read the fridge"))
    taken = take(world.ben, name_of_day(routine, TUESDAY))
    steps = db.session.execute(
        select(ActivityStep.number, ActivityStep.text).where(
            ActivityStep.activity_id == taken.activity_id
        )
    ).all()
    assert [tuple(step) for step in steps] == [(1, "Unlock"), (2, "Read the fridge")]


def test_routines_are_for_coordinators_of_the_depot(world: World) -> None:
    routine = tuesdays(world.ada)
    with pytest.raises(Forbidden):
        tuesdays(world.ben)
    with pytest.raises(Forbidden):
        change(world.ben, routine, TUESDAYS, TODAY)
    with pytest.raises(NotFound):
        change(world.cleo, routine, TUESDAYS, TODAY)
    end = EndRoutine(command_id=uuid4(), routine_id=routine, last_on=TODAY)
    with pytest.raises(Forbidden):
        end_routine(end, world.ben)
    with pytest.raises(NotFound):
        end_routine(end, world.cleo, lambda: NOW)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("name", {"name": " "}),
        ("people_min", {"people_min": -1}),
        ("people_max", {"people_min": 3, "people_max": 2}),
        ("open_places", {"open_places": 3}),
        ("open_places", {"people_max": None, "open_places": 1}),
        ("begins", {"begins_minute": None}),
        ("begins", {"begins_minute": 1440}),
        ("ends", {"minutes": 0}),
        ("ends_on", {"ends_on": TODAY - timedelta(days=1)}),
        ("weekdays", {"rule": RepeatRule("weekly")}),
        ("steps", {"steps": ("Look",) * 51}),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    world: World, field: str, said: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refused:
        tuesdays(world.ada, **said)
    assert refused.value.field == field


def test_times_are_for_shifts_and_places_of_the_depot(world: World) -> None:
    with pytest.raises(Invalid):
        start_routine(
            StartRoutine(command_id=uuid4(), kind="task", facts=TUESDAYS, from_on=TODAY), world.ada
        )
    duty = replace(TUESDAYS, begins_minute=None, minutes=None, days=400)
    with pytest.raises(Invalid):
        start_routine(
            StartRoutine(command_id=uuid4(), kind="duty", facts=duty, from_on=TODAY),
            world.ada,
            lambda: NOW,
        )
    with pytest.raises(NotFound):
        tuesdays(world.ada, location_id=999)
    with pytest.raises(Invalid):
        change(world.ada, tuesdays(world.ada), TUESDAYS, TODAY - timedelta(days=1))


def test_a_single_one_is_checked_too(world: World) -> None:
    for field, said in (
        ("ends_at", {"ends_at": NOW}),
        ("starts_at", {"starts_at": NOW.replace(tzinfo=None)}),
        ("starts_at", {"begins": timedelta(days=2000)}),
    ):
        with pytest.raises(Invalid) as refused:
            single(world.ada, **said)
        assert refused.value.field == field
    with pytest.raises(NotFound):
        single(world.ada, event_id=7)
    with pytest.raises(NotFound):
        single(world.ada, location_id=7)


def test_what_is_mine_and_what_lacks_people(world: World) -> None:
    routine = tuesdays(world.ada, people_min=2)
    shift = single(world.ada, begins=timedelta(days=1), name="Kitchen")
    single(world.ada, begins=timedelta(days=5), name="Too far")
    single(world.ada, begins=timedelta(days=-1), name="Over")
    take(world.ben, shift)
    come_each_time(world.ben, routine)
    own = mine(db.session(), world.north, world.ben.person_id or 0, TODAY, days=14)
    assert [row.name for row in own] == ["Kitchen", "Door", "Door"]
    lacking = short_of_people(db.session(), world.north, NOW)
    assert [(row.name, row.lacking) for row in lacking] == [("Door", 1)]
    seek(world.ben, shift)
    assert [row.name for row in short_of_people(db.session(), world.north, NOW)] == [
        "Kitchen",
        "Door",
    ]


def test_the_week_asks_no_more_with_forty_people_than_with_four(world: World) -> None:
    def fill(people: int, shifts: int) -> int:
        names = [make_person(f"P{people}-{n}", "volunteer", world.north) for n in range(people)]
        for number in range(shifts):
            shift = single(world.ada, begins=timedelta(hours=30 + number), people_max=None)
            for who in names[number::shifts]:
                take(who, shift)
        db.session.expire_all()
        with count_statements(db.engine) as counted:
            week(db.session(), world.north, TODAY)
        return len(counted)

    tuesdays(world.ada)
    come_each_time(world.ben, tuesdays(world.ada))
    few = fill(4, 2)
    assert fill(36, 12) == few
