"""Who came when and left when in some days, and the hours of it as sums."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, FromClause, and_, case, func, not_, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from depot.base.actors import DepotView
from depot.base.clock import from_milliseconds, to_milliseconds
from depot.base.periods import Period, day_begins
from depot.db.columns import Int
from depot.joining.hours import HoursSum, SimpleStays, end_of, sum_hours
from depot.joining.marking import AROUND, load_marks
from depot.joining.stays import Mark, Stay, Turn, make_stays
from depot.models import Activity, Assignment, Attendance, Person
from depot.reports.sums.report import HoursGiven, Report

_DAY: Final = timedelta(days=1)
_MINUTE: Final = 60_000
_DAY_LONG: Final = 24 * 60 * _MINUTE
#: A night is over at four in the morning (depot/joining/tonight.py).
_FOUR: Final = 4 * 60 * _MINUTE
#: So long after coming no night is over: who comes shortly before four is here until the next.
_SURE: Final = 3 * 60 * _MINUTE
_LEAST: Final = timedelta(milliseconds=1)


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
    zone = depot.time_zone
    ends = [
        (day_begins(period.first, zone), day_begins(period.last + _DAY, zone)) for period in periods
    ]
    bounds = sorted({moment for pair in ends for moment in pair})
    sums = _load_sums(session, depot, bounds)
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


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the database added up, and what is left to add."""

    #: By the number of the stretch: the first is the one that begins with the first bound.
    simple: dict[int, list[SimpleStays]] = field(default_factory=dict)
    #: What was said that makes no simple stay, by person.
    rest: dict[int, list[Mark]] = field(default_factory=dict)

    def between(self, first: int, end: int) -> list[SimpleStays]:
        """Return the simple stays from one bound to another, by their numbers."""
        return [one for number in range(first, end) for one in self.simple.get(number, ())]


def _load_sums(session: Session, depot: DepotView, bounds: Sequence[datetime]) -> _Sums:
    """Add up the stays that began between each two neighbours of `bounds`; one statement.

    A stay is simple where somebody comes who was not here, and leaves before the next four in the
    morning, and nothing is said of them in between. Then nothing that is said before or after it
    bears on it, nor it on that: the rest, which is little, makes the same stays without it.
    """
    lines = _lines(depot, bounds[0] - AROUND, bounds[-1] + AROUND)
    stretch = case(
        *((lines.c.at < to_milliseconds(bound), number) for number, bound in enumerate(bounds)),
        else_=len(bounds),
    )
    is_simple = lines.c.ends_at.is_not(None)
    told = (
        select(
            lines.c.person_id,
            case((is_simple, stretch), else_=None).label("stretch"),
            case((is_simple, None), else_=lines.c.said).label("said"),
            ((lines.c.ends_at - lines.c.at) // _MINUTE).label("minutes"),
        )
        .where(not_(lines.c.is_end))
        .subquery()
    )
    rows = session.execute(
        select(
            told.c.person_id, told.c.stretch, told.c.said, func.count(), func.sum(told.c.minutes)
        ).group_by(told.c.person_id, told.c.stretch, told.c.said)
    )
    found = _Sums()
    for person_id, number, said, times, minutes in rows:
        if said is None:
            one = SimpleStays(person_id, times, int(minutes))
            found.simple.setdefault(number - 1, []).append(one)
        else:
            mark = Mark(from_milliseconds(said // 2), "leave" if said % 2 else "come")
            found.rest.setdefault(person_id, []).append(mark)
    return found


def _lines(depot: DepotView, first: datetime, last: datetime) -> FromClause:
    """Return what was said and not taken back, and of each line whether it makes a simple stay.

    `said` is the moment and the kind in one number, so that they are put in order by it and the
    database looks at its neighbours once: of one moment, coming is first. A line with which a
    simple stay begins has an end; `is_end` is one with which such a stay ends.
    """
    struck = aliased(Attendance)
    at = type_coerce(Attendance.at, Int)
    lines = (
        select(
            Attendance.person_id,
            (at * 2 + case((Attendance.kind == "leave", 1), else_=0)).label("said"),
        )
        .outerjoin(
            struck,
            and_(struck.depot_id == Attendance.depot_id, struck.takes_back_id == Attendance.id),
        )
        .where(
            Attendance.depot_id == depot.id,
            Attendance.at >= first,
            Attendance.at <= last,
            Attendance.kind != "taken_back",
            struck.id.is_(None),
        )
        .subquery()
    )
    said = lines.c.said
    order: dict[str, Any] = {"partition_by": lines.c.person_id, "order_by": said}
    beside = select(
        lines,
        # who is not known before had left: an odd number
        func.coalesce(func.lag(said, type_=Int).over(**order), 1).label("before"),
        func.coalesce(func.lag(said, 2, type_=Int).over(**order), 1).label("before_that"),
        func.coalesce(func.lead(said, type_=Int).over(**order), 0).label("next"),
    ).subquery()
    line = beside.c
    offset = partial(_offset, ahead=_ahead_until(depot, first, last))
    begins = _is_stay(offset, line.before, line.said, line.next)
    return select(
        line.person_id,
        line.said,
        (line.said // 2).label("at"),
        case((begins, line.next // 2), else_=None).label("ends_at"),
        _is_stay(offset, line.before_that, line.before, line.said).label("is_end"),
    ).subquery()


def _is_stay(
    offset: Callable[[ColumnElement[int]], ColumnElement[int]],
    before: ColumnElement[int],
    come: ColumnElement[int],
    leave: ColumnElement[int],
) -> ColumnElement[bool]:
    """Say whether somebody who was not here came and left, before the next four in the morning."""

    def day(said: ColumnElement[int]) -> ColumnElement[int]:
        return (said // 2 + offset(said // 2) - _FOUR) // _DAY_LONG

    return and_(
        before % 2 == 1,
        come % 2 == 0,
        leave % 2 == 1,
        or_(leave - come < 2 * _SURE, day(come) == day(leave)),
    )


def _offset(
    at: ColumnElement[int], ahead: Sequence[tuple[datetime | None, int]]
) -> ColumnElement[int]:
    """Return by how much the depot's wall clock is ahead at a moment, in milliseconds."""
    *changes, (_end, last) = ahead
    return case(
        *((at < to_milliseconds(until), by) for until, by in changes if until),
        # a condition that always holds: there may be no change
        (at >= 0, last),
        else_=0,
    )


def _ahead_until(
    depot: DepotView, first: datetime, last: datetime
) -> list[tuple[datetime | None, int]]:
    """Return by how much the wall clock is ahead until each change in between, and at the end."""
    zone = ZoneInfo(depot.time_zone)
    changes = [(until, _ahead(zone, until - _LEAST)) for until in _changes(zone, first, last)]
    return [*changes, (None, _ahead(zone, last))]


def _ahead(zone: ZoneInfo, at: datetime) -> int:
    return (at.astimezone(zone).utcoffset() or timedelta()) // _LEAST


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the moments, to the minute, at which the wall clock is changed in between."""
    at = first
    while at < last:
        until = min(at + _DAY, last)
        if _ahead(zone, at) != _ahead(zone, until):
            yield _change(zone, at, until)
        at = until


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return when the clock is changed: by halves, as one looks up a word."""
    while after - before > _LEAST:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=middle.microsecond // 1000 * 1000)
        if _ahead(zone, middle) == _ahead(zone, before):
            before = middle
        else:
            after = middle
    return after
