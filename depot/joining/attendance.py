"""Who came when and left when in some days, and the hours of it as sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.periods import Period, day_begins
from depot.joining.hours import HoursSum, end_of, sum_hours
from depot.joining.marking import AROUND, load_marks
from depot.joining.stays import Stay, Turn, make_stays
from depot.models import Activity, Assignment, Person

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Somebody was here."""

    name: str
    came_at: datetime
    #: When they left, by their word or with their shift; None: nobody knows.
    left_at: datetime | None
    #: Whether somebody said that they left.
    is_said: bool


@dataclass(frozen=True, slots=True)
class HoursRow:
    """What people gave in a period."""

    period: Period
    sums: HoursSum


def hours(session: Session, depot: DepotView, periods: Sequence[Period]) -> list[HoursRow]:
    """Return what people gave in each of the periods, without a name (two statements)."""
    if not periods:
        return []
    first = min(period.first for period in periods)
    last = max(period.last for period in periods)
    begin, end = day_begins(first, depot.time_zone), day_begins(last + _DAY, depot.time_zone)
    stays, turns = _load(session, depot, begin, end)
    return [
        HoursRow(
            period,
            sum_hours(
                stays,
                turns,
                day_begins(period.first, depot.time_zone),
                day_begins(period.last + _DAY, depot.time_zone),
            ),
        )
        for period in periods
    ]


def attendance(session: Session, depot: DepotView, period: Period) -> list[AttendanceRow]:
    """Return who was here in a period, who came first before (three statements)."""
    begin = day_begins(period.first, depot.time_zone)
    end = day_begins(period.last + _DAY, depot.time_zone)
    stays, turns = _load(session, depot, begin, end)
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(stays)))
    names = {number: name for number, name in rows}
    found = [
        AttendanceRow(
            names[person_id],
            stay.came_at,
            end_of(stay, turns.get(person_id, ())),
            stay.left_at is not None,
        )
        for person_id, own in stays.items()
        for stay in own
        if begin <= stay.came_at < end
    ]
    return sorted(found, key=lambda row: (row.came_at, row.name.casefold()))


def _load(
    session: Session, depot: DepotView, begin: datetime, end: datetime
) -> tuple[dict[int, list[Stay]], dict[int, list[Turn]]]:
    """Read who came, and the shifts that they were on."""
    marks = load_marks(session, depot.id, begin - AROUND, end + AROUND)
    rows = session.execute(
        select(Assignment.person_id, Activity.id, Activity.starts_at, Activity.ends_at)
        .join(
            Activity,
            (Activity.depot_id == Assignment.depot_id) & (Activity.id == Assignment.activity_id),
        )
        .where(
            Assignment.depot_id == depot.id,
            Assignment.came_at.is_not(None),
            Activity.depot_id == depot.id,
            Activity.kind.in_(("shift", "meeting")),
            Activity.starts_at >= begin - AROUND,
            Activity.starts_at < end + AROUND,
        )
    )
    turns: dict[int, list[Turn]] = {}
    for person_id, number, starts_at, ends_at in rows:
        if starts_at is not None and ends_at is not None:
            turns.setdefault(person_id, []).append(Turn(number, starts_at, ends_at))
    stays = {whose: make_stays(said, depot.time_zone) for whose, said in marks.items()}
    return stays, turns
