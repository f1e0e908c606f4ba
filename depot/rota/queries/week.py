"""The week, one activity, what is mine, what lacks people: a set number of statements each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.clock import local_day
from depot.base.kinds import TIMED_KINDS, ActivityKind
from depot.models import Activity, Assignment, Location
from depot.rota.naming import name_of_day, parse_name
from depot.rota.occurring import Occurrence, RoutineState, occurrence, occurrences
from depot.rota.parts import (
    Part,
    Standing,
    count_in,
    free_places,
    has_place_for,
    own_part,
    people_in,
    waiting,
)
from depot.rota.rows import Regular, on_day, parts_of, regulars, routine_versions
from depot.rota.touching import find_row

WEEK: Final = timedelta(days=7)
#: How far "mine" looks ahead.
AHEAD_DAYS: Final = 28


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """A shift, meeting, task or duty as it is: with a row, or a day of a routine without one."""

    #: How it is named in an address: its number, or its routine's and the day.
    name_of: str
    kind: ActivityKind
    name: str
    text: str
    starts_at: datetime | None
    ends_at: datetime | None
    due_on: date | None
    starts_on: date | None
    ends_on: date | None
    people_min: int
    people_max: int | None
    #: Everybody who had to do with it, those who gave it back too.
    parts: tuple[Part, ...]
    id: int | None = None
    routine_id: int | None = None
    occurrence_on: date | None = None
    location_id: int | None = None
    place: str = ""
    event_id: int | None = None
    created_by_id: int | None = None
    called_off_at: datetime | None = None
    called_off_why: str = ""
    done_at: datetime | None = None

    @property
    def people(self) -> list[Part]:
        """Who is expected, by name."""
        return sorted(people_in(self.parts), key=lambda part: (part.name.casefold(), part.id or 0))

    @property
    def live(self) -> list[Part]:
        """Everybody who takes part, is asked or waits."""
        return [part for part in self.parts if part.standing != "out"]

    @property
    def waiting(self) -> list[Part]:
        """Who waits for a place, in their order."""
        return waiting(self.parts)

    @property
    def seeking(self) -> list[Part]:
        """Who can't come and looks for somebody."""
        return [part for part in self.people if part.standing == "seeking"]

    @property
    def asked(self) -> list[Part]:
        """Who was asked and has not said yes or no."""
        return [part for part in self.parts if part.standing == "asked"]

    @property
    def count(self) -> int:
        return count_in(self.parts)

    @property
    def free(self) -> int | None:
        """How many places are free, less than none where it is over-full; None: no end."""
        return free_places(self.parts, self.people_max)

    @property
    def lacking(self) -> int:
        """How many people are missing; who looks for somebody is not counted on."""
        sure = sum(1 for part in self.people if part.standing == "in" and not part.learning)
        return 0 if self.called_off_at is not None else max(0, self.people_min - sure)

    def is_over(self, now: datetime) -> bool:
        """Say whether it ended: nobody is missing any more."""
        return self.ends_at is not None and self.ends_at <= now

    def standing_of(self, person_id: int | None) -> Standing:
        """Return how somebody stands to it."""
        own = own_part(self.parts, person_id)
        return "out" if own is None else own.standing

    def has_place_for(self, person_id: int, now: datetime) -> bool:
        """Say whether somebody who says yes is in, and need not wait."""
        return has_place_for(self.parts, person_id, self.people_max, self.starts_at, now)

    def day(self, time_zone: str) -> date:
        """Return the day on which it stands in the week."""
        if self.starts_at is not None:
            return local_day(self.starts_at, time_zone)
        return self.due_on or self.starts_on or date.min


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of the week, with what is on."""

    day: date
    activities: tuple[ActivityRow, ...] = field(default=())


def week(
    session: Session, depot: DepotView, first: date, kinds: tuple[ActivityKind, ...] = TIMED_KINDS
) -> list[DayRow]:
    """Return seven days from `first` on with what is on each, also what was called off."""
    found = activities(session, depot, first, first + WEEK - timedelta(days=1), kinds)
    by_day: dict[date, list[ActivityRow]] = {first + timedelta(days=n): [] for n in range(7)}
    for row in found:
        by_day[row.day(depot.time_zone)].append(row)
    return [DayRow(day, tuple(rows)) for day, rows in by_day.items()]


def activities(
    session: Session,
    depot: DepotView,
    first: date,
    last: date,
    kinds: tuple[ActivityKind, ...] = TIMED_KINDS,
) -> list[ActivityRow]:
    """Return what begins, is due or begins to count from `first` to `last`, in its order.

    Tasks without a day are not among them. Five statements, however many people and shifts.
    """
    about = _in_days(depot, first, last, kinds)
    rows = list(session.scalars(select(Activity).where(about).execution_options(**_ANEW)))
    chosen = select(Activity.id).where(about)
    parts = parts_of(session, depot.id, Assignment.activity_id.in_(chosen))
    versions = routine_versions(session, depot.id, kinds=kinds)
    those = regulars(session, depot)
    places = _places(session, depot.id)
    keys = {(row.routine_id, row.occurrence_on) for row in rows}
    touched = {(routine, on) for routine, on in keys if routine is not None and on is not None}
    untouched = occurrences(versions, touched, first, last, depot.time_zone, depot.week_start)
    found = [_of_row(row, parts.get(row.id, []), places) for row in rows]
    found = [row for row in found if first <= row.day(depot.time_zone) <= last]
    found += [_of_day(one, those.get(one.state.routine_id, []), places) for one in untouched]
    return sorted(found, key=lambda row: _order(row, depot.time_zone))


def find_activity(session: Session, depot: DepotView, name: str) -> ActivityRow | None:
    """Return the activity of that name, with a row or without; None: there is none."""
    named = parse_name(name)
    row = find_row(session, depot.id, named)
    places = _places(session, depot.id)
    if row is not None:
        parts = parts_of(session, depot.id, Assignment.activity_id == row.id)
        return _of_row(row, parts.get(row.id, []), places)
    if named.routine_id is None or named.on is None:
        return None
    versions = routine_versions(session, depot.id, named.routine_id).get(named.routine_id, [])
    one = occurrence(versions, named.on, depot.time_zone, depot.week_start)
    if one is None:
        return None
    those = regulars(session, depot, named.routine_id).get(named.routine_id, [])
    return _of_day(one, those, places)


def mine(
    session: Session, depot: DepotView, person_id: int, today: date, days: int = AHEAD_DAYS
) -> list[ActivityRow]:
    """Return what somebody is in, was asked to or waits for, from today on."""
    found = activities(session, depot, today, today + timedelta(days=days))
    return [row for row in found if row.standing_of(person_id) != "out"]


def short_of_people(
    session: Session, depot: DepotView, now: datetime, days: int = 3
) -> list[ActivityRow]:
    """Return what begins in the next days and lacks people, the next first.

    Who looks for somebody is still expected, and is not counted on here.
    """
    today = local_day(now, depot.time_zone)
    found = activities(session, depot, today, today + timedelta(days=days))
    return [row for row in found if row.lacking and not row.is_over(now)]


def overlapping_rows(row: ActivityRow, own: Iterable[ActivityRow]) -> list[ActivityRow]:
    """Return which of somebody's own activities are on while another one is."""
    return [
        one
        for one in own
        if one.name_of != row.name_of
        and one.called_off_at is None
        and None not in (row.starts_at, row.ends_at, one.starts_at, one.ends_at)
        and one.starts_at < row.ends_at  # type: ignore[operator]  # None was looked for
        and one.ends_at > row.starts_at  # type: ignore[operator]  # None was looked for
    ]


#: Rows that a command changed are read anew.
_ANEW: Final = {"populate_existing": True}


def _in_days(
    depot: DepotView, first: date, last: date, kinds: Sequence[ActivityKind]
) -> ColumnElement[bool]:
    """Choose what is on in these days, and each touched day of a routine in them, moved or not."""
    zone = ZoneInfo(depot.time_zone)
    begin = datetime.combine(first, time(), zone).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
    return and_(
        Activity.depot_id == depot.id,
        Activity.kind.in_(kinds),
        or_(
            and_(Activity.starts_at >= begin, Activity.starts_at < end),
            Activity.occurrence_on.between(first, last),
            Activity.due_on.between(first, last),
            Activity.starts_on.between(first, last),
        ),
    )


def _places(session: Session, depot_id: int) -> dict[int, str]:
    rows = session.execute(
        select(Location.id, Location.name).where(
            Location.depot_id == depot_id,
            Location.kind != "crate",  # the index of places
            Location.kind == "storage",
        )
    )
    return {number: name for number, name in rows}


def _of_row(row: Activity, parts: Sequence[Part], places: Mapping[int, str]) -> ActivityRow:
    return ActivityRow(
        name_of=str(row.id),
        kind=row.kind,
        name=row.name,
        text=row.text,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        due_on=row.due_on,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        people_min=row.people_min,
        people_max=row.people_max,
        parts=tuple(parts),
        id=row.id,
        routine_id=row.routine_id,
        occurrence_on=row.occurrence_on,
        location_id=row.location_id,
        place=places.get(row.location_id or 0, ""),
        event_id=row.event_id,
        created_by_id=row.created_by_id,
        called_off_at=row.called_off_at,
        called_off_why=row.called_off_why,
        done_at=row.done_at,
    )


def _of_day(one: Occurrence, those: Iterable[Regular], places: Mapping[int, str]) -> ActivityRow:
    state: RoutineState = one.state
    return ActivityRow(
        name_of=name_of_day(*one.key),
        kind=state.kind,
        name=state.name,
        text=state.text,
        starts_at=one.times.starts_at,
        ends_at=one.times.ends_at,
        due_on=one.times.due_on,
        starts_on=one.times.starts_on,
        ends_on=one.times.ends_on,
        people_min=state.people_min,
        people_max=state.people_max,
        parts=tuple(regular.part() for regular in on_day(those, one.on)),
        routine_id=state.routine_id,
        occurrence_on=one.on,
        location_id=state.location_id,
        place=places.get(state.location_id or 0, ""),
    )


def _order(row: ActivityRow, time_zone: str) -> tuple[date, bool, float, str]:
    starts_at = row.starts_at
    at = starts_at.timestamp() if starts_at is not None else 0.0
    return row.day(time_zone), starts_at is None, at, row.name.casefold()
