"""What is kept of hand-outs that come round, read and made: shared by commands and queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from depot.db.columns import key_of
from depot.distribution.series.repeating import AVERAGED, NTHS, RepeatRule, Version, average
from depot.models import DistributionEvent, PeopleCount, SeriesEvent, SeriesVersion

#: Hand-outs are made so many days ahead: four weeks.
HORIZON_DAYS: Final = 28
WEEKDAYS: Final = range(1, 8)


@dataclass(frozen=True, slots=True)
class SeriesState(Version):
    """A version with what is said of its hand-outs."""

    series_id: int
    name: str
    place: str
    begins_minute: int
    capacity: int | None
    like_event_id: int | None


@dataclass(frozen=True, slots=True)
class Expectation:
    """How many households are expected, and from how many came to which hand-outs.

    `counts` are those of the last hand-outs that are over and at which somebody was counted, the
    last one first.
    """

    households: int | None
    counts: tuple[int, ...]


def to_bits(chosen: Iterable[int], among: Iterable[int]) -> int:
    """Return a bit for each of `among` that is chosen, the first the lowest."""
    wanted = set(chosen)
    return sum(1 << place for place, one in enumerate(among) if one in wanted)


def from_bits(bits: int, among: Iterable[int]) -> tuple[int, ...]:
    """Return those of `among` whose bit is set."""
    return tuple(one for place, one in enumerate(among) if bits >> place & 1)


def series_versions(
    session: Session, depot_id: int, series_id: int | None = None
) -> dict[int, list[SeriesState]]:
    """Return the versions of one series of the depot, or of all, the oldest first."""
    wanted = select(SeriesVersion).where(SeriesVersion.depot_id == depot_id)
    if series_id is not None:
        wanted = wanted.where(SeriesVersion.series_id == series_id)
    found: dict[int, list[SeriesState]] = {}
    for row in session.scalars(wanted.order_by(SeriesVersion.id)):
        found.setdefault(row.series_id, []).append(_state(row))
    return found


def _state(row: SeriesVersion) -> SeriesState:
    rule = RepeatRule(
        row.frequency,
        row.every,
        from_bits(row.weekdays, WEEKDAYS),
        from_bits(row.nths, NTHS),
        row.month_day,
    )
    return SeriesState(
        row.id,
        row.from_on,
        row.ends_on,
        rule,
        row.series_id,
        row.name,
        row.place,
        row.begins_minute,
        row.capacity,
        row.like_event_id,
    )


def made_days(session: Session, depot_id: int, series_id: int, since: date) -> dict[date, int]:
    """Return the hand-out of each day of a series from `since` on that has one."""
    found = session.execute(
        select(SeriesEvent.occurs_on, SeriesEvent.event_id).where(
            SeriesEvent.depot_id == depot_id,
            SeriesEvent.series_id == series_id,
            SeriesEvent.occurs_on >= since,
        )
    )
    return {day: event_id for day, event_id in found}


def expectation(session: Session, depot_id: int, series_id: int) -> Expectation:
    """Return what the last hand-outs of a series let expect (one statement)."""
    households = func.sum(PeopleCount.households)
    found = session.scalars(
        select(households)
        .select_from(SeriesEvent)
        .join(DistributionEvent, DistributionEvent.id == SeriesEvent.event_id)
        .join(PeopleCount, PeopleCount.event_id == DistributionEvent.id)
        .where(
            SeriesEvent.depot_id == depot_id,
            SeriesEvent.series_id == series_id,
            DistributionEvent.depot_id == depot_id,
            DistributionEvent.state == "closed",
            PeopleCount.depot_id == depot_id,
        )
        .group_by(*key_of(DistributionEvent), DistributionEvent.starts_at)
        .having(households > 0)
        .order_by(DistributionEvent.starts_at.desc())
        .limit(AVERAGED)
    )
    counts = tuple(int(count) for count in found)
    return Expectation(average(counts), counts)
