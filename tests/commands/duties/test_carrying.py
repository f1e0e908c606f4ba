"""Who carries how much: what the database adds up is what reading line by line comes to."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from depot.duties.leaning import WasThere, leaning
from depot.duties.queries.carrying import load, resting_on_one
from depot.models import Activity, Assignment, Person
from tests.builders import NOW, World
from tests.commands.rota.acts import TODAY, tuesdays
from tests.current import db

_MINUTE = timedelta(minutes=1)
_LOOKED_BACK = timedelta(weeks=12)


def fill(world: World) -> None:
    """Let shifts be over: people came and said so, or did not, learned, or gave back."""
    draw = random.Random(7)
    routines = [tuesdays(world.ada, name=f"Door {number}") for number in range(4)]
    depot = {"depot_id": world.north.id}
    with db.engine.begin() as connection:
        named = [{"name": f"P{number}", "created_at": NOW} for number in range(3)]
        people = connection.scalars(insert(Person).returning(Person.id), named).all()
        for number in range(60):
            begins = NOW - timedelta(days=draw.randrange(1, 100), minutes=number)
            which = draw.randrange(4)
            row: dict[str, Any] = {
                **depot, "kind": "shift", "name": f"Shift {number}", "text": "", "people_min": 1,
                "created_at": begins, "starts_at": begins, "ends_at": begins + timedelta(hours=2),
                "routine_id": routines[which], "occurrence_on": TODAY - timedelta(days=number),
            }  # fmt: skip
            if number % 9 == 0:
                row |= {"called_off_at": NOW, "called_off_why": "Rain"}
            activity = connection.scalars(insert(Activity).returning(Activity.id), row).one()
            for person in [people[0]] if which < 2 else draw.sample(list(people), 2):
                said = {**depot, "activity_id": activity, "person_id": person}
                came = begins + draw.randrange(50) * _MINUTE / 7
                left = came + draw.randrange(99) * _MINUTE / 7
                hows: list[dict[str, Any]] = [
                    {"taken_at": NOW},
                    {"taken_at": NOW, "came_at": came},
                    {"came_at": came, "left_at": left},
                    {"taken_at": NOW, "learning": True},
                    {"taken_at": NOW, "given_back_at": NOW},
                    {"asked_at": NOW},
                ]
                connection.execute(
                    insert(Assignment), {"learning": False} | said | draw.choice(hows)
                )
    db.session.rollback()


def lines(world: World) -> list[Any]:
    """Return the parts that count, each as it is kept."""
    rows = db.session.execute(
        select(Person.id, Person.name, Activity, Assignment)
        .join(Assignment, Assignment.person_id == Person.id)
        .join(Activity, Activity.id == Assignment.activity_id)
        .order_by(Activity.id)
    )
    return [
        (person, name, activity, part)
        for person, name, activity, part in rows
        if activity.depot_id == world.north.id
        and activity.called_off_at is None
        and part.given_back_at is None
        and not part.learning
        and (part.taken_at or part.came_at)
    ]


def minutes_of(activity: Activity, part: Assignment) -> int:
    begin: datetime | None = activity.starts_at
    end: datetime | None = activity.ends_at
    if part.came_at and part.left_at:
        begin, end = part.came_at, part.left_at
    assert begin is not None
    assert end is not None
    return int((end - begin) / _MINUTE)


def test_the_database_adds_up_what_reading_line_by_line_comes_to(world: World) -> None:
    fill(world)
    expected: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for _person, name, activity, part in lines(world):
        if activity.starts_at >= NOW - _LOOKED_BACK and activity.ends_at <= NOW:
            expected[name][0] += 1
            expected[name][1] += minutes_of(activity, part)
    found = load(db.session(), world.north, (), NOW)
    assert {row.name: [row.shifts, row.minutes] for row in found} == expected
    assert load(db.session(), world.south, (), NOW) == []


def test_of_many_shifts_those_that_one_alone_carried_are_found(world: World) -> None:
    fill(world)
    since = TODAY - _LOOKED_BACK
    seen = [
        WasThere(activity.routine_id, activity.name, activity.id, person, name)
        for person, name, activity, _part in lines(world)
        if activity.starts_at.date() >= since
    ]
    found = resting_on_one(db.session(), world.north, TODAY)
    assert found == leaning(seen)
    assert {one.person for one in found} == {"P0"}
