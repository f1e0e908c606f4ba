"""Accounts: taking up an invitation, signing in, passwords.

These carry no command_id. Three of them hold a password, which belongs into no fingerprint and no
log: an invitation counts once by itself, signing in writes nothing, and a repeated change of
password finds the old one wrong. Signing out everywhere twice is the same as once. What
coordinators do is in `access.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, LinkExpired, NameTaken, SignInFailed
from depot.base.names import clean_name, looks, name_key, need_one_alphabet
from depot.base.secrets import secret_hash
from depot.base.text import N_
from depot.db.database import current_session
from depot.db.transaction import transaction
from depot.models import Invitation, Membership, Person
from depot.people.passwords import MAX_PASSWORD, MIN_PASSWORD, hash_password, is_password


@dataclass(frozen=True, slots=True)
class AcceptInvitation:
    """Make the account an invitation offers; `token` is the secret part of its link."""

    token: str
    name: str
    login: str
    password: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """A name and a password, as typed."""

    login: str
    password: str


@dataclass(frozen=True, slots=True)
class SessionStart:
    """What a session cookie must say of a person who signed in."""

    person_id: int
    session_version: int
    depot_id: int
    name: str


def login_key(login: str) -> str:
    """Return the form in which a sign-in name is kept and compared."""
    return clean_name(login).casefold()


def accept_invitation(
    command: AcceptInvitation, signed_in: int | None = None, clock: Clock = utc_now
) -> SessionStart:
    """Make the account (or, for `signed_in`, only the membership) and use the invitation up.

    Raises LinkExpired, NameTaken for a sign-in name in use, Invalid for a poor password.
    """
    now = clock()
    with transaction() as session:
        invitation = session.scalar(
            select(Invitation)
            .where(Invitation.token_hash == secret_hash(command.token))
            .with_for_update()
        )
        if (
            invitation is None
            or invitation.used_at is not None
            or invitation.revoked_at is not None
            or invitation.expires_at <= now
        ):
            raise LinkExpired()
        invitation.used_at = now
        if signed_in is None:
            person = _new_person(session, command, invitation.depot_id, clock)
        else:
            person = session.get_one(Person, signed_in)
        _join(session, person.id, invitation, clock)
        return SessionStart(person.id, person.session_version, invitation.depot_id, person.name)


def _need_own_look(session: Session, name: str, depot_id: int) -> None:
    """Raise NameTaken for a name that looks like a colleague's and is written in other letters.

    Two people may bear the same name; one that only looks the same is somebody pretending.
    """
    colleagues = session.scalars(
        select(Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.depot_id == depot_id)
    )
    key, look = name_key(name), looks(name)
    if any(looks(other) == look and name_key(other) != key for other in colleagues):
        raise NameTaken(field="name", name=name)


def _new_person(session: Session, command: AcceptInvitation, depot_id: int, clock: Clock) -> Person:
    login = login_key(command.login)
    name = clean_name(command.name)
    need_one_alphabet(name)
    need_one_alphabet(login, "login")
    _need_own_look(session, name, depot_id)
    _check_password(command.password, login)
    if session.scalar(select(Person.id).where(Person.login == login)):
        raise NameTaken(field="login", name=command.login)
    person = Person(
        login=login,
        name=name,
        password_hash=hash_password(command.password),
        session_version=1,
        created_at=clock(),
    )
    session.add(person)
    session.flush()
    return person


def _check_password(password: str, login: str) -> None:
    if len(password) < MIN_PASSWORD:
        raise Invalid(
            field="password", problem=N_("Take at least ten characters: three words do well.")
        )
    if len(password) > MAX_PASSWORD or password.casefold() == login:
        raise Invalid(field="password", problem=N_("Take another password, please."))


def _join(session: Session, person_id: int, invitation: Invitation, clock: Clock) -> None:
    known = session.get(Membership, (person_id, invitation.depot_id))
    if known is None:
        session.add(
            Membership(
                person_id=person_id,
                depot_id=invitation.depot_id,
                role=invitation.role,
                created_at=clock(),
            )
        )
        return
    known.role, known.ended_at = invitation.role, None


def sign_in(command: SignIn) -> SessionStart:
    """Check name and password; return the session of the person's first depot.

    Raises SignInFailed, in the same time whether the name exists or not.
    """
    session = current_session()
    row = session.execute(
        select(Person, Membership.depot_id)
        .outerjoin(Membership, (Membership.person_id == Person.id) & Membership.ended_at.is_(None))
        .where(Person.login == login_key(command.login))
        .order_by(Membership.created_at, Membership.depot_id)
        .limit(1)
    ).one_or_none()
    is_right = is_password(command.password, row[0].password_hash if row else None)
    if row is None or row[1] is None or not is_right:
        raise SignInFailed(field="password")
    person = row[0]
    return SessionStart(person.id, person.session_version, row[1], person.name)


def sign_out_everywhere(person_id: int) -> None:
    """End every session of the person, on every phone, at once."""
    with transaction() as session:
        session.execute(
            update(Person)
            .where(Person.id == person_id)
            .values(session_version=Person.session_version + 1)
        )


def change_password(actor: Actor, old: str, new: str) -> SessionStart:
    """Set a new password and end all other sessions. Raises SignInFailed for a wrong old one."""
    with transaction() as session:
        person = session.get_one(Person, actor.person_id)
        if not is_password(old, person.password_hash):
            raise SignInFailed(field="old_password")
        _check_password(new, person.login)
        person.password_hash = hash_password(new)
        person.session_version += 1
        return SessionStart(person.id, person.session_version, actor.depot_id, person.name)
