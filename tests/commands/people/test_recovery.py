"""Getting in again: by a link that counts once, made by the right people, for one account."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from depot.base.actors import Actor
from depot.base.errors import (
    DepotError,
    Forbidden,
    Invalid,
    LinkExpired,
    NotFound,
    SignInFailed,
    TooManyTries,
)
from depot.base.secrets import secret_hash
from depot.db.transaction import transaction
from depot.models import MailOutbox, Person, RecoveryLink
from depot.people import queries
from depot.people.commands import access, accounts, recovery, sessions
from depot.people.devices import Device
from depot.people.queries import console_actor
from depot.people.sessions import SessionStart
from depot.people.tries import DOORS
from tests.builders import NOW, PASSWORD, SECRET_KEY, World, clock, make_invitation, make_person
from tests.current import db

NEW = "quite another password"


def link(by: Actor, whom: Actor, at: datetime = NOW) -> str:
    """Make a link to a new password and return its secret."""
    command = recovery.HelpBackIn(command_id=uuid4(), person_id=whom.person_id or 0)
    recovery.help_back_in(command, by, SECRET_KEY, lambda: at)
    return recovery.recovery_secret(SECRET_KEY, by.depot_id, command.command_id)


def lets_in(login: str, password: str) -> bool:
    try:
        accounts.sign_in(accounts.SignIn(login, password), clock)
    except SignInFailed:
        return False
    return True


def test_a_link_sets_a_new_password_once(world: World) -> None:
    secret = link(world.ada, world.ben)
    with pytest.raises(Invalid):
        recovery.recover(secret, "short", clock)
    start = recovery.recover(secret, NEW, clock)
    assert (start.person_id, start.depot_id) == (world.ben.person_id, world.north.id)
    assert lets_in("ben", NEW)
    assert not lets_in("ben", PASSWORD)
    with pytest.raises(LinkExpired):
        recovery.recover(secret, PASSWORD, clock)
    assert lets_in("ben", NEW)


def test_a_new_password_ends_sessions_and_other_links(world: World) -> None:
    key = sessions.start_session(
        SessionStart(world.ben.person_id or 0, world.north.id, "Ben"), Device(), clock
    )
    first, second = link(world.ada, world.ben), link(world.ada, world.ben)
    recovery.recover(second, NEW, clock)
    assert queries.find_session_holder(db.session(), key, world.north.id, NOW) is None
    with pytest.raises(LinkExpired):
        recovery.recover(first, PASSWORD, clock)
    third = link(world.ada, world.ben)
    accounts.change_password(world.ben, NEW, "a third one of his", clock)
    with pytest.raises(LinkExpired):
        recovery.recover(third, PASSWORD, clock)


def test_a_link_is_tried_so_often_and_another_one_is_not(world: World) -> None:
    bad, good = link(world.ada, world.ben), link(world.ada, world.ben)
    for _ in range(DOORS["recovery"].free):
        with pytest.raises(Invalid):
            recovery.recover(bad, "short", clock)
    with pytest.raises(TooManyTries):
        recovery.recover(bad, NEW, clock)
    recovery.recover(good, NEW, clock)


def test_a_link_says_whose_it_is_while_it_counts(world: World) -> None:
    def whose(secret: str, at: datetime = NOW) -> str | None:
        return queries.find_recovery(db.session(), secret_hash(secret), at)

    of_ben, unused = link(world.ada, world.ben), link(world.ada, world.ben)
    assert (whose(of_ben), whose("another")) == ("ben", None)
    assert whose(of_ben, NOW + timedelta(days=1)) is None
    recovery.recover(of_ben, NEW, clock)
    assert (whose(of_ben), whose(unused)) == (None, None)


def test_a_link_lasts_a_day(world: World) -> None:
    secret = link(world.ada, world.ben)
    with pytest.raises(LinkExpired):
        recovery.recover(secret, NEW, lambda: NOW + timedelta(days=1))
    recovery.recover(secret, NEW, lambda: NOW + timedelta(hours=23))


def test_a_link_of_somebody_whose_access_ended_opens_nothing(world: World) -> None:
    secret = link(world.ada, world.ben)
    access.end_access(
        access.EndAccess(command_id=uuid4(), person_id=world.ben.person_id or 0), world.ada, clock
    )
    with pytest.raises(LinkExpired):
        recovery.recover(secret, NEW, clock)


@pytest.mark.parametrize(
    ("by", "whom", "error"),
    [
        ("ben", "ada", Forbidden),
        ("cleo", "ben", NotFound),
        ("ada", "cleo", NotFound),
        ("ada", "ada", Invalid),
    ],
)
def test_who_makes_nobody_a_link(world: World, by: str, whom: str, error: type[DepotError]) -> None:
    with pytest.raises(error):
        link(getattr(world, by), getattr(world, whom))
    assert not db.session.scalars(select(RecoveryLink.id)).all()


def test_an_account_of_another_depot_too_is_not_opened_from_here(world: World) -> None:
    secret = make_invitation("Ben", "volunteer", world.cleo, clock)
    joining = accounts.AcceptInvitation(secret, "", "", "")
    accounts.accept_invitation(joining, signed_in=world.ben.person_id, clock=clock)
    with pytest.raises(Invalid):
        link(world.ada, world.ben)


def test_the_command_line_helps_the_last_coordinator(world: World) -> None:
    secret = link(console_actor(db.session(), "north"), world.ada)
    recovery.recover(secret, NEW, clock)
    assert lets_in("ada", NEW)


def test_the_same_form_twice_makes_one_link(world: World) -> None:
    command = recovery.HelpBackIn(command_id=uuid4(), person_id=world.ben.person_id or 0)
    outcomes = [recovery.help_back_in(command, world.ada, SECRET_KEY, clock) for _ in range(2)]
    assert [outcome.repeated for outcome in outcomes] == [False, True]
    secret = recovery.recovery_secret(SECRET_KEY, world.north.id, command.command_id)
    assert db.session.scalars(select(RecoveryLink.token_hash)).all() == [secret_hash(secret)]


def write(secret: str, depot: str) -> tuple[str, str]:
    return f"For {depot}", f"http://127.0.0.1:8000/recover/by/{secret}"


def test_a_mail_brings_the_link_to_who_signs_in_with_an_address(world: World) -> None:
    make_person("Dora@example.org", "volunteer", world.north)
    recovery.mail_recovery(" DORA@example.org", write, clock)
    mail = db.session.scalars(select(MailOutbox)).one()
    assert (mail.to_address, mail.subject) == ("dora@example.org", "For North")
    secret = mail.body.rpartition("/")[2]
    with pytest.raises(LinkExpired):
        recovery.recover(secret, NEW, lambda: NOW + timedelta(hours=1))
    recovery.recover(secret, NEW, clock)
    assert lets_in("dora@example.org", NEW)


@pytest.mark.parametrize("login", ["nobody@example.org", "ben", "", "a@b\nBcc: all@example.org"])
def test_no_mail_goes_to_who_has_no_address_here(world: World, login: str) -> None:
    recovery.mail_recovery(login, write, clock)
    assert not db.session.scalars(select(MailOutbox.id)).all()
    assert not db.session.scalars(select(RecoveryLink.id)).all()


def test_no_mail_goes_to_who_works_nowhere_any_more(world: World) -> None:
    dora = make_person("Dora@example.org", "volunteer", world.north)
    ended = access.EndAccess(command_id=uuid4(), person_id=dora.person_id or 0)
    access.end_access(ended, world.ada, clock)
    recovery.mail_recovery("dora@example.org", write, clock)
    assert not db.session.scalars(select(MailOutbox.id)).all()


def test_a_mailbox_is_not_filled(world: World) -> None:
    make_person("Dora@example.org", "volunteer", world.north)
    for _ in range(3):
        recovery.mail_recovery("dora@example.org", write, clock)
    with pytest.raises(DepotError):
        recovery.mail_recovery("dora@example.org", write, clock)
    assert len(db.session.scalars(select(MailOutbox.id)).all()) == 3
    recovery.mail_recovery("dora@example.org", write, lambda: NOW + DOORS["recovery mail"].first)
    assert len(db.session.scalars(select(MailOutbox.id)).all()) == 4


def test_a_member_is_found_by_either_name(world: World) -> None:
    session = db.session()
    assert queries.member_called(session, world.north.id, "BEN") == world.ben.person_id
    emil = make_person("Émil", "volunteer", world.north)
    with transaction() as writing:
        writing.execute(update(Person).where(Person.id == emil.person_id).values(name="Emil Ö"))
    assert queries.member_called(session, world.north.id, "Emil Ö") == emil.person_id
    with transaction() as writing:
        writing.execute(update(Person).values(name="Sam"))
    with pytest.raises(Invalid):
        queries.member_called(session, world.north.id, "Sam")
    with pytest.raises(NotFound):
        queries.member_called(session, world.north.id, "cleo")
