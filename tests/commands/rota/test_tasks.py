"""Tasks: with or without a day, grown from a thing, ticked by anybody, done, open again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.distribution.series.repeating import RepeatRule
from depot.models import Activity, Item, Person
from depot.open_book.giving import Decision, give_role
from depot.rota.commands.routines import RoutineFacts, StartRoutine, start_routine
from depot.rota.commands.singles import CallOff, call_off
from depot.rota.commands.tasks import (
    ChangeTask,
    FinishTask,
    MakeTask,
    ReopenTask,
    SavedTask,
    TickStep,
    change_task,
    finish_task,
    make_task,
    reopen_task,
    tick_step,
)
from depot.rota.errors import CalledOff
from depot.rota.queries.tasks import TaskLists, find_task, grown_from, steps_of, task_lists
from tests.builders import NOW, World, clock, receive
from tests.commands.rota.acts import TODAY, ask, give, single, take
from tests.current import db

HOUR = timedelta(hours=1)


def makes(who: Actor, name: str = "Fix the side door", **said: Any) -> SavedTask:
    return make_task(MakeTask(command_id=uuid4(), name=name, **said), who, clock).answer


def finishes(who: Actor, activity: str, at: datetime = NOW) -> SavedTask:
    command = FinishTask(command_id=uuid4(), activity=activity, occurred_at=at)
    return finish_task(command, who, lambda: max(at, NOW)).answer


def ticks(who: Actor, activity: str, number: int, *, done: bool = True) -> None:
    command = TickStep(command_id=uuid4(), activity=activity, number=number, done=done)
    tick_step(command, who, clock)


def lists(who: Actor, now: datetime = NOW) -> TaskLists:
    return task_lists(db.session(), who, now)


def names(rows: Any) -> list[str]:
    return [row.name for row in rows]


def helper(world: World) -> Actor:
    """Let somebody help in the north."""
    made: int = db.session.execute(
        insert(Person).values(name="Ana", created_at=NOW).returning(Person.id)
    ).scalar_one()
    by = Decision(cause="wall", at=NOW)
    give_role(db.session(), world.north.id, made, "helper", by)
    db.session.commit()
    return Actor(world.north, "helper", "Ana", person_id=made)


def test_somebody_takes_it_gives_it_back_and_another_does_it(world: World) -> None:
    task = str(makes(world.ada).id)
    assert names(lists(world.ben).nobodys) == ["Fix the side door"]
    take(world.ben, task)
    assert names(lists(world.ben).mine) == names(lists(world.ada).others) == ["Fix the side door"]
    give(world.ben, task)
    assert names(lists(world.ben).nobodys) == ["Fix the side door"]
    finishes(world.ada, task)
    (done,) = lists(world.ben).done
    assert (done.name, done.done_by, done.done_at) == ("Fix the side door", "Ada", NOW)
    assert lists(world.ben, NOW + timedelta(days=15)).done == ()


def test_asked_is_not_agreed(world: World) -> None:
    task = str(makes(world.ada).id)
    ask(world.ada, world.ben, task)
    assert names(lists(world.ben).asked) == ["Fix the side door"]
    assert names(lists(world.ada).nobodys) == ["Fix the side door"]
    give(world.ben, task)
    assert lists(world.ben).asked == ()
    ask(world.ada, world.ben, task)
    take(world.ben, task)
    assert names(lists(world.ben).mine) == ["Fix the side door"]


def test_twice_is_once(world: World) -> None:
    command = MakeTask(command_id=uuid4(), name="Sweep")
    first = make_task(command, world.ben, clock)
    again = make_task(command, world.ben, clock)
    assert (first.answer, again.repeated) == (again.answer, True)
    finishes(world.ben, str(first.answer.id))
    finishes(world.ada, str(first.answer.id), NOW + HOUR)
    (done,) = lists(world.ben, NOW + HOUR).done
    assert (done.done_by, done.done_at) == ("Ben", NOW)


def test_done_by_mistake_is_open_again(world: World) -> None:
    task, ana = str(makes(world.ada).id), helper(world)
    finishes(world.ada, task)
    with pytest.raises(Forbidden):
        reopen_task(ReopenTask(command_id=uuid4(), activity=task), ana, clock)
    reopen_task(ReopenTask(command_id=uuid4(), activity=task), world.ben, clock)
    assert names(lists(world.ben).nobodys) == ["Fix the side door"]
    finishes(ana, task)
    reopen_task(ReopenTask(command_id=uuid4(), activity=task), ana, clock)
    assert names(lists(world.ben).nobodys) == ["Fix the side door"]


def test_steps_are_ticked_by_anybody(world: World) -> None:
    task, ana = str(makes(world.ada, steps=("Screws", " ", "Oil", "Oil")).id), helper(world)
    ticks(ana, task, 1)
    ticks(world.ben, task, 1)
    ticks(world.ben, task, 2)
    ticks(world.ada, task, 2, done=False)
    told = [(step.text, step.done_by) for step in steps_of(db.session(), world.north, task)]
    assert told == [("Screws", "Ana"), ("Oil", "")]
    (row,) = lists(world.ada).nobodys
    assert (row.steps, row.steps_done) == (2, 1)
    with pytest.raises(NotFound):
        ticks(world.ben, task, 3)
    change = ChangeTask(
        command_id=uuid4(), activity=task, name="Door", due_on=TODAY, steps=("Oil", "Screws")
    )
    change_task(change, world.ben, clock)
    told = [(step.text, step.done_by) for step in steps_of(db.session(), world.north, task)]
    assert told == [("Oil", ""), ("Screws", "Ana")]


def test_the_soonest_stand_first(world: World) -> None:
    makes(world.ada, "Some day")
    makes(world.ada, "Later", due_on=TODAY + timedelta(days=9))
    makes(world.ada, "Overdue", due_on=TODAY - timedelta(days=9))
    assert names(lists(world.ada).nobodys) == ["Overdue", "Later", "Some day"]


def test_called_off_is_to_be_done_no_more(world: World) -> None:
    task = str(makes(world.ben).id)
    call_off(CallOff(command_id=uuid4(), activity=task, why="A new door comes"), world.ben, clock)
    assert lists(world.ada).nobodys == ()
    with pytest.raises(CalledOff):
        finishes(world.ben, task)


def test_a_helper_does_and_plans_nothing(world: World) -> None:
    ana, task = helper(world), str(makes(world.ada).id)
    take(ana, task)
    finishes(ana, task)
    with pytest.raises(Forbidden):
        makes(ana)
    change = ChangeTask(command_id=uuid4(), activity=task, name="Other")
    with pytest.raises(Forbidden):
        change_task(change, ana, clock)


def test_the_outsider_finds_none(world: World) -> None:
    task = str(makes(world.ada, steps=("Oil",)).id)
    assert lists(world.cleo).nobodys == ()
    assert find_task(db.session(), world.south, task) is None
    assert steps_of(db.session(), world.south, task) == []
    for act in (
        lambda: finishes(world.cleo, task),
        lambda: ticks(world.cleo, task, 1),
        lambda: take(world.cleo, task),
        lambda: reopen_task(ReopenTask(command_id=uuid4(), activity=task), world.cleo, clock),
        lambda: change_task(
            ChangeTask(command_id=uuid4(), activity=task, name="Mine"), world.cleo, clock
        ),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_shift_is_no_task(world: World) -> None:
    shift = single(world.ada)
    assert find_task(db.session(), world.north, shift) is None
    with pytest.raises(Invalid):
        finishes(world.ben, shift)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"text": "x" * 501}, "text"),
        ({"steps": tuple(f"step {n}" for n in range(51))}, "steps"),
        ({"steps": ("x" * 501,)}, "steps"),
        ({"due_on": date(2040, 1, 1)}, "due_on"),
        ({"grown_from": "item"}, "grown_from"),
        ({"grown_from_id": 1}, "grown_from"),
    ],
)
def test_what_is_no_task_is_said_at_its_field(
    world: World, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        makes(world.ada, **({"name": "Sweep"} | said))
    assert refused.value.field == field


def test_a_task_grows_from_a_thing_and_is_found_there(world: World) -> None:
    receive(world.ada, 3, "Rice")
    rice = db.session.scalars(select(Item.id).where(Item.name == "Rice")).one()
    first = makes(world.ben, "Get rice", grown_from="item", grown_from_id=rice)
    again = makes(world.ada, "Get rice", grown_from="item", grown_from_id=rice)
    assert first == again, "two who tap at once make one task"
    found = grown_from(db.session(), world.north.id, "item", [rice])
    assert [row.name_of for row in found[rice]] == [str(first.id)]
    assert grown_from(db.session(), world.south.id, "item", [rice]) == {}
    with pytest.raises(NotFound):
        makes(world.cleo, "Get rice", grown_from="item", grown_from_id=rice)
    finishes(world.ben, str(first.id))
    assert makes(world.ben, "Get rice", grown_from="item", grown_from_id=rice).id != first.id
    shift = int(single(world.ada))
    assert makes(world.ben, "More hands", grown_from="activity", grown_from_id=shift).id


def test_a_task_comes_round(world: World) -> None:
    """Every day: the last one that was missed, and the next."""
    facts = RoutineFacts(name="Read the fridge", rule=RepeatRule("daily"), steps=("Left", "Right"))
    start = StartRoutine(command_id=uuid4(), kind="task", facts=facts, from_on=TODAY)
    routine = start_routine(start, world.ada, clock).answer.id
    later = NOW + timedelta(days=3)
    due = [row.due_on for row in lists(world.ben, later).nobodys]
    assert due == [TODAY + timedelta(days=n) for n in (3, 4)]
    today = f"{routine}.{TODAY + timedelta(days=3)}"
    ticks(world.ben, today, 2)
    assert len(lists(world.ben, later).nobodys) == 2
    finishes(world.ben, today)
    assert len(lists(world.ben, later).nobodys) == 1
    told = [(step.text, step.done_by) for step in steps_of(db.session(), world.north, today)]
    assert told == [("Left", ""), ("Right", "Ben")]
    assert len(db.session.scalars(select(Activity.id)).all()) == 1
