"""The access journal: what it tells, to whom, how often, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from depot.base.actors import Actor
from depot.base.errors import DepotError, SignInFailed
from depot.models import AccessEvent, ApiToken, Invitation
from depot.people import queries
from depot.people.access_journal import drop_old_lines, note_export
from depot.people.commands import access, accounts, recovery, sessions
from depot.people.commands.depots import SaveDepot, save_depot
from depot.people.devices import Device
from tests.builders import NOW, PASSWORD, SECRET_KEY, World, clock, make_invitation, make_token
from tests.current import db


def lines(who: Actor, since: int = 0) -> list[tuple[str, str, str]]:
    """Return the depot's journal, the oldest first: what, by whom, about whom."""
    rows = queries.access_events(db.session(), who.depot_id, None, 500)
    return [(str(row.kind), row.actor, row.subject) for row in reversed(rows)][since:]


@pytest.fixture
def before(world: World) -> int:
    """How many lines the north's journal has when a test begins."""
    return len(lines(world.ada))


def fail(login: str, times: int) -> None:
    for number in range(times):
        wrong = accounts.SignIn(login, "wrong wrong wrong", f"house {number}")
        with pytest.raises(SignInFailed):
            accounts.sign_in(wrong, clock)


def test_it_tells_what_coordinators_did(world: World, before: int) -> None:
    ben = world.ben.person_id or 0
    make_invitation("Dora", "volunteer", world.ada, clock)
    make_token("till", "coordinator", world.ada, clock)
    invitation = db.session.scalars(select(Invitation.id).where(Invitation.name == "Dora")).one()
    token = db.session.scalars(select(ApiToken.id)).one()
    for command in (
        access.RevokeInvitation(command_id=uuid4(), invitation_id=invitation),
        access.RevokeInvitation(command_id=uuid4(), invitation_id=invitation),  # nothing new
    ):
        access.revoke_invitation(command, world.ada, clock)
    access.revoke_token(access.RevokeToken(command_id=uuid4(), token_id=token), world.ada, clock)
    up = access.ChangeRole(command_id=uuid4(), person_id=ben, role="coordinator")
    for _ in range(2):  # a repeat is no second line
        access.change_role(up, world.ada, clock)
    recovery.help_back_in(
        recovery.HelpBackIn(command_id=uuid4(), person_id=ben), world.ada, SECRET_KEY, clock
    )
    access.end_access(access.EndAccess(command_id=uuid4(), person_id=ben), world.ada, clock)
    save_depot(
        SaveDepot(
            command_id=uuid4(), name="North", time_zone="UTC", week_start=1, weight_unit="kg"
        ),
        world.ada,
        clock,
    )
    note_export(world.ada, clock)
    assert lines(world.ada, before) == [
        ("invited", "Ada", "volunteer: Dora"),
        ("token_made", "Ada", "coordinator: till"),
        ("invitation_revoked", "Ada", "Dora"),
        ("token_ended", "Ada", "till"),
        ("role_changed", "Ada", "coordinator: Ben"),
        ("recovery_asked", "Ada", "Ben"),
        ("access_ended", "Ada", "Ben"),
        ("settings_saved", "Ada", ""),
        ("exported", "Ada", ""),
    ]


def test_it_tells_who_came_in_and_who_did_not(world: World, before: int) -> None:
    fail("ben", 3)
    start = accounts.sign_in(accounts.SignIn("ben", PASSWORD), clock)
    sessions.start_session(start, Device("Firefox", "Android"), clock)
    accounts.change_password(world.ben, PASSWORD, "another three words", clock)
    assert lines(world.ada, before) == [
        ("sign_in_failed", "Ben", ""),
        ("signed_in", "Ben", "Firefox, Android"),
        ("password_changed", "Ben", ""),
    ]


def test_failures_of_an_hour_are_one_line(world: World, before: int) -> None:
    fail("ben", 5)
    fail("ada", 2)
    fail("nobody", 4)
    rows = queries.access_events(db.session(), world.north.id, None, 500)[:2]
    assert {(row.actor, row.times) for row in rows} == {("Ben", 5), ("Ada", 2)}
    assert len(lines(world.ada, before)) == 2
    later = NOW + timedelta(hours=2)
    with pytest.raises(SignInFailed):
        accounts.sign_in(accounts.SignIn("ben", "wrong", "house"), lambda: later)
    assert len(lines(world.ada, before)) == 3


def test_another_depot_hears_nothing(world: World) -> None:
    souths = lines(world.cleo)
    make_token("till", "coordinator", world.ada, clock)
    fail("ben", 1)
    assert lines(world.cleo) == souths


def test_what_was_refused_is_not_told_as_done(world: World, before: int) -> None:
    for refused in (
        lambda: make_token("till", "coordinator", world.ben, clock),
        lambda: make_token(" ", "volunteer", world.ada, clock),
        lambda: accounts.change_password(world.ben, "wrong", "another three words", clock),
    ):
        with pytest.raises(DepotError):
            refused()
    assert lines(world.ada, before) == []


def test_it_holds_no_secret_and_no_address(world: World) -> None:
    secrets: Sequence[str] = (
        make_invitation("Dora", "volunteer", world.ada, clock),
        make_token("till", "volunteer", world.ada, clock),
        PASSWORD,
        "house 0",
    )
    fail("ben", 1)
    told = str(db.session.execute(select(AccessEvent.__table__)).all())
    assert not [secret for secret in secrets if secret in told]


def test_lines_are_kept_for_thirteen_months(world: World) -> None:
    note_export(world.ada, clock)
    count = select(func.count()).select_from(AccessEvent)
    drop_old_lines(lambda: NOW + timedelta(days=396))
    assert db.session.scalar(count)
    drop_old_lines(lambda: NOW + timedelta(days=398))
    assert not db.session.scalar(count)
