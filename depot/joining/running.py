"""Which shifts run at a moment: those with a row, and days of routines that nobody touched yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.clock import local_day
from depot.models import Activity, Assignment
from depot.rota.naming import name_of_day
from depot.rota.occurring import Occurrence, occurrences
from depot.rota.rows import on_day, regulars, routine_versions

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RunningShift:
    """A shift that runs or is about to; `name` is what it is touched by."""

    name: str
    starts_at: datetime
    people_min: int
    #: Who is on it, come or not.
    person_ids: frozenset[int]


def running_shifts(
    session: Session, depot: DepotView, first: datetime, last: datetime
) -> list[RunningShift]:
    """Return the shifts that begin by `last` and are not over at `first`; five statements."""
    days = local_day(first, depot.time_zone) - _DAY, local_day(last, depot.time_zone) + _DAY
    rows = session.execute(
        select(Activity.routine_id, Activity.occurrence_on).where(
            Activity.depot_id == depot.id, Activity.occurrence_on.between(*days)
        )
    )
    touched = {(routine, on) for routine, on in rows if routine is not None and on is not None}
    versions = routine_versions(session, depot.id, kinds=("shift",))
    untouched = [
        one
        for one in occurrences(versions, touched, *days, depot.time_zone, depot.week_start)
        if _runs(one.times.starts_at, one.times.ends_at, first, last)
    ]
    return [*_with_row(session, depot, first, last), *_without(session, depot, untouched)]


def _runs(
    starts_at: datetime | None, ends_at: datetime | None, first: datetime, last: datetime
) -> bool:
    return bool(starts_at and ends_at and starts_at <= last and ends_at > first)


def _with_row(
    session: Session, depot: DepotView, first: datetime, last: datetime
) -> list[RunningShift]:
    rows = session.execute(
        select(Activity.id, Activity.starts_at, Activity.people_min, Assignment.person_id)
        .outerjoin(
            Assignment,
            (Assignment.depot_id == Activity.depot_id)
            & (Assignment.activity_id == Activity.id)
            & Assignment.given_back_at.is_(None),
        )
        .where(
            Activity.depot_id == depot.id,
            Activity.kind == "shift",
            Activity.starts_at <= last,
            Activity.starts_at > first - _DAY,
            Activity.ends_at > first,
            Activity.called_off_at.is_(None),
        )
    )
    found: dict[int, tuple[datetime, int, set[int]]] = {}
    for number, starts_at, people_min, person_id in rows:
        if starts_at is None:  # no shift is without
            continue
        known = found.setdefault(number, (starts_at, people_min, set()))
        if person_id is not None:
            known[2].add(person_id)
    return [
        RunningShift(str(number), starts_at, people_min, frozenset(people))
        for number, (starts_at, people_min, people) in found.items()
    ]


def _without(
    session: Session, depot: DepotView, untouched: Sequence[Occurrence]
) -> list[RunningShift]:
    those = regulars(session, depot)
    return [
        RunningShift(
            name_of_day(*one.key),
            one.times.starts_at,
            one.state.people_min,
            frozenset(
                part.person_id for part in on_day(those.get(one.state.routine_id, []), one.on)
            ),
        )
        for one in untouched
        if one.times.starts_at is not None
    ]
