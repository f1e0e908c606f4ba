"""Who may work where: sessions and tokens looked up in one statement each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from depot.base.actors import CONSOLE, Actor, DepotView, OwnDevice
from depot.base.errors import Invalid, NotFound
from depot.base.kinds import AccessKind
from depot.base.names import clean_name
from depot.base.secrets import secret_hash
from depot.base.text import N_
from depot.models import (
    AccessEvent,
    ApiToken,
    Depot,
    DepotDevice,
    Invitation,
    Membership,
    Person,
    PersonSession,
    RecoveryCode,
    RecoveryLink,
    SecondFactor,
)
from depot.people.login import login_key
from depot.people.sessions import SEEN_EVERY, is_left, is_over


@dataclass(frozen=True, slots=True)
class SessionHolder:
    """A signed-in person in the depot they work in now."""

    actor: Actor
    session_id: int
    seen_at: datetime
    #: They coordinate, and work as a volunteer until they have the second step that is asked for.
    lacks_factor: bool = False
    #: What they chose to read; empty: nothing.
    language: str = ""

    @property
    def seen_every(self) -> timedelta:
        """How often it is written down that it is in use; a tablet asks again after minutes."""
        return SEEN_EVERY if self.actor.device is None else timedelta(minutes=1)


#: The columns of a DepotView, in its order.
_VIEW = (
    Depot.id,
    Depot.slug,
    Depot.name,
    Depot.time_zone,
    Depot.week_start,
    Depot.weight_unit,
    Depot.paper_size,
    Depot.needs_second_factor,
    Depot.date_order,
    Depot.second_kinds,
    Depot.second_write_off_grams,
    Depot.second_days,
    Depot.language,
)
# Asked at every request. To put a statement together costs several times what it takes to run
# one, so these are put together once, and run without the ORM (docs/benchmarks.md).
_SIGNED_IN: Final[Select[*tuple[Any, ...]]] = (
    select(
        PersonSession.id,
        PersonSession.created_at,
        PersonSession.seen_at,
        PersonSession.ends_at,
        SecondFactor.confirmed_at,
        Membership.role,
        Membership.reads_names,
        Person.id,
        Person.name,
        Person.language,
        DepotDevice.id,
        DepotDevice.name,
        DepotDevice.idle_minutes,
        *_VIEW,
    )
    .join(Person, Person.id == PersonSession.person_id)
    .join(Membership, Membership.person_id == Person.id)
    .join(Depot, Depot.id == Membership.depot_id)
    .outerjoin(SecondFactor, SecondFactor.person_id == Person.id)
    .outerjoin(
        DepotDevice,
        (DepotDevice.depot_id == Membership.depot_id) & (DepotDevice.id == PersonSession.device_id),
    )
    .where(
        PersonSession.key_hash == bindparam("key"),
        PersonSession.ended_at.is_(None),
        or_(
            PersonSession.device_id.is_(None),
            and_(DepotDevice.id.is_not(None), DepotDevice.ended_at.is_(None)),
        ),
        Membership.depot_id == bindparam("depot"),
        Membership.ended_at.is_(None),
    )
)
_TOKEN_BEARER: Final[Select[*tuple[Any, ...]]] = (
    select(ApiToken.id, ApiToken.role, ApiToken.name, *_VIEW)
    .join(Depot, Depot.id == ApiToken.depot_id)
    .where(ApiToken.token_hash == bindparam("token"), ApiToken.revoked_at.is_(None))
)


def find_session_holder(
    session: Session, key: str, depot_id: int | None, now: datetime, *, sends: bool = False
) -> SessionHolder | None:
    """Return whose session has that key, in that depot, if session and membership still count.

    A coordinator without the second step that the depot asks for is a volunteer until then. On a
    device of the depot's own everybody is a helper, and asked anew after some idle minutes, but
    for who `sends` what they began.
    """
    asked = {"key": secret_hash(key), "depot": depot_id}
    row = session.connection().execute(_SIGNED_IN, asked).one_or_none()
    if row is None:
        return None
    session_id, created_at, seen_at, ends_at, confirmed_at, role, *rest = row
    names, person_id, name, language, device_id, device, idle, *depot = rest
    if is_over(created_at, seen_at, role, now) or (ends_at is not None and ends_at <= now):
        return None
    view = DepotView(*depot)
    if device_id is not None:
        if is_left(seen_at, idle, now, sends=sends):
            return None
        own = OwnDevice(device_id, device)
        helper = Actor(view, "helper", name, person_id=person_id, device=own)
        return SessionHolder(helper, session_id, seen_at, language=language)
    lacks = role == "coordinator" and view.needs_second_factor and confirmed_at is None
    role = "volunteer" if lacks else role
    actor = Actor(view, role, name, person_id=person_id, reads_names=names and not lacks)
    return SessionHolder(actor, session_id, seen_at, lacks, language)


def token_actor(session: Session, token_hash: str) -> Actor | None:
    """Return the actor of an API token that was not revoked."""
    row = session.connection().execute(_TOKEN_BEARER, {"token": token_hash}).one_or_none()
    if row is None:
        return None
    token_id, role, name, *depot = row
    return Actor(DepotView(*depot), role, name, token_id=token_id)


def console_actor(session: Session, slug: str | None) -> Actor:
    """Return the actor of a command line: a coordinator of the depot named, or of the only one.

    Raises NotFound, or Invalid if there are several and none is named.
    """
    statement = select(*_VIEW).order_by(Depot.id).limit(2)
    found = session.execute(statement.where(Depot.slug == slug) if slug else statement).all()
    if not found:
        raise NotFound(what=N_("depot"), name=slug or "")
    if len(found) > 1:
        raise Invalid(problem=N_("There are several depots: name one with --depot SLUG."))
    return Actor(DepotView(*found[0]), "coordinator", CONSOLE)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody who works, or worked, in a depot."""

    person_id: int
    name: str
    login: str
    role: str
    since: datetime
    has_factor: bool = False


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that still counts; `secret` never leaves the moment it was made."""

    id: int
    name: str
    role: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TokenRow:
    """An API token, without the token."""

    id: int
    name: str
    role: str
    created_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What an invitation offers to the person who opens its link."""

    depot_name: str
    name: str
    role: str


def members(session: Session, depot_id: int) -> list[MemberRow]:
    """Return the depot's present members by name; who is a name on a phone is not among them."""
    rows = session.execute(
        select(Person, Membership, SecondFactor.confirmed_at)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(SecondFactor, SecondFactor.person_id == Person.id)
        .where(
            Membership.depot_id == depot_id,
            Membership.ended_at.is_(None),
            Person.login.is_not(None),
        )
        .order_by(Person.name, Person.id)
    )
    return [
        MemberRow(
            person.id,
            person.name,
            person.login or "",
            member.role,
            member.created_at,
            confirmed_at is not None,
        )
        for person, member, confirmed_at in rows
    ]


def open_invitations(session: Session, depot_id: int, now: datetime) -> list[InvitationRow]:
    """Return the depot's invitations that still count, the newest first."""
    rows = session.scalars(
        select(Invitation)
        .where(
            Invitation.depot_id == depot_id,
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .order_by(Invitation.id.desc())
    )
    return [InvitationRow(row.id, row.name, row.role, row.expires_at) for row in rows]


def api_tokens(session: Session, depot_id: int) -> list[TokenRow]:
    """Return the depot's tokens, revoked ones too, the newest first."""
    rows = session.scalars(
        select(ApiToken).where(ApiToken.depot_id == depot_id).order_by(ApiToken.id.desc())
    )
    return [TokenRow(row.id, row.name, row.role, row.created_at, row.revoked_at) for row in rows]


def find_invitation(session: Session, token_hash: str, now: datetime) -> InvitationView | None:
    """Return what an invitation offers, if it still counts."""
    row = session.execute(
        select(Invitation, Depot.name)
        .join(Depot, Depot.id == Invitation.depot_id)
        .where(
            Invitation.token_hash == token_hash,
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
    ).one_or_none()
    return None if row is None else InvitationView(row[1], row[0].name, row[0].role)


def name_in_depot(session: Session, depot_id: int, person_id: int) -> str | None:
    """Return the name of somebody who works or worked in the depot; None for anybody else."""
    return session.scalar(
        select(Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.depot_id == depot_id, Person.id == person_id)
    )


def depots_of(session: Session, person_id: int) -> list[DepotView]:
    """Return the depots the person works in, by name."""
    rows = session.scalars(
        select(Depot)
        .join(Membership, Membership.depot_id == Depot.id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .order_by(Depot.name, Depot.id)
    )
    return [row.view() for row in rows]


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A device on which somebody is signed in."""

    id: int
    browser: str
    system: str
    created_at: datetime
    seen_at: datetime


def open_sessions(session: Session, person_id: int, role: str, now: datetime) -> list[SessionRow]:
    """Return where somebody is signed in, the last used first."""
    rows = session.scalars(
        select(PersonSession)
        .where(PersonSession.person_id == person_id, PersonSession.ended_at.is_(None))
        .order_by(PersonSession.seen_at.desc(), PersonSession.id.desc())
    )
    return [
        SessionRow(row.id, row.browser, row.system, row.created_at, row.seen_at)
        for row in rows
        if not is_over(row.created_at, row.seen_at, role, now)
    ]


@dataclass(frozen=True, slots=True)
class FactorRow:
    """How far somebody's second step is, and how many codes on paper are left."""

    salt: str
    is_on: bool
    codes_left: int = 0


def find_factor(session: Session, person_id: int) -> FactorRow | None:
    """Return somebody's second step, begun or on."""
    row = session.get(SecondFactor, person_id)
    if row is None:
        return None
    left = session.scalar(
        select(func.count()).where(
            RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)
        )
    )
    return FactorRow(row.salt, row.confirmed_at is not None, left or 0)


def login_of(session: Session, person_id: int) -> str:
    """Return what somebody types to sign in; empty for who has nothing but a name on a phone."""
    return session.get_one(Person, person_id).login or ""


def find_recovery(session: Session, token_hash: str, now: datetime) -> str | None:
    """Return the sign-in name of whom a link to a new password is for, if it still counts."""
    return session.scalar(
        select(Person.login)
        .join(RecoveryLink, RecoveryLink.person_id == Person.id)
        .where(
            RecoveryLink.token_hash == token_hash,
            RecoveryLink.ended_at.is_(None),
            RecoveryLink.expires_at > now,
        )
    )


def member_called(session: Session, depot_id: int, name: str) -> int:
    """Return the number of the member with that sign-in name, else with that name.

    Raises NotFound, or Invalid where several are called so.
    """
    for column, wanted in ((Person.login, login_key(name)), (Person.name, clean_name(name))):
        found = session.scalars(
            select(Person.id)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.depot_id == depot_id, Membership.ended_at.is_(None), column == wanted)
        ).all()
        if len(found) > 1:
            raise Invalid(problem=N_("Several people are called so: give the sign-in name."))
        if found:
            return found[0]
    raise NotFound(what=N_("person"), name=name)


@dataclass(frozen=True, slots=True)
class AccessRow:
    """A line of the access journal."""

    id: int
    kind: AccessKind
    actor: str
    #: None: a program, or whoever runs this one.
    person_id: int | None
    subject: str
    times: int
    recorded_at: datetime


def access_events(
    session: Session, depot_id: int, before: int | None, limit: int
) -> list[AccessRow]:
    """Return lines of the depot's access journal, the newest first."""
    columns = (getattr(AccessEvent, field.name) for field in fields(AccessRow))
    statement = select(*columns).where(AccessEvent.depot_id == depot_id)
    if before is not None:
        statement = statement.where(AccessEvent.id < before)
    rows = session.execute(statement.order_by(AccessEvent.id.desc()).limit(limit))
    return [AccessRow(*row) for row in rows]
