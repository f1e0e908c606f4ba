"""Meetings on a real database: an agenda that anybody adds to, minutes, who does what by when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from depot.base.actors import Actor
from depot.base.errors import CommandIdReused, Forbidden, Invalid, NotFound
from depot.decisions.round import fade_spoken_names
from depot.distribution.series.repeating import RepeatRule
from depot.meetings.commands import (
    AddToAgenda,
    GiveTask,
    NoteWhoWasThere,
    TakeOffAgenda,
    WriteMinute,
    add_to_agenda,
    give_task,
    note_who_was_there,
    take_off_agenda,
    write_minute,
)
from depot.meetings.errors import NoMeeting
from depot.meetings.papers import minutes_paper
from depot.meetings.queries import MeetingView, find_meeting, meetings
from depot.rota.commands.routines import RoutineFacts, StartRoutine, start_routine
from depot.rota.commands.singles import ActivityFacts, MakeActivity, make_activity
from depot.rota.commands.taking import TakePart, take_part
from depot.rota.naming import name_of_day
from depot.words.reader import Reader
from tests.builders import NOW, World, clock
from tests.commands.decisions.deciding import helper, propose, settle
from tests.current import db

DAY = NOW.date()


def plan(by: Actor, kind: Any = "meeting") -> str:
    facts = ActivityFacts(
        name="Thursday round", starts_at=NOW + timedelta(hours=2), ends_at=NOW + timedelta(hours=3)
    )
    made = make_activity(MakeActivity(command_id=uuid4(), kind=kind, facts=facts), by, clock)
    return str(made.answer.id)


def each_week(by: Actor) -> str:
    """Have a meeting come round; return the name of its first day, which nobody touched."""
    rule = RepeatRule("daily")
    facts = RoutineFacts(name="Round", rule=rule, begins_minute=600, minutes=60)
    begin = StartRoutine(command_id=uuid4(), kind="meeting", facts=facts, from_on=DAY)
    return name_of_day(start_routine(begin, by, clock).answer.id, DAY)


def add(by: Actor, activity: str, title: str = "Tea", **said: Any) -> int:
    command = AddToAgenda(command_id=uuid4(), activity=activity, title=title, **said)
    return add_to_agenda(command, by, clock).answer.id


def give(by: Actor, activity: str, name: str = "Buy tea", **said: Any) -> int:
    command = GiveTask(command_id=uuid4(), activity=activity, name=name, **said)
    return give_task(command, by, clock).answer.id


def there(by: Actor, activity: str, others: str = "", count: int | None = None) -> None:
    command = NoteWhoWasThere(
        command_id=uuid4(), activity=activity, others=others, in_room_count=count
    )
    note_who_was_there(command, by, clock)


def minute(by: Actor, item_id: int, said: str) -> None:
    write_minute(WriteMinute(command_id=uuid4(), item_id=item_id, minute=said), by, clock)


def view(world: World, activity: str) -> MeetingView:
    found = find_meeting(db.session(), world.north, activity)
    assert found
    return found


def test_anybody_adds_to_the_agenda_and_members_write_the_minutes(world: World) -> None:
    meeting, ana = plan(world.ada), helper(world)
    first = add(world.ben, meeting, " Tea ")
    own = add(ana, meeting, "Gloves")
    minute(world.ada, first, "Ben asks the bakery.")
    told = [(one.title, one.added_by, one.minute) for one in view(world, meeting).items]
    assert told == [("Tea", "Ben", "Ben asks the bakery."), ("Gloves", "Ana", "")]
    with pytest.raises(Forbidden):
        minute(ana, own, "Mine")
    off = TakeOffAgenda(command_id=uuid4(), item_id=first)
    with pytest.raises(Forbidden):
        take_off_agenda(off, ana, clock)
    take_off_agenda(TakeOffAgenda(command_id=uuid4(), item_id=own), ana, clock)
    take_off_agenda(off, world.ben, clock)
    assert view(world, meeting).items == ()
    with pytest.raises(NotFound):
        minute(world.ada, first, "Late")


def test_a_meeting_that_comes_round_gets_its_row_with_the_first_point(world: World) -> None:
    meeting = each_week(world.ada)
    assert view(world, meeting).row.id is None
    add(world.ben, meeting)
    assert [one.title for one in view(world, meeting).items] == ["Tea"]
    (row, *_later) = meetings(db.session(), world.north, DAY)
    assert row.name == "Round"


def test_who_does_what_by_when_becomes_a_task_and_asked_is_not_agreed(world: World) -> None:
    meeting, by_when = plan(world.ada), DAY + timedelta(days=4)
    give(world.ada, meeting, due_on=by_when, person_id=world.ben.person_id)
    give(world.ada, meeting, "Write to the council", person_id=world.ada.person_id)
    give(world.ada, meeting, "Somebody sweeps")
    told = [(task.name, task.due_on, task.who, task.asked) for task in view(world, meeting).tasks]
    assert told == [
        ("Buy tea", by_when, (), ("Ben",)),
        ("Write to the council", None, ("Ada",), ()),
        ("Somebody sweeps", None, (), ()),
    ]
    with pytest.raises(NotFound):
        give(world.ada, meeting, person_id=world.cleo.person_id)
    for said in ({"due_on": DAY - timedelta(days=1)}, {"name": ""}):
        with pytest.raises(Invalid):
            give(world.ada, meeting, **said)
    with pytest.raises(Forbidden):
        give(helper(world), meeting)


def test_twice_is_once(world: World) -> None:
    meeting = plan(world.ada)
    command = GiveTask(command_id=uuid4(), activity=meeting, name="Buy tea")
    give_task(command, world.ada, clock)
    assert give_task(command, world.ada, clock).repeated
    assert len(view(world, meeting).tasks) == 1
    other = AddToAgenda(command_id=command.command_id, activity=meeting, title="Tea")
    with pytest.raises(CommandIdReused):
        add_to_agenda(other, world.ada, clock)


def test_the_minutes_say_who_was_there_and_what_was_agreed_to(world: World) -> None:
    meeting = plan(world.ada)
    take_part(TakePart(command_id=uuid4(), activity=meeting), world.ben, clock)
    there(world.ada, meeting, "Zoe, old Tom", 7)
    number = propose(world.ada, answer_by=None)
    add(world.ada, meeting, "", proposal_id=number)
    settle(world.ada, number, in_room_count=7, at=NOW)
    give(world.ada, meeting, person_id=world.ben.person_id)
    found = view(world, meeting)
    assert ([part.name for part in found.came], found.in_room_count) == (["Ben"], 7)
    assert (found.items[0].title, found.items[0].outcome) == ("Close at six", "agreed")
    paper = str(minutes_paper(found, world.ada, Reader()))
    for words in (
        "Ben",
        "Zoe, old Tom",
        "Decision: agreed",
        "close at six",
        "Buy tea",
        "was asked",
    ):
        assert words in paper
    fade_spoken_names(lambda: NOW + timedelta(days=400))
    assert view(world, meeting).others == ""


def test_what_is_no_meeting_has_no_agenda(world: World) -> None:
    shift = plan(world.ada, "shift")
    assert find_meeting(db.session(), world.north, shift) is None
    with pytest.raises(NoMeeting):
        add(world.ada, shift)
    meeting = plan(world.ada)
    for refused in ({"title": ""}, {"title": "x" * 201}):
        with pytest.raises(Invalid):
            add(world.ada, meeting, **refused)
    with pytest.raises(NotFound):
        add(world.ada, meeting, "", proposal_id=99)
    with pytest.raises(Invalid):
        there(world.ada, meeting, count=0)


def test_another_depot_sees_and_touches_nothing(world: World) -> None:
    meeting = plan(world.ada)
    item = add(world.ada, meeting)
    cleo, south = world.cleo, world.south
    assert find_meeting(db.session(), south, meeting) is None
    assert meetings(db.session(), south, date(2026, 11, 21)) == []
    acts = (
        lambda: add(cleo, meeting),
        lambda: give(cleo, meeting),
        lambda: there(cleo, meeting),
        lambda: minute(cleo, item, "Mine"),
        lambda: take_off_agenda(TakeOffAgenda(command_id=uuid4(), item_id=item), cleo, clock),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()
    own = plan(cleo)
    with pytest.raises(NotFound):
        add(cleo, own, "", proposal_id=propose(world.ada))
