"""What is kept of routines and of who takes part, read: shared by commands and queries."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.clock import local_day
from depot.base.kinds import ActivityKind
from depot.distribution.series.repeating import NTHS, RepeatRule
from depot.distribution.series.rows import WEEKDAYS, from_bits
from depot.models import Assignment, Membership, Person, Routine, RoutineVersion
from depot.rota.occurring import RoutineState
from depot.rota.parts import Part


@dataclass(frozen=True, slots=True)
class Regular:
    """Who takes part in each day of a routine, from a day on."""

    id: int
    routine_id: int
    person_id: int
    name: str
    learning: bool
    from_on: date
    #: The last day; None: it goes on.
    until_on: date | None
    #: When they said that they come each time.
    taken_at: datetime

    def is_on(self, day: date) -> bool:
        """Say whether they take part on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def part(self) -> Part:
        """Return their part in a day that nobody touched."""
        return Part(
            self.person_id,
            self.name,
            learning=self.learning,
            taken_at=self.taken_at,
            is_regular=True,
        )


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


def regulars(
    session: Session, depot: DepotView, routine_id: int | None = None
) -> dict[int, list[Regular]]:
    """Return the regulars of one routine of the depot, or of all, also those of days gone by.

    Who left the depot is one up to that day. One statement.
    """
    about: ColumnElement[bool] = Assignment.routine_id.is_not(None)
    if routine_id is not None:
        about = and_(about, Assignment.routine_id == routine_id)
    found: dict[int, list[Regular]] = {}
    for row, name, ended_at in _with_people(session, depot.id, about):
        one = _regular(
            row, name, None if ended_at is None else local_day(ended_at, depot.time_zone)
        )
        if one is not None:
            found.setdefault(one.routine_id, []).append(one)
    return found


def _regular(row: Assignment, name: str, left_on: date | None) -> Regular | None:
    if row.routine_id is None or row.from_on is None or row.taken_at is None:
        return None  # only asked
    ends = [day for day in (row.until_on, left_on) if day is not None]
    return Regular(
        id=row.id,
        routine_id=row.routine_id,
        person_id=row.person_id,
        name=name,
        learning=row.learning,
        from_on=row.from_on,
        until_on=min(ends, default=None),
        taken_at=row.taken_at,
    )


def on_day(those: Iterable[Regular], day: date) -> list[Regular]:
    """Return who takes part as a regular on a day, each once."""
    return list({one.person_id: one for one in those if one.is_on(day)}.values())


def parts_of(session: Session, depot_id: int, about: ColumnElement[bool]) -> dict[int, list[Part]]:
    """Return all parts, given back ones too, in the activities that `about` chooses.

    Who left the depot takes part only in what they came to. One statement.
    """
    found: dict[int, list[Part]] = {}
    for row, name, ended_at in _with_people(session, depot_id, about):
        if ended_at is not None and row.came_at is None and row.given_back_at is None:
            continue
        if row.activity_id is not None:
            found.setdefault(row.activity_id, []).append(_part(row, name))
    return found


def _with_people(
    session: Session, depot_id: int, about: ColumnElement[bool]
) -> list[tuple[Assignment, str, datetime | None]]:
    """Return the depot's assignments, each with a name and when they left, in their order.

    They are ordered here: a database that is to do it reads all there are by their numbers.
    """
    found = session.execute(
        select(Assignment, Person.name, Membership.ended_at)
        .join(Person, Person.id == Assignment.person_id)
        .outerjoin(
            Membership,
            and_(Membership.person_id == Person.id, Membership.depot_id == depot_id),
        )
        .where(Assignment.depot_id == depot_id, about)
        .execution_options(populate_existing=True)
    )
    return sorted(((row, name, at) for row, name, at in found), key=lambda one: one[0].id)


def _part(row: Assignment, name: str) -> Part:
    return Part(
        person_id=row.person_id,
        name=name,
        id=row.id,
        learning=row.learning,
        asked_at=row.asked_at,
        taken_at=row.taken_at,
        waiting_since=row.waiting_since,
        stand_in_sought_at=row.stand_in_sought_at,
        given_back_at=row.given_back_at,
        came_at=row.came_at,
        left_at=row.left_at,
        instead_of_id=row.instead_of_id,
    )
