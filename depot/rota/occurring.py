"""Which days a routine has, and what each is before anybody touches it.

Pure. Nothing is made ahead: a day of a routine is worked out, and becomes a row when somebody
touches it; a row keeps what it says. The rules are those by which hand-outs come round
(depot/distribution/series/repeating.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from depot.base.kinds import ActivityKind
from depot.distribution.series.repeating import Version, begins_at, scheduled

#: A duty without a length of its own lasts up to the day before the next; looked for so far ahead.
LONGEST_DUTY: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class RoutineState(Version):
    """A routine as one of its versions has it: its rule, and what is said of each of its days."""

    routine_id: int
    kind: ActivityKind
    name: str
    text: str = ""
    steps: tuple[str, ...] = ()
    people_min: int = 1
    people_max: int | None = None
    #: So many of its places are no regular's.
    open_places: int = 0
    #: Minutes after midnight on the depot's wall clock, and for how long; of shifts and meetings.
    begins_minute: int | None = None
    minutes: int | None = None
    #: How many days a duty lasts; None: up to the next one.
    days: int | None = None
    location_id: int | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """When something is: only those that its kind has."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    due_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day of a routine that nobody touched."""

    on: date
    state: RoutineState
    times: Times

    @property
    def key(self) -> tuple[int, date]:
        """Which routine's, and which day: the same for every phone that touches it."""
        return self.state.routine_id, self.on


def occurrences(
    routines: Mapping[int, Sequence[RoutineState]],
    touched: Collection[tuple[int, date]],
    first: date,
    last: date,
    time_zone: str,
    week_start: int,
) -> list[Occurrence]:
    """Return the days of routines from `first` to `last`, both included, that have no row yet.

    `routines` are the versions of each, `touched` the keys of the days that have a row, wherever it
    was moved to. What begins first stands first.
    """
    found = [
        Occurrence(day, state, times_of(state, day, versions, time_zone, week_start))
        for versions in routines.values()
        for day, state in _days(versions, first, last, week_start).items()
        if (state.routine_id, day) not in touched
    ]
    return sorted(found, key=lambda one: (one.on, one.times.starts_at is None, *_order(one)))


def occurrence(
    versions: Sequence[RoutineState], day: date, time_zone: str, week_start: int
) -> Occurrence | None:
    """Return one day of a routine as it is while nobody touched it; None: it has not that day."""
    state = _days(versions, day, day, week_start).get(day)
    if state is None:
        return None
    return Occurrence(day, state, times_of(state, day, versions, time_zone, week_start))


def times_of(
    state: RoutineState,
    day: date,
    versions: Sequence[RoutineState],
    time_zone: str,
    week_start: int,
) -> Times:
    """Return when a day of a routine is. A task is due on it, a duty lasts from it on."""
    if state.begins_minute is not None and state.minutes is not None:
        starts_at = begins_at(day, state.begins_minute, time_zone)
        return Times(starts_at, ends_at(day, state.begins_minute, state.minutes, time_zone))
    if state.kind == "duty":
        return Times(starts_on=day, ends_on=_ends_on(state, day, versions, week_start))
    return Times(due_on=day)


def ends_at(day: date, begins_minute: int, minutes: int, time_zone: str) -> datetime:
    """Return the instant (UTC) at which the depot's wall clock shows the end.

    In the night in which the clocks are changed it lasts longer or shorter by that hour, as it
    stands on the rota. Where that hour swallows all of it, it lasts as long as it says.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=begins_minute + minutes)
    end = wall.replace(tzinfo=ZoneInfo(time_zone)).astimezone(UTC)
    start = begins_at(day, begins_minute, time_zone)
    return end if end > start else start + timedelta(minutes=minutes)


def current(versions: Iterable[RoutineState]) -> RoutineState:
    """Return what was said last of a routine."""
    return max(versions, key=lambda one: one.id)


def is_over(versions: Iterable[RoutineState], today: date) -> bool:
    """Say whether a routine has no day from today on, by its own last day."""
    last = current(versions).ends_on
    return last is not None and last < today


def _days(
    versions: Sequence[RoutineState], first: date, last: date, week_start: int
) -> dict[date, RoutineState]:
    by_id = {one.id: one for one in versions}
    days = scheduled(versions, first, last, week_start)
    return {day: by_id[version.id] for day, version in days.items()}


def _ends_on(
    state: RoutineState, day: date, versions: Sequence[RoutineState], week_start: int
) -> date:
    if state.days is not None:
        return day + timedelta(days=state.days - 1)
    later = _days(versions, day + timedelta(days=1), day + LONGEST_DUTY, week_start)
    return min(later, default=day + LONGEST_DUTY) - timedelta(days=1)


def _order(one: Occurrence) -> tuple[float, str, int]:
    starts_at = one.times.starts_at
    return starts_at.timestamp() if starts_at else 0.0, one.state.name.casefold(), one.key[0]
