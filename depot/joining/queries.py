"""Who is here, and by which links people join."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.clock import local_day
from depot.base.secrets import secret_hash
from depot.models import Depot, JoinLink, Membership, Person, PersonSession


@dataclass(frozen=True, slots=True)
class JoinLinkRow:
    """A link by which people may join; its secret is made anew from `command_id`."""

    id: int
    command_id: UUID
    created_at: datetime
    ends_at: datetime
    uses: int
    uses_max: int

    @property
    def is_full(self) -> bool:
        return self.uses >= self.uses_max


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A device in somebody's hand."""

    session_id: int
    browser: str
    system: str
    since: datetime


@dataclass(frozen=True, slots=True)
class HereRow:
    """Somebody who was seen today, and on which devices."""

    person_id: int
    name: str
    role: str
    since: datetime
    phones: tuple[PhoneRow, ...]
    #: They joined today, and never before.
    is_first_day: bool = False


def depot_of_join_link(session: Session, secret: str, now: datetime) -> DepotView | None:
    """Return the depot that a link leads to, if it still counts; it may be full."""
    found = session.scalar(
        select(Depot)
        .join(JoinLink, JoinLink.depot_id == Depot.id)
        .where(
            JoinLink.secret_hash == secret_hash(secret),
            JoinLink.closed_at.is_(None),
            JoinLink.ends_at > now,
        )
    )
    return None if found is None else found.view()


def open_join_links(session: Session, depot_id: int, now: datetime) -> list[JoinLinkRow]:
    """Return the depot's links that still count, the newest first."""
    rows = session.scalars(
        select(JoinLink)
        .where(JoinLink.depot_id == depot_id, JoinLink.closed_at.is_(None), JoinLink.ends_at > now)
        .order_by(JoinLink.id.desc())
    )
    return [
        JoinLinkRow(
            row.id, UUID(row.command_id), row.created_at, row.ends_at, row.uses, row.uses_max
        )
        for row in rows
    ]


def here_now(session: Session, depot: DepotView, now: datetime) -> list[HereRow]:
    """Return who was seen in the depot today, those on their first day before the others.

    A helper counts until tonight; who signs in for longer, on the day on which they were seen.
    """
    today = local_day(now, depot.time_zone)
    rows = session.execute(
        select(Person.id, Person.name, Membership.role, Membership.created_at, PersonSession)
        .join(Membership, Membership.person_id == Person.id)
        .join(PersonSession, PersonSession.person_id == Person.id)
        .where(
            Membership.depot_id == depot.id,
            Membership.ended_at.is_(None),
            PersonSession.ended_at.is_(None),
            or_(PersonSession.ends_at.is_(None), PersonSession.ends_at > now),
        )
        .order_by(PersonSession.created_at, PersonSession.id)
    )
    found: dict[int, HereRow] = {}
    for person_id, name, role, joined_at, held in rows:
        if held.ends_at is None and local_day(held.seen_at, depot.time_zone) != today:
            continue
        phone = PhoneRow(held.id, held.browser, held.system, held.created_at)
        before = found.get(person_id)
        is_first = role == "helper" and local_day(joined_at, depot.time_zone) == today
        phones = (*before.phones, phone) if before else (phone,)
        since = before.since if before else held.created_at
        found[person_id] = HereRow(person_id, name, role, since, phones, is_first)
    return sorted(found.values(), key=lambda row: (not row.is_first_day, row.name.casefold()))


def ended_helpers(session: Session, depot_id: int) -> list[tuple[int, str]]:
    """Return number and name of helpers for whom it was ended, the latest first, fifty at most."""
    rows = session.execute(
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.depot_id == depot_id,
            Membership.role == "helper",
            Membership.ended_at.is_not(None),
            Person.login.is_(None),
            Person.left_at.is_(None),
        )
        .order_by(Membership.ended_at.desc())
        .limit(50)
    )
    return [(row.id, row.name) for row in rows]
