"""Wrong passwords: each caller waits for its own, and nobody keeps somebody else out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from depot.base.errors import Invalid, SignInFailed, TooManyTries
from depot.db.database import current_database, use
from depot.models import FailedTry
from depot.people.commands import accounts
from depot.people.tries import DOORS, Try, begin_tries, drop_old_tries
from tests.builders import NOW, PASSWORD, World, clock, make_invitation
from tests.current import db

FREE = DOORS["sign-in"].free


def sign_in(
    login: str, password: str, caller: str = "house", known: bool = False, at: datetime = NOW
) -> str:
    """Return how a sign-in ends."""
    command = accounts.SignIn(login, password, caller, known)
    try:
        return accounts.sign_in(command, lambda: at).name
    except (SignInFailed, TooManyTries) as error:
        return type(error).__name__


def fail(login: str, times: int, caller: str = "house", known: bool = False) -> list[str]:
    return [sign_in(login, "wrong wrong wrong", caller, known) for _ in range(times)]


def test_after_some_failures_a_caller_waits_even_with_the_right_password(world: World) -> None:
    assert fail("ben", FREE + 1) == ["SignInFailed"] * FREE + ["TooManyTries"]
    assert sign_in("ben", PASSWORD) == "TooManyTries"
    later = NOW + timedelta(seconds=30)
    assert sign_in("ben", PASSWORD, at=later) == "Ben"


def test_each_further_failure_doubles_the_wait_and_being_refused_does_not(world: World) -> None:
    fail("ben", FREE + 20)
    now = NOW + timedelta(seconds=30)
    assert sign_in("ben", "wrong", at=now) == "SignInFailed"
    assert sign_in("ben", PASSWORD, at=now + timedelta(seconds=59)) == "TooManyTries"
    assert sign_in("ben", PASSWORD, at=now + timedelta(seconds=60)) == "Ben"


def test_nobody_is_locked_out_by_their_name(world: World) -> None:
    for house in range(20):
        fail("ben", FREE + 1, caller=f"house {house}")
    assert sign_in("ben", PASSWORD, "another house") == "Ben"


def test_a_device_that_is_known_is_not_kept_out_by_its_house(world: World) -> None:
    for login in ("ben", "ada", *map(str, range(60))):
        fail(login, FREE + 1)
    assert sign_in("ben", PASSWORD) == "TooManyTries"
    assert sign_in("ben", PASSWORD, "device 1", known=True) == "Ben"


def test_a_stolen_device_waits_as_well(world: World) -> None:
    fail("ben", FREE, "device 1", known=True)
    assert sign_in("ben", PASSWORD, "device 1", known=True) == "TooManyTries"
    assert sign_in("ben", PASSWORD, "device 2", known=True) == "Ben"


def test_an_address_that_tries_many_names_waits_and_soon_may_again(world: World) -> None:
    many = DOORS["address"].free
    ends = [fail(f"name {number}", 1)[0] for number in range(many + 1)]
    assert ends == ["SignInFailed"] * many + ["TooManyTries"]
    assert sign_in("ben", PASSWORD, at=NOW + timedelta(minutes=1)) == "Ben"


def test_who_comes_in_is_forgiven(world: World) -> None:
    for _ in range(3):
        fail("ben", FREE - 1)
        assert sign_in("ben", PASSWORD) == "Ben"
    assert sign_in("Ben ", PASSWORD) == "Ben"


def test_right_passwords_of_a_whole_house_never_wait(world: World) -> None:
    assert {sign_in("ben", PASSWORD) for _ in range(DOORS["address"].free + 5)} == {"Ben"}


def test_after_a_day_all_is_forgotten(world: World) -> None:
    fail("ben", FREE - 1)
    after = NOW + timedelta(days=1, seconds=1)
    for _ in range(FREE - 1):
        assert sign_in("ben", "wrong", at=after) == "SignInFailed"
    assert sign_in("ben", PASSWORD, at=after) == "Ben"


def test_a_clock_that_jumps_back_shuts_no_door(world: World) -> None:
    fail("ben", FREE)
    assert sign_in("ben", PASSWORD, at=NOW - timedelta(days=400)) == "Ben"


def test_what_is_kept_names_nobody(world: World) -> None:
    fail("ben", 1, "192.0.2.7")
    kept = str(db.session.execute(select(FailedTry.door, FailedTry.caller_hash)).all())
    assert "ben" not in kept
    assert "192.0.2" not in kept


def test_tries_at_one_moment_are_all_counted(world: World) -> None:
    database, together = current_database(), Barrier(4, timeout=60)
    door = Try("code", "somebody")

    def once(_: int) -> int:
        together.wait()
        with use(database):
            begin_tries(door, clock=clock)
        return 1

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(once, range(4))) == 4
    db.session.remove()
    assert db.session.scalars(select(FailedTry.failures)).all() == [4]


def test_a_link_is_tried_so_often_and_another_one_is_not(world: World) -> None:
    bad, good = (make_invitation(name, "volunteer", world.ada, clock) for name in ("A", "B"))

    def accept(secret: str, password: str) -> None:
        command = accounts.AcceptInvitation(secret, "Dora", "dora", password)
        accounts.accept_invitation(command, clock=clock)

    for _ in range(DOORS["join"].free):
        with pytest.raises(Invalid):
            accept(bad, "short")
    with pytest.raises(TooManyTries):
        accept(bad, "three short words")
    accept(good, "three short words")


def test_passwords_are_changed_so_often(world: World) -> None:
    """Who finds a phone that is signed in has some tries at the old password, not thousands."""
    for _ in range(DOORS["password"].free):
        with pytest.raises(SignInFailed):
            accounts.change_password(world.ben, "wrong wrong", "another three words", clock)
    with pytest.raises(TooManyTries):
        accounts.change_password(world.ben, PASSWORD, "another three words", clock)
    accounts.change_password(world.ada, PASSWORD, "another three words", clock)
    later = NOW + DOORS["password"].first
    accounts.change_password(world.ben, PASSWORD, "another three words", lambda: later)


def test_rows_do_not_stay(world: World) -> None:
    fail("ben", FREE)
    fail("ada", 1)
    before = db.session.scalar(select(func.count()).select_from(FailedTry))
    drop_old_tries(lambda: NOW + timedelta(minutes=59))
    assert db.session.scalar(select(func.count()).select_from(FailedTry)) == before
    drop_old_tries(lambda: NOW + timedelta(hours=2))
    assert sign_in("ben", PASSWORD, at=NOW) == "TooManyTries"
    drop_old_tries(lambda: NOW + timedelta(days=2))
    assert db.session.scalar(select(func.count()).select_from(FailedTry)) == 0
