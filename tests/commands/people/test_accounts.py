"""Accounts: what a command itself refuses, whoever asks it past the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from depot.base.errors import Forbidden, LinkExpired, NotFound
from depot.models import ApiToken, Invitation, Person
from depot.people.commands import accounts
from tests.builders import NOW, World, clock
from tests.current import db

LOGINS = select(Person.login).order_by(Person.login)


def accept(secret: str, login: str) -> None:
    command = accounts.AcceptInvitation(secret, login.title(), login, "three short words")
    accounts.accept_invitation(command, clock=clock)


def test_an_invitation_makes_one_account_and_no_second(world: World) -> None:
    secret = accounts.invite(accounts.Invite("Dora", "volunteer"), world.ada, clock)
    accept(secret, "dora")
    with pytest.raises(LinkExpired):
        accept(secret, "dora again")
    assert db.session.scalars(LOGINS).all() == ["ada", "ben", "cleo", "dora"]


def test_an_invitation_that_was_used_brings_nobody_else_in(world: World) -> None:
    """Somebody with an account only joins by it, which is once as well."""
    secret = accounts.invite(accounts.Invite("Dora", "coordinator"), world.ada, clock)
    accept(secret, "dora")
    command = accounts.AcceptInvitation(secret, "", "", "")
    with pytest.raises(LinkExpired):
        accounts.accept_invitation(command, signed_in=world.cleo.person_id, clock=clock)


def test_an_invitation_ends_with_its_week_or_when_it_is_taken_back(world: World) -> None:
    late, revoked = (
        accounts.invite(accounts.Invite(name, "volunteer"), world.ada, clock) for name in "AB"
    )
    command = accounts.AcceptInvitation(late, "A", "a", "three short words")
    with pytest.raises(LinkExpired):
        accounts.accept_invitation(command, clock=lambda: NOW + timedelta(days=7))
    number = db.session.scalars(select(Invitation.id).where(Invitation.name == "B")).one()
    accounts.revoke_invitation(number, world.ada, clock)
    with pytest.raises(LinkExpired):
        accept(revoked, "b")


@pytest.fixture
def token_id(world: World) -> int:
    accounts.create_token("till", "volunteer", world.ada, clock)
    return db.session.scalars(select(ApiToken.id).where(ApiToken.name == "till")).one()


def test_a_token_is_ended_by_a_coordinator_of_its_depot_only(world: World, token_id: int) -> None:
    with pytest.raises(Forbidden):
        accounts.revoke_token(token_id, world.ben, clock)
    with pytest.raises(NotFound):
        accounts.revoke_token(token_id, world.cleo, clock)
    assert db.session.get_one(ApiToken, token_id).revoked_at is None
    accounts.revoke_token(token_id, world.ada, clock)
    assert db.session.get_one(ApiToken, token_id).revoked_at == NOW


def test_a_volunteer_makes_no_token_and_asks_nobody_in(world: World) -> None:
    with pytest.raises(Forbidden):
        accounts.create_token("till", "volunteer", world.ben, clock)
    with pytest.raises(Forbidden):
        accounts.invite(accounts.Invite("Dora", "volunteer"), world.ben, clock)
