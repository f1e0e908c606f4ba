"""Duties: willing, yes, no, learning; a term that ends asks, and takes nothing away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.distribution.series.repeating import RepeatRule
from depot.duties.commands import (
    AcceptTerm,
    BeWilling,
    LearnDuty,
    PassTerm,
    accept_term,
    be_willing,
    learn_duty,
    pass_term,
)
from depot.duties.errors import SomebodyLearns, TermTaken
from depot.duties.queries.carrying import load, resting_on_one
from depot.duties.queries.duties import DutyRow, duties, find_duty
from depot.leaving.commands import ErasePerson, erase_person
from depot.models import Membership
from depot.people.commands.access import EndAccess, end_access
from depot.people.commands.accounts import AcceptInvitation, accept_invitation
from depot.rota.commands.routines import RoutineFacts, StartRoutine, start_routine
from depot.rota.errors import IsOver, NoSuchDay
from depot.rota.naming import name_of_day
from tests.builders import NOW, World, clock, make_invitation, make_person
from tests.commands.rota.acts import TODAY, come_each_time, tuesdays
from tests.current import db
from tests.statements import count_statements

#: A Saturday: terms of two weeks.
FIRST = TODAY
NEXT = FIRST + timedelta(days=14)


@pytest.fixture
def keys(world: World) -> int:
    """A duty with terms of two weeks, begun today."""
    return start(world.ada)


def start(by: Actor, name: str = "Keys") -> int:
    facts = RoutineFacts(name=name, rule=RepeatRule("weekly", 2, weekdays=(6,)), people_max=1)
    command = StartRoutine(command_id=uuid4(), kind="duty", facts=facts, from_on=FIRST)
    return start_routine(command, by, clock).answer.id


def accept(who: Actor, duty: int, on: date = FIRST, now: timedelta = timedelta()) -> None:
    command = AcceptTerm(command_id=uuid4(), term=name_of_day(duty, on))
    accept_term(command, who, lambda: NOW + now)


def say_no(who: Actor, duty: int, on: date) -> None:
    pass_term(PassTerm(command_id=uuid4(), term=name_of_day(duty, on)), who, clock)


def learn(who: Actor, duty: int) -> None:
    learn_duty(LearnDuty(command_id=uuid4(), term=name_of_day(duty, FIRST)), who, clock)


def would(who: Actor, duty: int, *, is_willing: bool = True) -> None:
    command = BeWilling(command_id=uuid4(), routine_id=duty, is_willing=is_willing)
    be_willing(command, who, clock)


def row(world: World, duty: int, today: date = TODAY) -> DutyRow:
    found = find_duty(db.session(), world.north, duty, today)
    assert found is not None
    return found


def names(world: World, duty: int, today: date = TODAY) -> list[str]:
    return [one.name for one in row(world, duty, today).turns]


def test_whoever_did_it_longest_ago_comes_first(world: World, keys: int) -> None:
    dora = make_person("Dora", "volunteer", world.north)
    assert row(world, keys).state == "open"
    for who in (world.ada, world.ben, dora):
        would(who, keys)
    accept(world.ada, keys)
    assert [part.name for part in row(world, keys).holders] == ["Ada"]
    assert names(world, keys) == ["Ben", "Dora", "Ada"]
    assert row(world, keys).state == "ends_soon"
    say_no(world.ben, keys, NEXT)
    assert names(world, keys) == ["Dora", "Ada"]
    assert [part.name for part in row(world, keys).passed] == ["Ben"]
    accept(dora, keys, NEXT)
    assert row(world, keys).state == "held"
    assert row(world, keys).wanted is None
    # of the term after that Ben is first again: his no cost him nothing
    later = NEXT + timedelta(days=1)
    assert names(world, keys, later) == ["Ben", "Ada", "Dora"]
    assert row(world, keys).learns_from == NEXT - timedelta(days=14)


def test_a_term_that_ended_asks_and_takes_nothing_away(world: World, keys: int) -> None:
    accept(world.ada, keys)
    gone = FIRST + timedelta(days=200)
    asks = row(world, keys, gone)
    assert (asks.state, asks.holders, asks.last_holder) == ("open", [], "Ada")
    member = db.session.get_one(Membership, (world.ada.person_id, world.north.id))
    assert (member.role, member.ended_at) == ("coordinator", None)


def test_two_do_not_hold_it_and_one_learns(world: World, keys: int) -> None:
    dora = make_person("Dora", "volunteer", world.north)
    accept(world.ada, keys)
    accept(world.ada, keys)  # twice is once
    with pytest.raises(TermTaken):
        accept(world.ben, keys)
    with pytest.raises(TermTaken):
        learn(world.ada, keys)
    learn(world.ben, keys)
    with pytest.raises(SomebodyLearns):
        learn(dora, keys)
    found = row(world, keys)
    assert ([part.name for part in found.holders], found.learners[0].name) == (["Ada"], "Ben")
    say_no(world.ada, keys, FIRST)
    assert row(world, keys).state == "open"
    accept(world.ben, keys)  # who learned it takes over
    assert [part.name for part in row(world, keys).holders] == ["Ben"]


def test_who_may_hold_a_duty(world: World, keys: int) -> None:
    helper = replace(world.ben, role="helper")
    program = Actor(world.north, "coordinator", "till", token_id=1)
    for act in (accept, would):
        with pytest.raises(Forbidden):
            act(helper, keys)
        with pytest.raises(NotFound):
            act(world.cleo, keys)
        with pytest.raises(Invalid):
            act(program, keys)
    with pytest.raises(NotFound):
        would(world.ben, tuesdays(world.ada))
    with pytest.raises(NoSuchDay):
        accept(world.ben, keys, FIRST + timedelta(days=1))
    with pytest.raises(IsOver):
        accept(world.ben, keys, FIRST, timedelta(days=60))
    assert duties(db.session(), world.south, TODAY) == []


def test_who_leaves_holds_and_would_hold_nothing(world: World, keys: int) -> None:
    would(world.ben, keys)
    accept(world.ben, keys)
    erase_person(
        ErasePerson(command_id=uuid4(), person_id=world.ben.person_id or 0), world.ada, clock
    )
    found = row(world, keys)
    assert (found.state, found.turns) == ("open", ())


def test_who_comes_back_holds_no_term_that_somebody_took_since(world: World, keys: int) -> None:
    dora = make_person("Dora", "volunteer", world.north)
    ben_id = world.ben.person_id or 0
    accept(world.ben, keys)
    end_access(EndAccess(command_id=uuid4(), person_id=ben_id), world.ada, clock)
    accept(dora, keys)
    secret = make_invitation("Ben", "volunteer", world.ada)
    accept_invitation(AcceptInvitation(secret, "", "", ""), ben_id, clock)
    found = row(world, keys)
    assert [part.name for part in found.holders] == ["Dora"]
    assert found.passed == ()  # he said no to nothing


def test_what_rests_on_one_person_and_who_carries_how_much(world: World, keys: int) -> None:
    accept(world.ada, keys)
    rests = resting_on_one(db.session(), world.north, TODAY)
    assert [(one.name, one.person) for one in rests] == [("Keys", "Ada")]
    would(world.ben, keys)  # somebody else would: it rests on nobody alone
    assert resting_on_one(db.session(), world.north, TODAY) == []
    found = load(db.session(), world.north, duties(db.session(), world.north, TODAY), NOW)
    assert [(one.name, one.duties, one.shifts) for one in found] == [("Ada", ("Keys",), 0)]
    assert resting_on_one(db.session(), world.south, TODAY) == []


def test_more_duties_and_people_take_no_more_statements(world: World, keys: int) -> None:
    accept(world.ada, keys)

    def statements() -> int:
        db.session.expire_all()
        with count_statements(db.engine) as seen:
            rows = duties(db.session(), world.north, TODAY)
            load(db.session(), world.north, rows, NOW)
            resting_on_one(db.session(), world.north, TODAY)
        return len(seen)

    before = statements()
    for number in range(3):
        who = make_person(f"p{number}", "volunteer", world.north)
        other = start(world.ada, f"Duty {number}")
        accept(who, other)
        would(world.ben, other)
    come_each_time(world.ben, tuesdays(world.ada))
    assert statements() == before
