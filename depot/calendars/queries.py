"""Which calendars there are, whose one is, and what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from depot.base.actors import Actor, DepotView
from depot.base.clock import local_day
from depot.base.kinds import TIMED_KINDS
from depot.calendars.feed import FeedEvent, FeedStatus
from depot.models import Activity, CalendarFeed, Depot, Membership, ReminderWish, RoutineVersion
from depot.rota.queries.week import ActivityRow, activities

#: A calendar holds what was in the last weeks and what is to come in the next half year.
BACK: Final = timedelta(days=35)
AHEAD: Final = timedelta(days=183)
#: So long ago a duty that is still somebody's can have begun.
_DUTY_BACK: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class OpenFeed:
    """A calendar that counts; `command_id` is what its secret is made from."""

    command_id: UUID
    of_depot: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """Whose calendar a secret opens: a person's in a depot, or the depot's."""

    depot: DepotView
    person_id: int | None


def open_feeds(session: Session, who: Actor) -> list[OpenFeed]:
    """Return one's own calendar and the depot's, as far as they were made (one statement)."""
    rows = session.execute(
        select(CalendarFeed.command_id, CalendarFeed.person_id, CalendarFeed.created_at).where(
            CalendarFeed.depot_id == who.depot_id,
            CalendarFeed.ended_at.is_(None),
            or_(CalendarFeed.person_id.is_(None), CalendarFeed.person_id == who.person_id),
        )
    )
    return [OpenFeed(UUID(row.command_id), row.person_id is None, row.created_at) for row in rows]


@dataclass(frozen=True, slots=True)
class WishRow:
    """Which mails somebody wants, and whether they said yes by the link in the first."""

    address: str
    before_shifts: bool
    each_week: bool
    confirmed_at: datetime | None


def own_wish(session: Session, who: Actor) -> WishRow | None:
    """Return which mails about shifts who asks wants; None: none (one statement)."""
    row = session.scalar(
        select(ReminderWish).where(
            ReminderWish.depot_id == who.depot_id,
            ReminderWish.person_id == who.person_id,
            ReminderWish.ended_at.is_(None),
        )
    )
    if row is None:
        return None
    return WishRow(row.address, row.before_shifts, row.each_week, row.confirmed_at)


def find_feed(session: Session, hashed: str) -> FoundFeed | None:
    """Return whose calendar the secret with that digest opens; None if it ended or never was.

    A person's ends with their access (one statement).
    """
    works_here = (
        select(Membership.person_id)
        .where(
            Membership.depot_id == CalendarFeed.depot_id,
            Membership.person_id == CalendarFeed.person_id,
            Membership.ended_at.is_(None),
        )
        .exists()
    )
    row = session.execute(
        select(CalendarFeed.person_id, Depot)
        .join(Depot, Depot.id == CalendarFeed.depot_id)
        .where(
            CalendarFeed.secret_hash == hashed,
            CalendarFeed.ended_at.is_(None),
            or_(CalendarFeed.person_id.is_(None), works_here),
        )
    ).one_or_none()
    return None if row is None else FoundFeed(row[1].view(), row[0])


def feed_events(
    session: Session, found: FoundFeed, now: datetime, url_of: Callable[[ActivityRow], str]
) -> list[FeedEvent]:
    """Return what stands in a calendar.

    A person's has what they are in, what they were asked to, their tasks with a day and their
    duties; the depot's has all shifts and meetings, without anybody's name.
    """
    rows = _rows(session, found, local_day(now, found.depot.time_zone))
    revisions = _revisions(session, found.depot.id, rows)
    return [_event(row, found, revisions, url_of) for row in rows]


def _rows(session: Session, found: FoundFeed, today: date) -> list[ActivityRow]:
    first, last = today - BACK, today + AHEAD
    if found.person_id is None:
        return activities(session, found.depot, first, last, TIMED_KINDS)
    rows = activities(session, found.depot, first, last, (*TIMED_KINDS, "task"))
    rows += activities(session, found.depot, today - _DUTY_BACK, last, ("duty",))
    return [row for row in rows if row.standing_of(found.person_id) != "out"]


@dataclass(frozen=True, slots=True)
class _Revisions:
    """How often what is said was changed: of rows by their id, of routines by theirs."""

    rows: dict[int, tuple[int, datetime]]
    routines: dict[int, tuple[int, datetime]]

    def of(self, row: ActivityRow) -> tuple[int, datetime]:
        """Return a number that never falls, and the last moment that is known.

        A day that gets a row goes up by one, and each version of its routine takes all up by one.
        """
        changes, last = 0, datetime(2000, 1, 1, tzinfo=UTC)
        if row.routine_id is not None:
            changes, last = self.routines.get(row.routine_id, (changes, last))
        if row.id is not None:
            own, made = self.rows[row.id]
            changes, last = changes + own + 1, row.called_off_at or made
        return changes, last


def _revisions(session: Session, depot_id: int, rows: Iterable[ActivityRow]) -> _Revisions:
    """Read how often the rows and all routines were changed (two statements)."""
    ids = [row.id for row in rows if row.id is not None]
    own = session.execute(
        select(Activity.id, Activity.revision, Activity.created_at).where(
            Activity.depot_id == depot_id, Activity.id.in_(ids)
        )
    )
    versions = session.execute(
        select(
            RoutineVersion.routine_id,
            func.count().label("versions"),
            func.max(RoutineVersion.made_at).label("made_at"),
        )
        .where(RoutineVersion.depot_id == depot_id)
        .group_by(RoutineVersion.routine_id)
    )
    return _Revisions(
        {row.id: (row.revision, row.created_at) for row in own},
        {row.routine_id: (row.versions - 1, row.made_at) for row in versions},
    )


def _event(
    row: ActivityRow, found: FoundFeed, revisions: _Revisions, url_of: Callable[[ActivityRow], str]
) -> FeedEvent:
    changes, stamp = revisions.of(row)
    starts, ends = _times(row)
    return FeedEvent(
        uid=f"{_identity(row)}@{found.depot.slug}.depot",
        sequence=changes,
        stamp=stamp,
        name=row.name,
        status=_status(row, found.person_id),
        starts=starts,
        ends=ends,
        text=row.text,
        place=row.place,
        url=url_of(row),
    )


def _identity(row: ActivityRow) -> str:
    """Return what stays the same when a day of a routine gets its row, or is moved."""
    if row.routine_id is not None and row.occurrence_on is not None:
        return f"routine-{row.routine_id}-{row.occurrence_on.isoformat()}"
    return f"activity-{row.id}"


def _times(row: ActivityRow) -> tuple[datetime, datetime] | tuple[date, date]:
    if row.starts_at is not None and row.ends_at is not None:
        return row.starts_at, row.ends_at
    if row.starts_on is not None and row.ends_on is not None:
        return row.starts_on, row.ends_on
    due_on = row.due_on or date.max
    return due_on, due_on


def _status(row: ActivityRow, person_id: int | None) -> FeedStatus:
    if row.called_off_at is not None:
        return "CANCELLED"
    if person_id is not None and row.standing_of(person_id) in ("asked", "waiting"):
        return "TENTATIVE"
    return "CONFIRMED"
