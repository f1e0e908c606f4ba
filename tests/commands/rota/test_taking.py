"""Taking a place, not being able to come, taking over, waiting, being asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.models import Activity, Assignment
from depot.rota.commands.routines import StartRoutine, start_routine
from depot.rota.commands.singles import CallOff, CallOn, call_off, call_on
from depot.rota.commands.taking import TakePart, take_part
from depot.rota.errors import CalledOff, HasCome, IsOver, NoSuchDay, NotIn
from depot.rota.naming import name_of_day
from tests.builders import NOW, World, make_person
from tests.commands.rota.acts import (
    TODAY,
    TUESDAY,
    TUESDAYS,
    ask,
    give,
    look,
    said_of,
    seek,
    single,
    take,
    tuesdays,
)
from tests.current import db

LATER = NOW + timedelta(hours=3)


@pytest.fixture
def dot(world: World) -> Actor:
    return make_person("Dot", "volunteer", world.north)


def test_a_place_is_taken_and_given_back(world: World) -> None:
    shift = single(world.ada)
    assert take(world.ben, shift).standing == "in"
    assert take(world.ben, shift).people == 1  # twice is once
    assert said_of(look(world, shift)) == ["Ben in"]
    assert give(world.ben, shift).standing == "out"
    assert give(world.ben, shift).standing == "out"
    assert take(world.ben, shift).standing == "in"
    assert look(world, shift).count == 1


def test_a_repeated_take_is_answered_with_the_first_answer(world: World) -> None:
    command = TakePart(command_id=uuid4(), activity=single(world.ada))
    first = take_part(command, world.ben, lambda: NOW)
    again = take_part(command, world.ben, lambda: NOW)
    assert (again.repeated, again.answer) == (True, first.answer)


def test_who_cannot_come_is_expected_until_somebody_takes_over(world: World, dot: Actor) -> None:
    shift = single(world.ada, people_max=1)
    take(world.ben, shift)
    assert seek(world.ben, shift).standing == "seeking"
    row = look(world, shift)
    assert (row.count, row.lacking) == (1, 1)  # still expected, and not counted on
    (ben,) = row.seeking
    taken = take(dot, shift, instead_of=ben.id)
    assert (taken.standing, taken.instead_of, taken.people) == ("in", "Ben", 1)
    (trace,) = [part for part in look(world, shift).parts if part.name == "Dot"]
    assert trace.instead_of_id == ben.id
    assert said_of(look(world, shift)) == ["Dot in"]


def test_who_can_come_after_all_says_so(world: World) -> None:
    shift = single(world.ada)
    take(world.ben, shift)
    seek(world.ben, shift)
    assert take(world.ben, shift).standing == "in"
    assert look(world, shift).seeking == []


def test_two_who_take_over_from_one_are_both_asked_to_talk(world: World, dot: Actor) -> None:
    shift = single(world.ada, people_max=1)
    take(world.ben, shift)
    seek(world.ben, shift)
    (ben,) = look(world, shift).seeking
    take(dot, shift, instead_of=ben.id)
    assert take(world.ada, shift, instead_of=ben.id).standing == "waiting"
    # from a phone that was offline it is a fact
    eve = make_person("Eve", "volunteer", world.north)
    late = take(eve, shift, at=NOW, now=LATER, instead_of=ben.id)
    assert (late.standing, late.people, late.is_over_full) == ("in", 2, True)


def test_who_waits_moves_up_with_their_own_yes(world: World, dot: Actor) -> None:
    shift = single(world.ada, people_max=1)
    take(world.ben, shift)
    assert take(dot, shift).standing == "waiting"
    assert take(world.ada, shift, at=LATER).standing == "waiting"
    give(world.ben, shift, at=LATER)
    assert said_of(look(world, shift)) == ["Ada waiting", "Dot waiting"]
    assert take(world.ada, shift, at=LATER).standing == "waiting"  # Dot waited first
    assert take(dot, shift, at=LATER).standing == "in"
    assert [part.name for part in look(world, shift).waiting] == ["Ada"]


def test_on_the_last_day_a_free_place_is_for_anybody(world: World, dot: Actor) -> None:
    shift = single(world.ada, people_max=1, begins=timedelta(hours=30))
    take(world.ben, shift)
    take(dot, shift)
    give(world.ben, shift)
    assert take(world.ada, shift, at=NOW + timedelta(hours=7)).standing == "in"


def test_over_full_is_a_fact_when_it_comes_late(world: World, dot: Actor) -> None:
    shift = single(world.ada, people_max=1)
    take(world.ben, shift, at=LATER)
    late = take(dot, shift, at=NOW, now=LATER)
    assert (late.standing, late.is_over_full) == ("in", True)
    assert look(world, shift).free == -1


def test_what_comes_late_does_not_undo_the_last_word(world: World) -> None:
    shift = single(world.ada)
    take(world.ben, shift, at=LATER)
    give(world.ben, shift, at=LATER + timedelta(hours=1))
    now = LATER + timedelta(hours=2)
    assert take(world.ben, shift, at=NOW, now=now).standing == "out"
    take(world.ben, shift, at=now)
    assert give(world.ben, shift, at=LATER, now=now).standing == "in"
    assert seek(world.ben, shift, at=LATER, now=now).standing == "in"


def test_asked_is_not_agreed(world: World, dot: Actor) -> None:
    shift = single(world.ada, people_max=1)
    assert ask(world.ben, dot, shift).standing == "asked"
    assert look(world, shift).count == 0
    assert ask(world.ada, dot, shift).standing == "asked"
    take(world.ben, shift)
    assert take(dot, shift).standing == "in"  # who was asked need not wait
    other = single(world.ada)
    ask(world.ben, dot, other)
    assert give(dot, other).standing == "out"
    helper = make_person("Hal", "volunteer", world.north)
    as_helper = Actor(world.north, "helper", "Hal", person_id=helper.person_id)
    with pytest.raises(Forbidden):
        ask(as_helper, dot, shift)
    assert take(as_helper, other).standing == "in"


def test_a_coordinator_writes_down_what_somebody_told_them(world: World, dot: Actor) -> None:
    shift = single(world.ada)
    assert take(world.ada, shift, person_id=dot.person_id).person == "Dot"
    with pytest.raises(Forbidden):
        give(world.ben, shift, person_id=dot.person_id)
    assert give(world.ada, shift, person_id=dot.person_id).standing == "out"
    program = Actor(world.north, "coordinator", "token", token_id=None)
    with pytest.raises(Invalid):
        take(program, shift)


def test_an_overlap_is_told_and_refuses_nothing(world: World) -> None:
    shift = single(world.ada)
    other = single(world.ada, name="Kitchen", begins=timedelta(days=3, hours=1))
    beside = single(world.ada, name="Van", begins=timedelta(days=3, hours=2))
    take(world.ben, shift)
    assert take(world.ben, other).overlaps == ("Door",)
    assert take(world.ben, beside).overlaps == ("Kitchen",)


def test_two_phones_on_one_day_nobody_touched_meet_in_one_row(world: World, dot: Actor) -> None:
    routine = tuesdays(world.ada)
    day = name_of_day(routine, TUESDAY)
    first = take(world.ben, day, at=NOW, now=LATER)
    second = take(dot, day, at=NOW, now=LATER + timedelta(minutes=5))
    assert first.activity_id == second.activity_id
    rows = db.session.scalar(select(func.count()).select_from(Activity))
    assert rows == 1
    assert said_of(look(world, day)) == ["Ben in", "Dot in"]


def test_what_is_over_or_called_off_is_not_taken(world: World) -> None:
    shift = single(world.ada)
    with pytest.raises(IsOver):
        take(world.ben, shift, at=NOW + timedelta(days=4))
    # they were there, and their phone was not connected
    assert take(world.ben, shift, now=NOW + timedelta(days=4)).standing == "in"
    off = CallOff(command_id=uuid4(), activity=shift, why="No power")
    assert call_off(off, world.ada, lambda: NOW).answer.people == 1
    with pytest.raises(CalledOff):
        take(world.ada, shift)
    row = look(world, shift)
    assert (row.called_off_why, said_of(row), row.lacking) == ("No power", ["Ben in"], 0)
    again = CallOff(command_id=uuid4(), activity=shift, why="Rain")
    call_off(again, world.ada, lambda: NOW)
    assert look(world, shift).called_off_why == "No power"
    call_on(CallOn(command_id=uuid4(), activity=shift), world.ada, lambda: NOW)
    assert take(world.ada, shift).people == 2


def test_who_may_call_off(world: World) -> None:
    shift, own = single(world.ada), single(world.ben)
    with pytest.raises(Forbidden):
        call_off(CallOff(command_id=uuid4(), activity=shift, why="No"), world.ben)
    with pytest.raises(Invalid):
        call_off(CallOff(command_id=uuid4(), activity=own, why=" "), world.ben, lambda: NOW)
    call_off(CallOff(command_id=uuid4(), activity=own, why="No"), world.ben, lambda: NOW)
    with pytest.raises(Forbidden):
        call_on(CallOn(command_id=uuid4(), activity=shift), world.ben, lambda: NOW)


def test_an_outsider_finds_nothing(world: World) -> None:
    shift = single(world.ada)
    day = name_of_day(tuesdays(world.ada), TUESDAY)
    for name in (shift, day, "x", "0", "1.2026-02-31", "9" * 18):
        with pytest.raises(NotFound):
            take(world.cleo, name)
    with pytest.raises(NotFound):
        ask(world.ada, world.cleo, shift)


def test_refusals_say_what_is_the_matter(world: World) -> None:
    shift = single(world.ada)
    with pytest.raises(NotIn):
        seek(world.ben, shift)
    with pytest.raises(NoSuchDay) as refused:
        take(world.ben, name_of_day(tuesdays(world.ada), TUESDAY + timedelta(days=1)))
    assert refused.value.params["name"] == "Door"
    taken = take(world.ben, shift)
    row = db.session.scalars(
        select(Assignment).where(Assignment.activity_id == taken.activity_id)
    ).one()
    row.came_at = NOW
    db.session.commit()
    for act in (seek, give):
        with pytest.raises(HasCome):
            act(world.ben, shift)


def test_the_database_keeps_one_live_part_for_each_person(world: World) -> None:
    taken = take(world.ben, single(world.ada))
    twice = Assignment(
        depot_id=world.north.id,
        activity_id=taken.activity_id,
        person_id=world.ben.person_id,
        learning=False,
        taken_at=NOW,
    )
    db.session.add(twice)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_what_is_said_again_is_the_last_word(world: World) -> None:
    """A no of before, brought late, undoes no yes that was said again since."""
    shift = single(world.ada)
    now = LATER + timedelta(hours=3)
    take(world.ben, shift, at=NOW)
    seek(world.ben, shift, at=LATER)
    take(world.ben, shift, at=LATER + timedelta(hours=2))
    assert give(world.ben, shift, at=LATER + timedelta(hours=1), now=now).standing == "in"
    assert seek(world.ben, shift, at=LATER + timedelta(hours=1), now=now).standing == "in"
    seek(world.ben, shift, at=now)
    seek(world.ben, shift, at=now + timedelta(hours=2))
    late = take(world.ben, shift, at=now + timedelta(hours=1), now=now + timedelta(hours=3))
    assert late.standing == "seeking"


def test_who_waits_is_not_out_by_a_no_of_before(world: World, dot: Actor) -> None:
    shift = single(world.ada, people_max=1)
    take(world.ben, shift)
    assert take(dot, shift, at=LATER).standing == "waiting"
    assert give(dot, shift, at=NOW, now=LATER).standing == "waiting"


def test_a_term_of_a_duty_is_taken_as_a_duty_alone(world: World, dot: Actor) -> None:
    facts = replace(TUESDAYS, begins_minute=None, minutes=None, people_max=None)
    command = StartRoutine(command_id=uuid4(), kind="duty", facts=facts, from_on=TODAY)
    duty = start_routine(command, world.ada, lambda: NOW).answer.id
    term = name_of_day(duty, TUESDAY)
    acts: list[Callable[[], object]] = [
        lambda: take(world.ben, term),
        lambda: take(dot, term, at=NOW - timedelta(days=1), now=NOW),
        lambda: give(world.ben, term),
        lambda: seek(world.ben, term),
        lambda: ask(world.ada, dot, term),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()
