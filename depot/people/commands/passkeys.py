"""Passkeys of an account: kept, ended, signed in with. A comfort beside the password.

They carry no command_id: the same passkey is kept once by itself, and signing in twice is signing
in. A new password ends them all, as it ends every other way in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Forbidden, Invalid, NotFound, SignInFailed
from depot.base.names import clean_name
from depot.base.text import N_
from depot.db.database import current_session
from depot.db.transaction import transaction
from depot.kernel.once import need_own_hands
from depot.models import Membership, Passkey, Person
from depot.people.access_journal import note_failure, note_of_person
from depot.people.members import has_factor
from depot.people.passkeys import Json, MadeKey, Party, PasskeyRefused, check_signed, signing_key
from depot.people.passwords import is_password
from depot.people.sessions import SessionStart
from depot.people.tries import Try, begin_tries, forgive_tries

MOST: Final = 10


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    """A passkey as its owner sees it."""

    id: int
    name: str
    created_at: datetime
    used_at: datetime | None
    credential: str


def passkeys_of(session: Session, person_id: int) -> list[PasskeyRow]:
    """Return somebody's passkeys, the oldest first."""
    rows = session.scalars(
        select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id)
    )
    return [
        PasskeyRow(row.id, row.name, row.created_at, row.used_at, row.credential) for row in rows
    ]


def begin_passkey(actor: Actor, password: str, clock: Clock = utc_now) -> None:
    """Make sure that who wants a passkey is who they are: it opens the account from then on.

    Raises SignInFailed, TooManyTries; Forbidden on a device of the depot's own, for a program, and
    for who has no password; Invalid for who has as many as one may have.
    """
    person_id = _own(actor)
    door = Try("password", str(person_id))
    begin_tries(door, clock=clock)
    with transaction() as session:
        person = session.get_one(Person, person_id)
        if person.login is None:
            raise Forbidden()
        if not is_password(password, person.password_hash):
            raise SignInFailed(field="password")
        _need_room(session, person_id)
        forgive_tries(session, door)


def keep_passkey(actor: Actor, made: MadeKey, name: str, clock: Clock = utc_now) -> None:
    """Keep the public half of a passkey that was made. Raises Forbidden, Invalid."""
    person_id, now = _own(actor), clock()
    with transaction() as session:
        person = session.get_one(Person, person_id)
        _need_room(session, person_id)
        known = session.scalar(
            select(Passkey.id).where(Passkey.credential_id == made.credential_id)
        )
        if known is not None:
            raise PasskeyRefused(field="passkey")
        session.add(
            Passkey(
                person_id=person_id,
                credential_id=made.credential_id,
                credential=made.credential,
                sign_count=made.sign_count,
                name=clean_name(name)[:60],
                created_at=now,
            )
        )
        note_of_person(session, person, "passkey_made", now)


def end_passkey(actor: Actor, passkey_id: int, clock: Clock = utc_now) -> None:
    """Let a passkey of the actor's open nothing any more. Raises NotFound for another's."""
    person_id = _own(actor)
    with transaction() as session:
        found = session.get(Passkey, passkey_id)
        if found is None or found.person_id != person_id:
            raise NotFound(what=N_("passkey"), name=passkey_id)
        session.delete(found)
        note_of_person(session, session.get_one(Person, person_id), "passkey_ended", clock())


def end_passkeys(session: Session, person_id: int) -> None:
    """End all passkeys of somebody, in an open transaction: the password is new."""
    session.execute(delete(Passkey).where(Passkey.person_id == person_id))


def sign_in_by_passkey(
    party: Party, state: Json, answer: str, caller: str, clock: Clock = utc_now
) -> SessionStart:
    """Return whose session may begin, in the person's first depot.

    A passkey that made sure of who held it, by a finger or a PIN, is two steps in one; after
    another the second step is asked for. Raises PasskeyRefused, TooManyTries by `caller`.
    """
    door = Try("passkey", caller, shared=True)
    begin_tries(door, clock=clock)
    row = (
        current_session()
        .execute(
            select(Passkey, Person, Membership.depot_id)
            .join(Person, Person.id == Passkey.person_id)
            .join(Membership, Membership.person_id == Person.id)
            .where(Passkey.credential_id == signing_key(answer), Membership.ended_at.is_(None))
            .order_by(Membership.created_at, Membership.depot_id)
            .limit(1)
        )
        .one_or_none()
    )
    if row is None:
        raise PasskeyRefused(field="passkey")
    passkey, person, depot_id = row
    person_id, name, last = person.id, person.name, passkey.sign_count
    try:
        signed = check_signed(party, state, passkey.credential, answer)
        if signed.sign_count <= last and (signed.sign_count or last):
            raise PasskeyRefused(field="passkey")  # a copy counts on its own
    except PasskeyRefused:
        with transaction() as session:
            note_failure(session, session.get_one(Person, person_id), clock())
        raise
    with transaction() as session:
        taken = session.execute(
            update(Passkey)
            .where(Passkey.id == passkey.id, Passkey.sign_count == last)
            .values(sign_count=signed.sign_count, used_at=clock())
            .returning(Passkey.id)
        )
        if not taken.all():
            raise PasskeyRefused(field="passkey")
        forgive_tries(session, door)
        needs_code = has_factor(session, person_id) and not signed.is_verified
    return SessionStart(person_id, depot_id, name, needs_code)


def _own(actor: Actor) -> int:
    need_own_hands(actor)
    if actor.person_id is None:
        raise Forbidden()
    return actor.person_id


def _need_room(session: Session, person_id: int) -> None:
    held = session.scalar(select(func.count()).where(Passkey.person_id == person_id)) or 0
    if held >= MOST:
        raise Invalid(problem=N_("You have ten passkeys already. End one of them first."))
