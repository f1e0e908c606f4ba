"""Who may work where: sessions and tokens looked up in one statement each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from depot.base.actors import Actor, DepotView
from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.models import ApiToken, Depot, Invitation, Membership, Person


@dataclass(frozen=True, slots=True)
class SessionHolder:
    """A signed-in person in the depot they work in now."""

    actor: Actor
    session_version: int


#: The columns of a DepotView, in its order.
_VIEW = (
    Depot.id,
    Depot.slug,
    Depot.name,
    Depot.time_zone,
    Depot.week_start,
    Depot.weight_unit,
    Depot.paper_size,
)
# Asked at every request. To put a statement together costs several times what it takes to run
# one, so these are put together once, and run without the ORM (docs/benchmarks.md).
_SIGNED_IN: Final[Select[*tuple[Any, ...]]] = (
    select(Person.session_version, Membership.role, Person.name, *_VIEW)
    .join(Membership, Membership.person_id == Person.id)
    .join(Depot, Depot.id == Membership.depot_id)
    .where(
        Person.id == bindparam("person"),
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
    session: Session, person_id: int, depot_id: int | None
) -> SessionHolder | None:
    """Return the person in that depot, if their membership has not ended."""
    found = session.connection().execute(_SIGNED_IN, {"person": person_id, "depot": depot_id})
    row = found.one_or_none()
    if row is None:
        return None
    version, role, name, *depot = row
    actor = Actor(DepotView(*depot), role, name, person_id=person_id)
    return SessionHolder(actor, version)


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
    return Actor(DepotView(*found[0]), "coordinator", "console")


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody who works, or worked, in a depot."""

    person_id: int
    name: str
    login: str
    role: str
    since: datetime


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
    """Return the depot's present members by name."""
    rows = session.execute(
        select(Person, Membership)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.depot_id == depot_id, Membership.ended_at.is_(None))
        .order_by(Person.name, Person.id)
    )
    return [
        MemberRow(person.id, person.name, person.login, member.role, member.created_at)
        for person, member in rows
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
