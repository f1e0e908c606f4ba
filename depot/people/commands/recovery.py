"""Getting in again without the password: by a link that counts once.

A coordinator makes it for a member, a mail brings it to who signs in with an address, and the
command line makes it for the last coordinator. A second step is still asked for.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, LinkExpired
from depot.base.secrets import command_secret, secret_hash
from depot.base.text import N_
from depot.db.transaction import transaction
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.mail.addresses import clean_address
from depot.mail.commands.queue import Letter, put_in_outbox
from depot.models import Depot, Person, RecoveryLink
from depot.people.access_journal import depots_of, note, note_of_person
from depot.people.commands.passkeys import end_passkeys
from depot.people.login import login_key
from depot.people.members import depot_name, end_links, has_factor, need_other_member
from depot.people.passwords import check_password, hash_password
from depot.people.sessions import SessionStart, end_sessions
from depot.people.tries import Try, begin_tries, forgive_tries

#: A link that is handed over in person, and one that lies in a mailbox.
LASTS: Final = timedelta(days=1)
MAILED_LASTS: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpBackIn:
    """A member of the actor's depot has forgotten the password."""

    command_id: UUID
    person_id: int


def recovery_secret(secret_key: str, depot_id: int, command_id: UUID) -> str:
    """Return the secret of the link that a `HelpBackIn` makes: the same for the same command."""
    return command_secret(secret_key, "recovery", depot_id, command_id)


def help_back_in(
    command: HelpBackIn, actor: Actor, secret_key: str, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Make a link by which a member sets a new password; `recovery_secret` is its secret.

    It lasts a day and counts once. Raises Forbidden, NotFound, Invalid as `need_other_member` does.
    """
    need_coordinator(actor)
    secret = recovery_secret(secret_key, actor.depot_id, command.command_id)
    return run_once(command, actor, clock, lambda asked, work: _help(asked, work, secret), SavedId)


def _help(command: HelpBackIn, work: Work, secret: str) -> SavedId:
    person = need_other_member(work.session, work.actor, command.person_id)
    if person.login is None:
        raise Invalid(problem=N_("They have no password yet: a name on a phone is all they need."))
    _put_link(work.session, person.id, work.depot_id, secret, work.recorded_at, LASTS)
    note(work, "recovery_asked", person.name, person.id)
    return SavedId(id=person.id)


#: Writes the mail that brings a link: given its secret and the depot's name.
Writer = Callable[[str, str], tuple[str, str]]


def mail_recovery(login: str, write: Writer, clock: Clock = utc_now) -> None:
    """Queue a mail with a link to who signs in with that address; do nothing if nobody does.

    Who asks is told the same in either case. Raises TooManyTries.
    """
    begin_tries(Try("recovery mail", login_key(login)), clock=clock)
    now, secret = clock(), secrets.token_urlsafe(32)
    with transaction() as session:
        person = session.scalar(select(Person).where(Person.login == login_key(login)))
        depots = depots_of(session, person.id) if person else ()
        login_known = person.login if person else None
        if person is None or not depots or login_known is None or not _is_address(login_known):
            return
        depot = session.get_one(Depot, depots[0])
        subject, text = write(secret, depot.name)
        letter = Letter(to=login_known, subject=subject, text=text)
        put_in_outbox(session, depot.id, letter, now)
        _put_link(session, person.id, depot.id, secret, now, MAILED_LASTS)
        note_of_person(session, person, "recovery_asked", now)


def _is_address(login: str) -> bool:
    try:
        return bool(clean_address(login, "login"))
    except Invalid:
        return False


def _put_link(
    session: Session,
    person_id: int,
    depot_id: int,
    secret: str,
    now: datetime,
    lasts: timedelta,
) -> None:
    session.add(
        RecoveryLink(
            person_id=person_id,
            depot_id=depot_id,
            token_hash=secret_hash(secret),
            created_at=now,
            expires_at=now + lasts,
        )
    )


def recover(token: str, password: str, clock: Clock = utc_now) -> SessionStart:
    """Set the new password and use the link up; every session and other link of theirs ends.

    Raises LinkExpired, Invalid for a poor password, TooManyTries.
    """
    door = Try("recovery", token)
    begin_tries(door, clock=clock)
    now = clock()
    with transaction() as session:
        link = session.scalar(
            select(RecoveryLink)
            .where(
                RecoveryLink.token_hash == secret_hash(token),
                RecoveryLink.ended_at.is_(None),
                RecoveryLink.expires_at > now,
            )
            .with_for_update()
        )
        depots = depots_of(session, link.person_id) if link else ()
        if link is None or not depots:
            raise LinkExpired()
        person = session.get_one(Person, link.person_id)
        depot_id = link.depot_id if link.depot_id in depots else depots[0]
        check_password(password, (person.login or "", person.name, depot_name(session, depot_id)))
        person.password_hash = hash_password(password)
        end_links(session, person.id, now)
        end_sessions(session, person.id, now)
        end_passkeys(session, person.id)
        note_of_person(session, person, "password_recovered", now)
        start = SessionStart(person.id, depot_id, person.name, has_factor(session, person.id))
        forgive_tries(session, door)
    return start
