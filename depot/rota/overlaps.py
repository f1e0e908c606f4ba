"""What else somebody takes part in at the same time: a warning, never a refusal."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.clock import local_day
from depot.base.kinds import TIMED_KINDS
from depot.models import Activity, Assignment
from depot.rota.occurring import Occurrence, occurrences
from depot.rota.rows import regulars, routine_versions


def overlapping(
    session: Session,
    depot: DepotView,
    person_id: int,
    activity: Activity,
) -> tuple[str, ...]:
    """Return the names of what else somebody said yes to that is on while an activity is."""
    if activity.starts_at is None or activity.ends_at is None:
        return ()
    rows = session.execute(
        select(Activity.name)
        .join(Assignment, Assignment.activity_id == Activity.id)
        .where(
            Activity.depot_id == depot.id,
            Assignment.depot_id == depot.id,
            Activity.kind.in_(TIMED_KINDS),
            Activity.id != activity.id,
            Activity.called_off_at.is_(None),
            Activity.starts_at < activity.ends_at,
            Activity.ends_at > activity.starts_at,
            Assignment.person_id == person_id,
            Assignment.given_back_at.is_(None),
            Assignment.taken_at.is_not(None),
        )
        .order_by(Activity.starts_at, Activity.id)
    )
    untouched = _as_regular(session, depot, person_id, activity.starts_at, activity.ends_at)
    return (*(name for (name,) in rows), *(one.state.name for one in untouched))


def _as_regular(
    session: Session, depot: DepotView, person_id: int, starts_at: datetime, ends_at: datetime
) -> list[Occurrence]:
    """Return the days of routines that nobody touched, in which they take part as a regular."""
    own = {
        routine_id: [one for one in those if one.person_id == person_id]
        for routine_id, those in regulars(session, depot).items()
    }
    own = {routine_id: those for routine_id, those in own.items() if those}
    if not own:
        return []
    # what began the day before may last into this one
    first = local_day(starts_at, depot.time_zone) - timedelta(days=1)
    last = local_day(ends_at, depot.time_zone)
    versions = routine_versions(session, depot.id, kinds=TIMED_KINDS)
    mine = {key: those for key, those in versions.items() if key in own}
    touched = session.execute(
        select(Activity.routine_id, Activity.occurrence_on).where(
            Activity.depot_id == depot.id, Activity.occurrence_on.between(first, last)
        )
    )
    keys = {(routine_id, on) for routine_id, on in touched if routine_id and on}
    return [
        one
        for one in occurrences(mine, keys, first, last, depot.time_zone, depot.week_start)
        if any(regular.is_on(one.on) for regular in own[one.state.routine_id])
        and one.times.starts_at is not None
        and one.times.ends_at is not None
        and one.times.starts_at < ends_at
        and one.times.ends_at > starts_at
    ]
