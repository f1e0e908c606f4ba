"""Accounts: what a command itself refuses, whoever asks it past the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.errors import CommandIdReused, Forbidden, LinkExpired, NotFound
from depot.base.secrets import secret_hash
from depot.models import ApiToken, CommandLog, Invitation, Person
from depot.people import queries
from depot.people.commands import access, accounts
from tests.builders import NOW, World, clock, make_invitation, make_token
from tests.current import db

LOGINS = select(Person.login).order_by(Person.login)


def accept(secret: str, login: str) -> None:
    command = accounts.AcceptInvitation(secret, login.title(), login, "three short words")
    accounts.accept_invitation(command, clock=clock)


def test_an_invitation_makes_one_account_and_no_second(world: World) -> None:
    secret = make_invitation("Dora", "volunteer", world.ada, clock)
    accept(secret, "dora")
    with pytest.raises(LinkExpired):
        accept(secret, "dora again")
    assert db.session.scalars(LOGINS).all() == ["ada", "ben", "cleo", "dora"]


def test_a_form_whose_answer_was_lost_is_answered_again_to_who_knows_the_password(
    world: World,
) -> None:
    secret = make_invitation("Dora", "volunteer", world.ada, clock)
    sent = accounts.AcceptInvitation(secret, "Dora", "dora", "three short words")
    first = accounts.accept_invitation(sent, clock=clock)
    assert accounts.accept_invitation(sent, clock=clock) == first
    assert db.session.scalars(LOGINS).all() == ["ada", "ben", "cleo", "dora"]
    with pytest.raises(LinkExpired):
        accounts.accept_invitation(replace(sent, password="three other words"), clock=clock)
    with pytest.raises(CommandIdReused):
        accounts.accept_invitation(replace(sent, login="eve"), clock=clock)
    kept = db.session.scalars(
        select(CommandLog).where(CommandLog.command_id == str(sent.command_id))
    )
    (row,) = kept.all()
    assert "ora" not in row.answer


def test_an_invitation_that_was_used_brings_nobody_else_in(world: World) -> None:
    """Somebody with an account only joins by it, which is once as well."""
    secret = make_invitation("Dora", "coordinator", world.ada, clock)
    accept(secret, "dora")
    command = accounts.AcceptInvitation(secret, "", "", "")
    with pytest.raises(LinkExpired):
        accounts.accept_invitation(command, signed_in=world.cleo.person_id, clock=clock)


def test_an_invitation_ends_with_its_week_or_when_it_is_taken_back(world: World) -> None:
    late, revoked = (make_invitation(name, "volunteer", world.ada, clock) for name in "AB")
    command = accounts.AcceptInvitation(late, "A", "a", "three short words")
    with pytest.raises(LinkExpired):
        accounts.accept_invitation(command, clock=lambda: NOW + timedelta(days=7))
    number = db.session.scalars(select(Invitation.id).where(Invitation.name == "B")).one()
    access.revoke_invitation(
        access.RevokeInvitation(command_id=uuid4(), invitation_id=number), world.ada, clock
    )
    with pytest.raises(LinkExpired):
        accept(revoked, "b")


def test_an_invitation_says_who_is_asked_to_which_depot_while_it_counts(world: World) -> None:
    def offered(secret: str, at: datetime = NOW) -> queries.InvitationView | None:
        return queries.find_invitation(db.session(), secret_hash(secret), at)

    secret = make_invitation("Dora", "volunteer", world.ada, clock)
    assert offered(secret) == queries.InvitationView("North", "Dora", "volunteer")
    assert offered("another") is None
    assert offered(secret, NOW + timedelta(days=7)) is None
    accept(secret, "dora")
    assert offered(secret) is None


@pytest.fixture
def token_id(world: World) -> int:
    make_token("till", "volunteer", world.ada, clock)
    return db.session.scalars(select(ApiToken.id).where(ApiToken.name == "till")).one()


def test_a_token_is_ended_by_a_coordinator_of_its_depot_only(world: World, token_id: int) -> None:
    command = access.RevokeToken(command_id=uuid4(), token_id=token_id)
    with pytest.raises(Forbidden):
        access.revoke_token(command, world.ben, clock)
    with pytest.raises(NotFound):
        access.revoke_token(command, world.cleo, clock)
    assert db.session.get_one(ApiToken, token_id).revoked_at is None
    access.revoke_token(command, world.ada, clock)
    assert db.session.get_one(ApiToken, token_id).revoked_at == NOW


def test_a_volunteer_makes_no_token_and_asks_nobody_in(world: World) -> None:
    with pytest.raises(Forbidden):
        make_token("till", "volunteer", world.ben, clock)
    with pytest.raises(Forbidden):
        make_invitation("Dora", "volunteer", world.ben, clock)
