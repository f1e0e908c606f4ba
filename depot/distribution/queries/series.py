"""Hand-outs that come round as people see them: all series, one with its days, the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, local_day, utc_now
from depot.base.periods import day_begins, week_of
from depot.distribution.queries.events import EventRow, events_between, events_numbered
from depot.distribution.series.repeating import RepeatRule, begins_at, scheduled
from depot.distribution.series.rows import (
    Expectation,
    SeriesState,
    expectation,
    made_days,
    series_versions,
)
from depot.models import DistributionEvent, SeriesEvent

#: So far ahead the page of a series shows its days.
SHOWN_AHEAD: Final = timedelta(weeks=12)
#: So many of the last hand-outs stand on the page of a series.
PAST_SHOWN: Final = 12
_ONE_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series as it is said now, or will be if it has not begun."""

    id: int
    name: str
    place: str
    rule: RepeatRule
    begins_minute: int
    from_on: date
    ends_on: date | None
    capacity: int | None
    is_over: bool
    #: The next hand-out that is not called off; None if none was made.
    next_event: EventRow | None = None


@dataclass(frozen=True, slots=True)
class SeriesDay:
    """A day to come of a series; without a hand-out as long as none was made for it."""

    on: date
    starts_at: datetime
    event: EventRow | None


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """A series with its days to come, its last hand-outs, and what they let expect."""

    series: SeriesRow
    expected: Expectation
    days: tuple[SeriesDay, ...]
    past: tuple[EventRow, ...]
    #: What it was and will be, the first version first.
    versions: tuple[SeriesRow, ...]


@dataclass(frozen=True, slots=True)
class EventSeriesRow:
    """Of which series a hand-out is, and how its expected households were worked out."""

    series_id: int
    name: str
    on: date
    #: Whether the number is still the one that was worked out.
    is_averaged: bool
    expected: Expectation


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A hand-out on a day; one that is only foreseen has no id."""

    name: str
    starts_at: datetime
    place: str
    series_id: int | None
    event: EventRow | None


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the grid; `in_month` is false for those that only fill its weeks."""

    on: date
    in_month: bool
    entries: tuple[CalendarEntry, ...]


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """Seven days; how many households are expected in them, and for how many there is room."""

    days: tuple[CalendarDay, ...]
    expected: int | None
    capacity: int | None

    @property
    def is_over_full(self) -> bool:
        return bool(self.capacity and self.expected and self.expected > self.capacity)


def list_series(session: Session, actor: Actor, clock: Clock = utc_now) -> list[SeriesRow]:
    """Return the series of the depot, those that go on first, each by its name."""
    now = clock()
    today = local_day(now, actor.depot.time_zone)
    found = [
        _row(versions, today) for versions in series_versions(session, actor.depot_id).values()
    ]
    nexts = _next_events(session, actor.depot_id, now)
    rows = [replace(row, next_event=nexts.get(row.id)) for row in found]
    return sorted(rows, key=lambda row: (row.is_over, row.name.casefold(), row.id))


def _next_events(session: Session, depot_id: int, now: datetime) -> dict[int, EventRow]:
    found = session.execute(
        select(SeriesEvent.series_id, SeriesEvent.event_id)
        .join(DistributionEvent, DistributionEvent.id == SeriesEvent.event_id)
        .where(
            SeriesEvent.depot_id == depot_id,
            DistributionEvent.depot_id == depot_id,
            DistributionEvent.starts_at >= now,
            DistributionEvent.called_off_at.is_(None),
        )
        .order_by(DistributionEvent.starts_at.desc())
    )
    first = {series_id: event_id for series_id, event_id in found}
    events = events_numbered(session, depot_id, list(first.values()))
    return {series_id: events[event_id] for series_id, event_id in first.items()}


def series_page(
    session: Session, actor: Actor, series_id: int, clock: Clock = utc_now
) -> SeriesPage | None:
    """Return one series of the depot with its days; None if it has none with that id."""
    if not 0 < series_id < 2**63:
        return None
    versions = series_versions(session, actor.depot_id, series_id).get(series_id)
    if not versions:
        return None
    today = local_day(clock(), actor.depot.time_zone)
    days = _days(session, actor, versions, today)
    return SeriesPage(
        _row(versions, today),
        expectation(session, actor.depot_id, series_id),
        tuple(days),
        tuple(_past(session, actor.depot_id, series_id, today)),
        tuple(_version_row(version, today) for version in versions),
    )


def _days(
    session: Session, actor: Actor, versions: Sequence[SeriesState], today: date
) -> list[SeriesDay]:
    series_id = versions[0].series_id
    depot = actor.depot
    ahead = scheduled(versions, today, today + SHOWN_AHEAD, depot.week_start)
    states = {version.id: version for version in versions}
    made = made_days(session, depot.id, series_id, today)
    events = events_numbered(session, depot.id, list(made.values()))
    found = {}
    for day, version in ahead.items():
        starts = begins_at(day, states[version.id].begins_minute, depot.time_zone)
        found[day] = SeriesDay(day, starts, None)
    for day, event_id in made.items():
        event = events[event_id]
        if day in found or event.is_on:
            found[day] = SeriesDay(day, event.starts_at, event)
    return sorted(found.values(), key=lambda one: one.starts_at)


def _past(session: Session, depot_id: int, series_id: int, today: date) -> Iterable[EventRow]:
    ids = session.scalars(
        select(SeriesEvent.event_id)
        .where(
            SeriesEvent.depot_id == depot_id,
            SeriesEvent.series_id == series_id,
            SeriesEvent.occurs_on < today,
        )
        .order_by(SeriesEvent.occurs_on.desc())
        .limit(PAST_SHOWN)
    ).all()
    events = events_numbered(session, depot_id, ids)
    return (events[event_id] for event_id in ids)


def series_of_event(session: Session, depot_id: int, event_id: int) -> EventSeriesRow | None:
    """Return the series of a hand-out; None if it stands alone."""
    found = session.execute(
        select(SeriesEvent, DistributionEvent)
        .join(DistributionEvent, DistributionEvent.id == SeriesEvent.event_id)
        .where(
            SeriesEvent.depot_id == depot_id,
            SeriesEvent.event_id == event_id,
            DistributionEvent.depot_id == depot_id,
        )
    ).one_or_none()
    if found is None:
        return None
    link, event = found
    name = series_versions(session, depot_id, link.series_id)[link.series_id][-1].name
    said = event.expected_households
    return EventSeriesRow(
        link.series_id,
        name,
        link.occurs_on,
        said is not None and said == link.averaged,
        expectation(session, depot_id, link.series_id),
    )


def _row(versions: Sequence[SeriesState], today: date) -> SeriesRow:
    begun = [version for version in versions if version.from_on <= today]
    # one that was ended today still says what it was
    newest = versions[-1]
    state = begun[-1] if begun else versions[0]
    return replace(
        _version_row(state, today),
        ends_on=newest.ends_on,
        is_over=newest.ends_on is not None and newest.ends_on < today,
    )


def _version_row(version: SeriesState, today: date) -> SeriesRow:
    return SeriesRow(
        version.series_id,
        version.name,
        version.place,
        version.rule,
        version.begins_minute,
        version.from_on,
        version.ends_on,
        version.capacity,
        version.ends_on is not None and version.ends_on < max(today, version.from_on),
    )


def calendar(
    session: Session, actor: Actor, month: date, clock: Clock = utc_now
) -> list[CalendarWeek]:
    """Return the weeks that a month touches, in the depot's first day of week.

    Days from today on have what every series foresees and nobody has made yet.
    """
    depot = actor.depot
    first = week_of(month, depot.week_start).first
    following = (month + timedelta(days=31)).replace(day=1)
    last = week_of(following - _ONE_DAY, depot.week_start).last
    today = local_day(clock(), depot.time_zone)
    entries = _entries(session, actor, first, last, today)
    capacities = _capacities(session, actor, first, last)
    weeks = []
    for number in range((last - first).days // 7 + 1):
        begins = first + number * _WEEK
        days = tuple(
            CalendarDay(day, day.month == month.month, tuple(entries.get(day, ())))
            for day in (begins + timedelta(days=offset) for offset in range(7))
        )
        weeks.append(CalendarWeek(days, _expected(days), capacities.get(begins)))
    return weeks


def _entries(
    session: Session, actor: Actor, first: date, last: date, today: date
) -> dict[date, list[CalendarEntry]]:
    zone, depot_id = actor.depot.time_zone, actor.depot_id
    since, before = day_begins(first, zone), day_begins(last + _ONE_DAY, zone)
    events = events_between(session, depot_id, since, before)
    made = _made_between(session, depot_id, first, last)
    series_of = {event_id: series_id for (series_id, _day), event_id in made.items()}
    found = [
        CalendarEntry(row.name, row.starts_at, row.place, series_of.get(row.id), row)
        for row in events
    ]
    for versions in series_versions(session, depot_id).values():
        found += _foreseen(actor, versions, max(first, today), last, set(made))
    by_day: dict[date, list[CalendarEntry]] = {}
    for entry in sorted(found, key=lambda one: (one.starts_at, one.name)):
        by_day.setdefault(local_day(entry.starts_at, zone), []).append(entry)
    return by_day


def _made_between(
    session: Session, depot_id: int, first: date, last: date
) -> dict[tuple[int, date], int]:
    found = session.execute(
        select(SeriesEvent.series_id, SeriesEvent.occurs_on, SeriesEvent.event_id).where(
            SeriesEvent.depot_id == depot_id,
            SeriesEvent.occurs_on >= first,
            SeriesEvent.occurs_on <= last,
        )
    )
    return {(series_id, day): event_id for series_id, day, event_id in found}


def _foreseen(
    actor: Actor,
    versions: Sequence[SeriesState],
    first: date,
    last: date,
    made: set[tuple[int, date]],
) -> Iterable[CalendarEntry]:
    states = {version.id: version for version in versions}
    for day, version in scheduled(versions, first, last, actor.depot.week_start).items():
        state = states[version.id]
        if (state.series_id, day) not in made:
            starts_at = begins_at(day, state.begins_minute, actor.depot.time_zone)
            yield CalendarEntry(state.name, starts_at, state.place, state.series_id, None)


def _capacities(session: Session, actor: Actor, first: date, last: date) -> dict[date, int]:
    """Return for how many households there is room in each week, by its first day."""
    found: dict[date, int] = {}
    week_start = actor.depot.week_start
    for versions in series_versions(session, actor.depot_id).values():
        states = {version.id: version for version in versions}
        rooms: dict[date, int] = {}
        for day, version in scheduled(versions, first, last, week_start).items():
            room = states[version.id].capacity
            if room is not None:
                rooms[week_of(day, week_start).first] = room
        for week, room in rooms.items():
            found[week] = found.get(week, 0) + room
    return found


def _expected(days: Iterable[CalendarDay]) -> int | None:
    numbers = [
        entry.event.expected_households
        for day in days
        for entry in day.entries
        if entry.event is not None and entry.event.called_off_at is None
    ]
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
