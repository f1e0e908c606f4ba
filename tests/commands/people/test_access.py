"""Who may work here: a command sent twice does its work once, and shows its secret again."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from depot.base.errors import CommandIdReused
from depot.base.secrets import secret_hash
from depot.models import ApiToken, Invitation, Membership
from depot.people.commands import access, accounts
from tests.builders import SECRET_KEY, World, clock, make_invitation, make_token
from tests.current import db


def invitations() -> int:
    return db.session.scalar(select(func.count()).select_from(Invitation)) or 0


def test_a_repeated_command_makes_one_invitation(world: World) -> None:
    before = invitations()
    command = access.Invite(command_id=uuid4(), name="Dora", role="volunteer")
    first = access.invite(command, world.ada, SECRET_KEY, clock)
    again = access.invite(command, world.ada, SECRET_KEY, clock)
    assert (first.repeated, again.repeated) == (False, True)
    assert first.answer == again.answer
    assert invitations() == before + 1
    secret = access.invitation_secret(SECRET_KEY, world.north.id, command.command_id)
    kept = db.session.get_one(Invitation, first.answer.id)
    assert kept.token_hash == secret_hash(secret)


def test_a_repeated_command_makes_one_token(world: World) -> None:
    command = access.CreateToken(command_id=uuid4(), name="till", role="volunteer")
    first = access.create_token(command, world.ada, SECRET_KEY, clock)
    again = access.create_token(command, world.ada, SECRET_KEY, clock)
    assert (first.repeated, again.repeated) == (False, True)
    hashes = db.session.scalars(select(ApiToken.token_hash)).all()
    token = access.token_secret(SECRET_KEY, world.north.id, command.command_id)
    assert hashes == [secret_hash(token)]


def test_the_same_id_for_something_else_is_refused(world: World) -> None:
    command_id = uuid4()
    dora = access.Invite(command_id=command_id, name="Dora", role="volunteer")
    access.invite(dora, world.ada, SECRET_KEY, clock)
    emil = access.Invite(command_id=command_id, name="Emil", role="coordinator")
    with pytest.raises(CommandIdReused):
        access.invite(emil, world.ada, SECRET_KEY, clock)


def test_secrets_differ_by_command_depot_kind_and_key(world: World) -> None:
    one, other = uuid4(), uuid4()
    north, south = world.north.id, world.south.id
    made = {
        access.invitation_secret(SECRET_KEY, north, one),
        access.invitation_secret(SECRET_KEY, north, other),
        access.invitation_secret(SECRET_KEY, south, one),
        access.invitation_secret("another key", north, one),
        access.token_secret(SECRET_KEY, north, one).removeprefix("depot_"),
    }
    assert len(made) == 5


def test_the_command_log_holds_no_secret(world: World) -> None:
    secret = make_invitation("Dora", "volunteer", world.ada, clock)
    token = make_token("till", "volunteer", world.ada, clock)
    log = str(db.session.execute(text("SELECT * FROM command_log")).all())
    assert "till" in log
    for hidden in (secret, token, secret_hash(secret), secret_hash(token)):
        assert hidden not in log


def test_a_late_repeat_ends_no_access_that_was_given_again(world: World) -> None:
    command = access.EndAccess(command_id=uuid4(), person_id=world.ben.person_id or 0)
    access.end_access(command, world.ada, clock)
    secret = make_invitation("Ben", "volunteer", world.ada, clock)
    back = accounts.AcceptInvitation(secret, "Ben", "", "")
    accounts.accept_invitation(back, signed_in=world.ben.person_id, clock=clock)
    assert access.end_access(command, world.ada, clock).repeated
    membership = db.session.get_one(Membership, (world.ben.person_id, world.north.id))
    assert membership.ended_at is None


def test_a_late_repeat_changes_no_role_that_was_changed_since(world: World) -> None:
    ben = world.ben.person_id or 0
    up = access.ChangeRole(command_id=uuid4(), person_id=ben, role="coordinator")
    down = access.ChangeRole(command_id=uuid4(), person_id=ben, role="volunteer")
    for command in (up, down, up):
        access.change_role(command, world.ada, clock)
    assert db.session.get_one(Membership, (ben, world.north.id)).role == "volunteer"
