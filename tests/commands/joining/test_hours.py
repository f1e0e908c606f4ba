"""Hours added up by the database are those that the rule finds line by line."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from depot.base.periods import Period, day_begins, month_of, span, year_of
from depot.joining.attendance import hours
from depot.joining.hours import HoursSum, sum_hours
from depot.joining.marking import load_marks
from depot.joining.stays import Turn, make_stays
from depot.models import Activity, Assignment, Attendance, Person
from tests.builders import World
from tests.current import db

YEAR = year_of(date(2026, 6, 1))
MONTHS = [month_of(date(2026, number, 1)) for number in range(1, 13)]
SOME = select(Attendance.id, Attendance.person_id, Attendance.at)
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


def by_lines(world: World, period: Period) -> HoursSum:
    """Return the sums of a period by the rule of stays alone, from all lines there are."""
    zone = world.north.time_zone
    first, end = day_begins(period.first, zone), day_begins(period.last + _DAY, zone)
    far = timedelta(days=400)
    marks = load_marks(db.session(), world.north.id, first - far, end + far)
    turns: dict[int, list[Turn]] = {}
    rows = db.session.execute(
        select(Assignment.person_id, Activity.id, Activity.starts_at, Activity.ends_at).join(
            Activity, Activity.id == Assignment.activity_id
        )
    )
    for person, number, starts_at, ends_at in rows:
        assert starts_at is not None
        assert ends_at is not None
        turns.setdefault(person, []).append(Turn(number, starts_at, ends_at))
    stays = {person: make_stays(said, zone) for person, said in marks.items()}
    return sum_hours(stays, turns, first, end)


def fill(world: World, seed: int) -> None:
    """Write coming and leaving as it comes: in pairs, twice, over night, one without the other."""
    draw = random.Random(seed)
    people = [
        {"name": f"P{number}", "created_at": datetime(2026, 1, 1, tzinfo=UTC)}
        for number in range(6)
    ]
    lines, shifts = [], []
    with db.engine.begin() as connection:
        numbers = connection.scalars(insert(Person).returning(Person.id), people).all()
        # the nights in which the clocks are changed, the ends of months, and any others
        for day in (date(2026, 3, 28), date(2026, 10, 24), date(2026, 5, 30), date(2026, 12, 30)):
            for person in numbers:
                begin = datetime.combine(day, datetime.min.time(), UTC)
                for _ in range(draw.randint(0, 9)):
                    at = begin + timedelta(minutes=draw.randrange(0, 5 * 24 * 60, 5))
                    lines.append(_line(world, person, at, draw.choice(("come", "leave"))))
                for on in range(4):
                    at = begin + timedelta(days=on, minutes=draw.randrange(0, 24 * 60, 30))
                    for kind, more in (("come", 0), ("leave", draw.randrange(0, 700, 7))):
                        lines.append(_line(world, person, at + timedelta(minutes=more), kind))
                starts_at = begin + timedelta(minutes=draw.randrange(0, 5 * 24 * 60, 30))
                shifts.append((person, starts_at))
        connection.execute(insert(Attendance), lines)
        some = connection.execute(SOME.where(Attendance.person_id.in_(numbers))).all()
        struck = [
            _line(world, person, at, "taken_back") | {"takes_back_id": number}
            for number, person, at in draw.sample(some, 12)
        ]
        connection.execute(insert(Attendance), struck)
        for person, starts_at in shifts:
            row = {
                "depot_id": world.north.id, "kind": "shift", "name": "Door", "text": "",
                "people_min": 1, "created_at": starts_at, "starts_at": starts_at,
                "ends_at": starts_at + timedelta(hours=3),
            }  # fmt: skip
            number = connection.scalars(insert(Activity).returning(Activity.id), row).one()
            came = {"person_id": person, "activity_id": number, "came_at": starts_at}
            connection.execute(
                insert(Assignment), came | {"depot_id": world.north.id, "learning": False}
            )


def _line(world: World, person: int, at: datetime, kind: str) -> dict[str, object]:
    return {
        "depot_id": world.north.id, "person_id": person, "kind": kind, "at": at, "recorded_at": at,
    }  # fmt: skip


@pytest.mark.breaks_ledger("lines and shifts are written by hand, and do not know each other")
def test_the_database_adds_up_what_the_rule_finds_line_by_line(world: World) -> None:
    assert hours(db.session(), world.north, [YEAR])[0].sums == HoursSum()
    for seed in range(3):
        fill(world, seed)
        db.session.rollback()
        some = [*MONTHS, YEAR, span(date(2026, 10, 25), date(2026, 10, 25))]
        rows = hours(db.session(), world.north, some)
        assert [row.period for row in rows] == some
        for row in rows:
            assert row.sums == by_lines(world, row.period), row.period.name
        assert rows[-2].sums.times > 50
        assert rows[-2].sums.open_times > 0
        assert hours(db.session(), world.south, [YEAR])[0].sums == HoursSum()
