"""Who carries how much, and what rests on one person alone: sums that the database makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.db.columns import Int
from depot.duties.leaning import LOOKED_BACK, Leaning, WasThere, leaning
from depot.duties.queries.duties import DutyRow, willing_people
from depot.models import Activity, Assignment, Person

#: In the milliseconds in which moments are kept.
_MINUTE: Final = 60_000


@dataclass(frozen=True, slots=True)
class LoadRow:
    """What somebody holds, and how long they were there in the last twelve weeks."""

    person_id: int
    name: str
    duties: tuple[str, ...] = ()
    shifts: int = 0
    minutes: int = 0


def load(
    session: Session, depot: DepotView, rows: Iterable[DutyRow], now: datetime
) -> list[LoadRow]:
    """Return who holds what and did how much lately, by name: no order of merit."""
    found: dict[int, LoadRow] = {}
    for duty in rows:
        for part in duty.holders:
            before = found.get(part.person_id, LoadRow(part.person_id, part.name))
            names = (*before.duties, duty.name)
            found[part.person_id] = replace(before, duties=names)
    for person_id, name, shifts, minutes in _shifts(session, depot, now):
        before = found.get(person_id, LoadRow(person_id, name))
        found[person_id] = replace(before, shifts=shifts, minutes=minutes)
    return sorted(found.values(), key=lambda row: (row.name.casefold(), row.person_id))


def _shifts(
    session: Session, depot: DepotView, now: datetime
) -> Iterable[tuple[int, str, int, int]]:
    """Return of each person how many shifts they were on, and for how many minutes.

    Who is not known to have come and left was there as long as the shift was.
    """
    is_known = and_(Assignment.came_at.is_not(None), Assignment.left_at.is_not(None))
    begin = type_coerce(case((is_known, Assignment.came_at), else_=Activity.starts_at), Int)
    end = type_coerce(case((is_known, Assignment.left_at), else_=Activity.ends_at), Int)
    sums = (
        select(
            Assignment.person_id,
            func.count().label("shifts"),
            func.sum((end - begin) // _MINUTE).label("minutes"),
        )
        .join(
            Activity,
            and_(Activity.id == Assignment.activity_id, Activity.depot_id == Assignment.depot_id),
        )
        .where(
            *_took_part(depot.id),
            Activity.starts_at >= now - LOOKED_BACK,
            Activity.ends_at <= now,
        )
        .group_by(Assignment.person_id)
        .subquery()
    )
    rows = session.execute(
        select(Person.id, Person.name, sums.c.shifts, sums.c.minutes).join(
            sums, sums.c.person_id == Person.id
        )
    )
    for person_id, name, shifts, minutes in rows:
        yield person_id, name, shifts, int(minutes)


def resting_on_one(session: Session, depot: DepotView, today: date) -> list[Leaning]:
    """Return what one person alone did in the last twelve weeks, each time it was on."""
    since = today - LOOKED_BACK
    zone = ZoneInfo(depot.time_zone)
    begin = datetime.combine(since, time(), zone)
    end = datetime.combine(today + timedelta(days=1), time(), zone)
    was_on = (
        *_took_part(depot.id),
        Activity.routine_id.is_not(None),
        or_(
            and_(Activity.starts_at >= begin, Activity.starts_at < end),
            and_(Activity.kind == "duty", Activity.ends_on >= since, Activity.starts_on <= today),
        ),
    )
    both = and_(Assignment.activity_id == Activity.id, Assignment.depot_id == Activity.depot_id)
    # of the rest, which is most of it, nothing is read
    by_one = (
        select(Activity.routine_id)
        .join(Assignment, both)
        .where(*was_on)
        .group_by(Activity.routine_id)
        .having(func.min(Assignment.person_id) == func.max(Assignment.person_id))
    )
    rows = session.execute(
        select(
            Activity.routine_id,
            Activity.name,
            Activity.id,
            Person.id.label("person_id"),
            Person.name.label("person"),
            (Activity.kind == "duty").label("is_duty"),
        )
        .join(Assignment, both)
        .join(Person, Person.id == Assignment.person_id)
        .where(*was_on, Activity.routine_id.in_(by_one))
        .order_by(Activity.id)
    )
    others = willing_people(session, depot.id)
    found = leaning(
        WasThere(row.routine_id, row.name, row.id, row.person_id, row.person, row.is_duty)
        for row in rows
        if row.routine_id is not None
    )
    return [
        one
        for one in found
        if not one.is_duty
        or all(who.person_id == one.person_id for who in others.get(one.routine_id, []))
    ]


def _took_part(depot_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Activity.depot_id == depot_id,
        Assignment.depot_id == depot_id,
        Activity.called_off_at.is_(None),
        Assignment.given_back_at.is_(None),
        ~Assignment.learning,
        or_(Assignment.taken_at.is_not(None), Assignment.came_at.is_not(None)),
    )
