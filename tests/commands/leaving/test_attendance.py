"""Who was where becomes how many were there, by itself, after thirteen months."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from depot.db.transaction import transaction
from depot.leaving.round import KEPT_FOR, forget_attendance
from depot.models import Assignment
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
