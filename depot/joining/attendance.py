"""Who came when and left when in some days, and the hours of it as sums."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.periods import Period, day_begins
from depot.joining.hours import HoursSum, end_of, sum_hours
from depot.joining.marking import AROUND, load_marks
from depot.joining.stays import Stay, Turn, make_stays
from depot.joining.sums import load_sums
from depot.models import Activity, Assignment, Person
from depot.reports.sums.report import HoursGiven, Report

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
    """Return what people gave in each of the periods, without a name (three statements)."""
    if not periods:
        return []
    zone = depot.time_zone
    ends = [
        (day_begins(period.first, zone), day_begins(period.last + _DAY, zone)) for period in periods
    ]
    bounds = sorted({moment for pair in ends for moment in pair})
    sums = load_sums(session, depot, bounds)
    stays = {whose: make_stays(said, zone) for whose, said in sums.rest.items()}
    open_ones = [whose for whose, own in stays.items() if any(one.left_at is None for one in own)]
    turns = _load_turns(session, depot, (bounds[0], bounds[-1]), open_ones)
    rows = []
    for period, (begin, end) in zip(periods, ends, strict=True):
        simple = sums.between(bounds.index(begin), bounds.index(end))
        rows.append(HoursRow(period, sum_hours(stays, turns, begin, end, simple)))
    return rows


def with_hours(session: Session, depot: DepotView, report: Report) -> Report:
    """Return a report with the hours that people gave in its days, if anybody was here."""
    (given,) = hours(session, depot, [report.period])
    if not given.sums.times:
        return report
    return replace(report, hours=HoursGiven(given.sums.people, given.sums.minutes))


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
    stays = {whose: make_stays(said, depot.time_zone) for whose, said in marks.items()}
    return stays, _load_turns(session, depot, (begin, end), stays)


def _load_turns(
    session: Session, depot: DepotView, when: tuple[datetime, datetime], people: Collection[int]
) -> dict[int, list[Turn]]:
    """Return the shifts that some people came to about those days; one statement."""
    rows = session.execute(
        select(Assignment.person_id, Activity.id, Activity.starts_at, Activity.ends_at)
        .join(
            Activity,
            (Activity.depot_id == Assignment.depot_id) & (Activity.id == Assignment.activity_id),
        )
        .where(
            Assignment.depot_id == depot.id,
            Assignment.came_at.is_not(None),
            Assignment.person_id.in_(people),
            Activity.depot_id == depot.id,
            Activity.kind.in_(("shift", "meeting")),
            Activity.starts_at >= when[0] - AROUND,
            Activity.starts_at < when[1] + AROUND,
        )
    )
    turns: dict[int, list[Turn]] = {}
    for person_id, number, starts_at, ends_at in rows:
        if starts_at is not None and ends_at is not None:
            turns.setdefault(person_id, []).append(Turn(number, starts_at, ends_at))
    return turns
