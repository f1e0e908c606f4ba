"""Who was where becomes how many were there, by itself, after thirteen months."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from depot.base.actors import Actor
from depot.base.kinds import AttendanceKind
from depot.db.transaction import transaction
from depot.leaving.round import KEPT_FOR, forget_attendance
from depot.models import Assignment, Attendance, AttendanceDay
from tests.builders import NOW, World
from tests.commands.leaving.test_leaving import NAME, go, newcomer
from tests.commands.rota.acts import single, take
from tests.current import db


def parts(person_id: int | None) -> int:
    asked = select(func.count()).where(Assignment.person_id == person_id)
    return db.session.scalar(asked) or 0


def test_attendance_becomes_a_number_and_what_is_younger_stays(world: World) -> None:
    old, young = single(world.ada, timedelta(hours=1)), single(world.ada, timedelta(days=20))
    for activity in (old, young):
        take(world.ben, activity)
    with transaction() as session:
        for row in session.scalars(select(Assignment)):
            row.came_at = row.taken_at
    later = NOW + KEPT_FOR + timedelta(days=10)
    assert forget_attendance(lambda: NOW + KEPT_FOR - timedelta(days=1)) == 0
    assert parts(world.ben.person_id) == 2
    assert forget_attendance(lambda: later) == 1
    assert forget_attendance(lambda: later) == 0
    assert parts(world.ben.person_id) == 1
    came = select(func.count()).where(
        Assignment.activity_id == int(old), Assignment.came_at.is_not(None)
    )
    assert db.session.scalar(came) == 1


def test_who_leaves_is_expected_nowhere_any_more(world: World) -> None:
    them = newcomer(world)
    to_come = single(world.ada, timedelta(days=3))
    take(them, to_come)
    assert parts(them.person_id) == 1
    assert go(them, name=NAME)
    row = db.session.scalars(select(Assignment).where(Assignment.activity_id == int(to_come))).one()
    assert row.given_back_at is not None
    assert row.person_id == them.person_id


def test_who_came_on_a_day_becomes_how_many_came(world: World) -> None:
    for who, on in ((world.ada, 0), (world.ben, 0), (world.ben, 20)):
        for kind in ("come", "leave"):
            add_mark(who, kind, NOW + timedelta(days=on))
    by_mistake = add_mark(world.ada, "come", NOW + timedelta(days=1))
    add_mark(world.ada, "taken_back", NOW + timedelta(days=1), takes_back_id=by_mistake)
    later = NOW + KEPT_FOR + timedelta(days=10)
    assert forget_attendance(lambda: later) == 6
    assert forget_attendance(lambda: later) == 0
    days = db.session.scalars(select(AttendanceDay)).all()
    assert [(one.day, one.people) for one in days] == [(NOW.date(), 2)]
    assert db.session.scalar(select(func.count()).select_from(Attendance)) == 2
    # what a phone brings a year late is added to its day
    add_mark(world.ada, "come", NOW + timedelta(hours=1))
    assert forget_attendance(lambda: later) == 1
    assert db.session.scalars(select(AttendanceDay.people)).all() == [3]


def add_mark(who: Actor, kind: AttendanceKind, at: datetime, **said: int) -> int:
    line = Attendance(
        depot_id=who.depot_id,
        person_id=who.person_id or 0,
        kind=kind,
        at=at,
        recorded_at=at,
        **said,
    )
    with transaction() as session:
        session.add(line)
        session.flush()
        return line.id
