"""What is kept of routines, read: shared by commands and queries."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.kinds import ActivityKind
from depot.distribution.series.repeating import NTHS, RepeatRule
from depot.distribution.series.rows import WEEKDAYS, from_bits
from depot.models import Routine, RoutineVersion
from depot.rota.occurring import RoutineState


def routine_versions(
    session: Session,
    depot_id: int,
    routine_id: int | None = None,
    kinds: tuple[ActivityKind, ...] | None = None,
) -> dict[int, list[RoutineState]]:
    """Return the versions of one routine of the depot, or of all of some kinds, the oldest first.

    One statement.
    """
    wanted = (
        select(Routine.kind, RoutineVersion)
        .join(RoutineVersion, RoutineVersion.routine_id == Routine.id)
        .where(Routine.depot_id == depot_id, RoutineVersion.depot_id == depot_id)
    )
    if routine_id is not None:
        wanted = wanted.where(Routine.id == routine_id)
    if kinds is not None:
        wanted = wanted.where(Routine.kind.in_(kinds))
    found: dict[int, list[RoutineState]] = {}
    for kind, row in session.execute(wanted.order_by(RoutineVersion.id)):
        found.setdefault(row.routine_id, []).append(_state(kind, row))
    return found


def _state(kind: ActivityKind, row: RoutineVersion) -> RoutineState:
    rule = RepeatRule(
        row.frequency,
        row.every,
        from_bits(row.weekdays, WEEKDAYS),
        from_bits(row.nths, NTHS),
        row.month_day,
    )
    return RoutineState(
        id=row.id,
        from_on=row.from_on,
        ends_on=row.ends_on,
        rule=rule,
        routine_id=row.routine_id,
        kind=kind,
        name=row.name,
        text=row.text,
        steps=tuple(json.loads(row.steps)),
        people_min=row.people_min,
        people_max=row.people_max,
        open_places=row.open_places,
        begins_minute=row.begins_minute,
        minutes=row.minutes,
        days=row.days,
        location_id=row.location_id,
    )
