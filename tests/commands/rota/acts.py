"""What the tests of the rota do, in a line each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from depot.base.actors import Actor
from depot.distribution.series.repeating import RepeatRule
from depot.rota.commands.regulars import BecomeRegular, become_regular
from depot.rota.commands.routines import RoutineFacts, StartRoutine, start_routine
from depot.rota.commands.singles import ActivityFacts, MakeActivity, make_activity
from depot.rota.commands.taking import (
    AskPerson,
    GiveBack,
    SeekStandIn,
    Taken,
    TakePart,
    ask_person,
    give_back,
    seek_stand_in,
    take_part,
)
from depot.rota.queries.week import ActivityRow, find_activity
from tests.builders import NOW, World
from tests.current import db

TODAY = date(2026, 11, 21)
#: Tuesdays at 10:00 in Berlin, for three hours, for one to two people.
TUESDAYS = RoutineFacts(
    name="Door",
    rule=RepeatRule("weekly", weekdays=(2,)),
    people_min=1,
    people_max=2,
    begins_minute=600,
    minutes=180,
)
#: The next one.
TUESDAY = date(2026, 11, 24)


def tuesdays(by: Actor, **said: Any) -> int:
    """Begin the routine of Tuesdays; return its id."""
    facts = replace(TUESDAYS, **said)
    command = StartRoutine(command_id=uuid4(), kind="shift", facts=facts, from_on=TODAY)
    return start_routine(command, by, lambda: NOW).answer.id


def single(by: Actor, begins: timedelta = timedelta(days=3), **said: Any) -> str:
    """Plan one shift of two hours; return its name."""
    at = NOW + begins
    facts = ActivityFacts(
        **{
            "name": "Door",
            "starts_at": at,
            "ends_at": at + timedelta(hours=2),
            "people_max": 2,
            **said,
        }
    )
    made = make_activity(MakeActivity(command_id=uuid4(), facts=facts), by, lambda: NOW)
    return str(made.answer.id)


def take(
    who: Actor, activity: str, at: datetime = NOW, now: datetime | None = None, **said: Any
) -> Taken:
    """Take part at a moment, which arrives `now`."""
    command = TakePart(command_id=uuid4(), activity=activity, occurred_at=at, **said)
    return take_part(command, who, lambda: now or at).answer


def seek(who: Actor, activity: str, at: datetime = NOW, now: datetime | None = None) -> Taken:
    """Say that one can't come."""
    command = SeekStandIn(command_id=uuid4(), activity=activity, occurred_at=at)
    return seek_stand_in(command, who, lambda: now or at).answer


def give(
    who: Actor, activity: str, at: datetime = NOW, now: datetime | None = None, **said: Any
) -> Taken:
    """Give one's part back."""
    command = GiveBack(command_id=uuid4(), activity=activity, occurred_at=at, **said)
    return give_back(command, who, lambda: now or at).answer


def ask(by: Actor, whom: Actor, activity: str, at: datetime = NOW) -> Taken:
    """Ask somebody to come."""
    assert whom.person_id is not None
    command = AskPerson(command_id=uuid4(), activity=activity, person_id=whom.person_id)
    return ask_person(command, by, lambda: at).answer


def come_each_time(who: Actor, routine_id: int, **said: Any) -> None:
    """Become a regular."""
    become_regular(
        BecomeRegular(command_id=uuid4(), routine_id=routine_id, **said), who, lambda: NOW
    )


def look(world: World, activity: str) -> ActivityRow:
    """Return an activity of the north as it is."""
    found = find_activity(db.session(), world.north, activity)
    assert found is not None
    return found


def said_of(row: ActivityRow) -> list[str]:
    """Return who takes part and how, by name."""
    live = [part for part in row.parts if part.standing != "out"]
    return sorted(f"{part.name} {part.standing}" for part in live)
