"""Who is here, and by which links people join."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from depot.base.actors import Actor, DepotView
from depot.base.clock import local_day
from depot.base.secrets import secret_hash
from depot.joining.marking import AROUND, load_marks
from depot.joining.names import speaks_for_all
from depot.joining.running import running_shifts
from depot.joining.stays import make_stays
from depot.joining.tonight import end_of_tonight
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
    """Somebody who is here, was here, or was seen today on a device of theirs."""

    person_id: int
    name: str
    #: Empty: they walked in, and only their name is known.
    role: str
    since: datetime
    phones: tuple[PhoneRow, ...] = ()
    #: They joined today, and never before.
    is_first_day: bool = False
    #: They came, and did not leave again.
    is_here: bool = False
    #: When they said that they leave.
    left_at: datetime | None = None

    @property
    def first_name(self) -> str:
        """What somebody is called; all that a helper of a day reads of others."""
        return self.name.split()[0] if self.name.split() else self.name

    @property
    def initials(self) -> str:
        """The two letters that stand for somebody in a row of many."""
        return self.name[:2]


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
    """Return who is here; after them who left today, or was seen on a device. Two statements.

    Who is here came, by their own word or another's or by the code on the wall, and did not leave;
    by four in the morning everybody has. First-timers stand before the others.
    """
    found = _seen_today(session, depot, now)
    for person_id, came in _came_today(session, depot, now).items():
        seen = found.get(person_id)
        if seen is not None:
            came = replace(came, phones=seen.phones)
        found[person_id] = came
    return sorted(
        found.values(),
        key=lambda row: (not row.is_here, not row.is_first_day, row.name.casefold(), row.person_id),
    )


def _came_today(session: Session, depot: DepotView, now: datetime) -> dict[int, HereRow]:
    marks = load_marks(session, depot.id, now - AROUND, now)
    stays = {whose: make_stays(said, depot.time_zone) for whose, said in marks.items()}
    # who is known to have left alone, the coming still on its way from a phone, has no stay
    last = {whose: own[-1] for whose, own in stays.items() if own and own[-1].night_at > now}
    if not last:
        return {}
    rows = session.execute(
        select(Person.id, Person.name, Membership.role, Membership.created_at, Membership.ended_at)
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id) & (Membership.depot_id == depot.id),
        )
        .where(Person.id.in_(last))
    )
    return {
        person_id: HereRow(
            person_id,
            name,
            role or "",
            last[person_id].came_at,
            is_first_day=_is_first_day(depot, role, joined_at, now),
            is_here=last[person_id].is_on(now),
            left_at=last[person_id].left_at,
        )
        for person_id, name, role, joined_at, ended_at in rows
        # whoever was sent away, or left for good, is not here
        if ended_at is None or ended_at < last[person_id].came_at
    }


def _is_first_day(
    depot: DepotView, role: str | None, joined_at: datetime | None, now: datetime
) -> bool:
    if role != "helper" or joined_at is None:
        return False
    return local_day(joined_at, depot.time_zone) == local_day(now, depot.time_zone)


def _seen_today(session: Session, depot: DepotView, now: datetime) -> dict[int, HereRow]:
    """Return who was seen on a device: a helper until tonight, the others on that day."""
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
        phones = (*before.phones, phone) if before else (phone,)
        since = before.since if before else held.created_at
        is_first = _is_first_day(depot, role, joined_at, now)
        found[person_id] = HereRow(person_id, name, role, since, phones, is_first)
    return found


@dataclass(frozen=True, slots=True)
class NameRow:
    """Somebody with a button at the door."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class DoorList:
    """Whose names stand at the door."""

    here: tuple[HereRow, ...]
    #: Whether who asks is here.
    is_in: bool
    #: Whether who asks may say it of others.
    for_all: bool
    #: On a shift that runs or is still to come today, and not here.
    expected: tuple[NameRow, ...]
    #: Everybody else who works here.
    others: tuple[NameRow, ...]


def is_here(session: Session, who: Actor, now: datetime) -> bool:
    """Say whether who asks is here, as far as is known."""
    return _is_among(here_now(session, who.depot, now), who)


def _is_among(rows: Iterable[HereRow], who: Actor) -> bool:
    return any(row.person_id == who.person_id and row.is_here for row in rows)


def door_list(session: Session, who: Actor, now: datetime) -> DoorList:
    """Return who is here and who is not. A helper is shown no name of who is not here."""
    here = tuple(row for row in here_now(session, who.depot, now) if row.is_here)
    is_in = _is_among(here, who)
    if not speaks_for_all(who):
        first_names = tuple(replace(row, name=row.first_name) for row in here)
        return DoorList(first_names, is_in, False, (), ())
    last = min(end_of_tonight(now, who.depot.time_zone), now + timedelta(days=1))
    shifts = running_shifts(session, who.depot, now, last)
    expected = {person_id for shift in shifts for person_id in shift.person_ids}
    rows = session.execute(
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.depot_id == who.depot_id,
            Membership.ended_at.is_(None),
            or_(Person.login.is_not(None), Person.id.in_(expected)),
        )
    )
    is_here = {row.person_id for row in here}
    names = [NameRow(number, name) for number, name in rows if number not in is_here]
    names.sort(key=lambda row: (row.name.casefold(), row.person_id))
    return DoorList(
        here,
        is_in,
        True,
        tuple(row for row in names if row.person_id in expected),
        tuple(row for row in names if row.person_id not in expected),
    )


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
