"""Accounts: invitations, signing in, ending access, API tokens.

These change no stock. They carry no command_id where doing them twice is the same as once, or
where a second one is harmless and visible (an invitation, a token).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, LinkExpired, NameTaken, NotFound, SignInFailed
from depot.base.names import clean_name
from depot.base.secrets import secret_hash
from depot.base.text import N_
from depot.db.database import current_session
from depot.db.transaction import transaction
from depot.kernel.once import need_coordinator
from depot.models import ApiToken, Depot, Invitation, Membership, Person, ReportShare

#: OWASP's second recommendation (2023) for argon2id: 19 MiB, two passes, one lane; it keeps an
#: old laptop's sign-in under a tenth of a second and the memory of many at once small.
HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
INVITATION_LASTS: Final = timedelta(days=7)
MIN_PASSWORD: Final = 10
MAX_PASSWORD: Final = 200
ROLES: Final = ("volunteer", "coordinator")


@dataclass(frozen=True, slots=True)
class Invite:
    """Ask somebody to join the actor's depot."""

    name: str
    role: str


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


@cache
def _nobody() -> str:
    """Return what is checked when nobody has that name, so that it takes as long as for a real one.

    Made at the first need: most commands of the command line never sign anybody in.
    """
    return HASHER.hash(secrets.token_hex(16))


def login_key(login: str) -> str:
    """Return the form in which a sign-in name is kept and compared."""
    return clean_name(login).casefold()


def invite(command: Invite, actor: Actor, clock: Clock = utc_now) -> str:
    """Make an invitation to the actor's depot and return the secret of its link, shown once.

    It lasts seven days and counts once. Raises Forbidden for a volunteer.
    """
    need_coordinator(actor)
    if command.role not in ROLES:
        raise Invalid(field="role", problem=N_("Choose volunteer or coordinator."))
    secret = secrets.token_urlsafe(24)
    with transaction() as session:
        session.add(
            Invitation(
                depot_id=actor.depot_id,
                name=clean_name(command.name),
                role=command.role,
                token_hash=secret_hash(secret),
                created_by_id=actor.person_id,
                created_at=clock(),
                expires_at=clock() + INVITATION_LASTS,
            )
        )
    return secret


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
            person = _new_person(session, command, clock)
        else:
            person = session.get_one(Person, signed_in)
        _join(session, person.id, invitation, clock)
        return SessionStart(person.id, person.session_version, invitation.depot_id, person.name)


def _new_person(session: Session, command: AcceptInvitation, clock: Clock) -> Person:
    login = login_key(command.login)
    _check_password(command.password, login)
    if session.scalar(select(Person.id).where(Person.login == login)):
        raise NameTaken(field="login", name=command.login)
    person = Person(
        login=login,
        name=clean_name(command.name),
        password_hash=HASHER.hash(command.password),
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
    try:
        HASHER.verify(row[0].password_hash if row else _nobody(), command.password[:MAX_PASSWORD])
    except (Argon2Error, InvalidHashError) as error:
        raise SignInFailed(field="password") from error
    if row is None or row[1] is None:
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
        try:
            HASHER.verify(person.password_hash, old[:MAX_PASSWORD])
        except (Argon2Error, InvalidHashError) as error:
            raise SignInFailed(field="old_password") from error
        _check_password(new, person.login)
        person.password_hash = HASHER.hash(new)
        person.session_version += 1
        return SessionStart(person.id, person.session_version, actor.depot_id, person.name)


def end_access(person_id: int, actor: Actor, clock: Clock = utc_now) -> None:
    """End somebody's access to the actor's depot, now, on every phone.

    Tokens, open invitations and links to reports that they made end too: they may know them by
    heart. Raises
    Forbidden for a volunteer, NotFound for somebody who is not in the depot, Invalid for the last
    coordinator.
    """
    need_coordinator(actor)
    with transaction() as session:
        membership = _member(session, person_id, actor)
        if membership.role == "coordinator":
            _keep_one_coordinator(session, actor.depot_id)
        membership.ended_at = clock()
        _take_back(session, membership, clock)


def change_role(person_id: int, role: str, actor: Actor, clock: Clock = utc_now) -> None:
    """Make a member volunteer or coordinator. Raises as `end_access` does.

    What somebody made as a coordinator, tokens and open invitations, ends with being one.
    """
    need_coordinator(actor)
    if role not in ROLES:
        raise Invalid(field="role", problem=N_("Choose volunteer or coordinator."))
    with transaction() as session:
        membership = _member(session, person_id, actor)
        if membership.role == "coordinator" and role != "coordinator":
            _keep_one_coordinator(session, actor.depot_id)
            _take_back(session, membership, clock)
        membership.role = role


def _take_back(session: Session, of: Membership, clock: Clock) -> None:
    """End the tokens, open invitations and links to reports of the depot that the member made."""
    for made in (ApiToken, Invitation, ReportShare):
        session.execute(
            update(made)
            .where(
                made.created_by_id == of.person_id,
                made.depot_id == of.depot_id,
                made.revoked_at.is_(None),
            )
            .values(revoked_at=clock())
        )


def _member(session: Session, person_id: int, actor: Actor) -> Membership:
    found = session.scalar(
        select(Membership).where(
            Membership.person_id == person_id,
            Membership.depot_id == actor.depot_id,
            Membership.ended_at.is_(None),
        )
    )
    if found is None:
        raise NotFound(what=N_("person"), name=person_id)
    return found


def _keep_one_coordinator(session: Session, depot_id: int) -> None:
    # locked, so that two coordinators cannot remove each other at the same moment
    session.execute(select(Depot.id).where(Depot.id == depot_id).with_for_update())
    coordinators = session.scalar(
        select(func.count()).where(
            Membership.depot_id == depot_id,
            Membership.role == "coordinator",
            Membership.ended_at.is_(None),
        )
    )
    if coordinators == 1:
        raise Invalid(problem=N_("A depot needs a coordinator. Make somebody else one first."))


def revoke_invitation(invitation_id: int, actor: Actor, clock: Clock = utc_now) -> None:
    """Make an invitation of the actor's depot useless. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    with transaction() as session:
        found = session.scalar(
            select(Invitation).where(
                Invitation.id == invitation_id, Invitation.depot_id == actor.depot_id
            )
        )
        if found is None:
            raise NotFound(what=N_("invitation"), name=invitation_id)
        found.revoked_at = found.revoked_at or clock()


def create_token(name: str, role: str, actor: Actor, clock: Clock = utc_now) -> str:
    """Make an API token for the actor's depot and return it; it is shown this once only."""
    need_coordinator(actor)
    if role not in ROLES:
        raise Invalid(field="role", problem=N_("Choose volunteer or coordinator."))
    if not clean_name(name):
        raise Invalid(field="name", problem=N_("Say what the token is for."))
    token = f"depot_{secrets.token_urlsafe(32)}"
    with transaction() as session:
        session.add(
            ApiToken(
                depot_id=actor.depot_id,
                name=clean_name(name),
                role=role,
                token_hash=secret_hash(token),
                created_by_id=actor.person_id,
                created_at=clock(),
            )
        )
    return token


def revoke_token(token_id: int, actor: Actor, clock: Clock = utc_now) -> None:
    """End an API token of the actor's depot at once. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    with transaction() as session:
        found = session.scalar(
            select(ApiToken).where(ApiToken.id == token_id, ApiToken.depot_id == actor.depot_id)
        )
        if found is None:
            raise NotFound(what=N_("token"), name=token_id)
        found.revoked_at = found.revoked_at or clock()
