"""Sessions: the database says whether one counts, and everybody ends only their own."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from depot.base.actors import Actor
from depot.base.errors import NotFound
from depot.models import PersonSession
from depot.people import queries
from depot.people.commands import accounts, sessions
from depot.people.devices import Device
from depot.people.sessions import SessionStart
from tests.builders import NOW, PASSWORD, World, clock
from tests.current import db

PHONE = Device("Firefox", "Android")
HOUR = timedelta(hours=1)


def begin(who: Actor, at: datetime = NOW) -> str:
    """Sign somebody in and return the key of the session."""
    start = SessionStart(who.person_id or 0, who.depot_id, who.name)
    return sessions.start_session(start, PHONE, lambda: at)


def held(key: str, who: Actor, at: datetime = NOW) -> queries.SessionHolder | None:
    db.session.expire_all()
    return queries.find_session_holder(db.session(), key, who.depot_id, at)


def number(key: str, who: Actor) -> int:
    found = held(key, who)
    assert found is not None
    return found.session_id


def test_a_session_counts_by_its_key_alone_and_in_the_persons_depots(world: World) -> None:
    key = begin(world.ben)
    found = held(key, world.ben)
    assert found is not None
    assert found.actor.person_id == world.ben.person_id
    assert held(key, world.cleo) is None  # the south is no depot of Ben's
    assert held("another key", world.ben) is None
    kept = db.session.scalars(select(PersonSession.key_hash)).one()
    assert key not in kept


def test_signing_out_ends_the_session_wherever_its_cookie_was_copied_to(world: World) -> None:
    phone, tablet = begin(world.ben), begin(world.ben)
    sessions.sign_out(world.ben.person_id or 0, number(phone, world.ben), clock)
    assert held(phone, world.ben) is None
    assert held(tablet, world.ben) is not None


def test_one_is_ended_or_all_others(world: World) -> None:
    first, second, third = begin(world.ben), begin(world.ben), begin(world.ben)
    mine = world.ben.person_id or 0
    sessions.end_session(mine, number(first, world.ben), clock)
    assert [held(key, world.ben) is not None for key in (first, second, third)] == [
        False,
        True,
        True,
    ]
    sessions.sign_out_everywhere(mine, keep=number(third, world.ben), clock=clock)
    assert [held(key, world.ben) is not None for key in (second, third)] == [False, True]
    sessions.sign_out_everywhere(mine, clock=clock)
    assert held(third, world.ben) is None


def test_nobody_ends_somebody_elses(world: World) -> None:
    bens, cleos = begin(world.ben), begin(world.cleo)
    for other in (world.ada, world.cleo):  # not even who coordinates the depot: they end access
        with pytest.raises(NotFound):
            sessions.end_session(other.person_id or 0, number(bens, world.ben), clock)
    sessions.sign_out(world.ada.person_id or 0, number(bens, world.ben), clock)
    sessions.sign_out_everywhere(world.ada.person_id or 0, clock=clock)
    assert held(bens, world.ben) is not None
    assert held(cleos, world.cleo) is not None


@pytest.mark.parametrize(("login", "days"), [("ben", 30), ("ada", 14)])
def test_a_session_that_lies_unused_is_over(world: World, login: str, days: int) -> None:
    who = {"ada": world.ada, "ben": world.ben}[login]
    key = begin(who)
    assert held(key, who, NOW + timedelta(days=days)) is not None
    assert held(key, who, NOW + timedelta(days=days, seconds=1)) is None


def test_use_keeps_a_session_but_not_for_ever(world: World) -> None:
    key = begin(world.ada)
    mine, day = number(key, world.ada), NOW
    for _ in range(18):
        day += timedelta(days=10)
        assert held(key, world.ada, day) is not None
        sessions.note_seen(mine, day)
    assert held(key, world.ada, day + HOUR) is None  # 180 days after signing in


def test_a_new_password_ends_every_session(world: World) -> None:
    key = begin(world.ben)
    accounts.change_password(world.ben, PASSWORD, "another three words", clock)
    assert held(key, world.ben) is None


def test_rows_of_sessions_do_not_stay(world: World) -> None:
    old, new = begin(world.ben), begin(world.ben, NOW + timedelta(days=179))
    sessions.sign_out(world.ben.person_id or 0, number(old, world.ben), clock)
    sessions.drop_old_sessions(lambda: NOW + timedelta(days=2))
    assert db.session.scalar(select(func.count()).select_from(PersonSession)) == 1
    assert held(new, world.ben, NOW + timedelta(days=180)) is not None
