"""Hours as the database adds them up: it reads every line, and hands over what is not simple."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, FromClause, and_, case, func, not_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from depot.base.actors import DepotView
from depot.base.clock import from_milliseconds, to_milliseconds
from depot.db.columns import Int
from depot.joining.hours import SimpleStays
from depot.joining.marking import AROUND
from depot.joining.stays import Mark
from depot.models import Attendance

_MINUTE: Final = 60_000
_DAY: Final = 24 * 60 * _MINUTE
#: A night is over at four in the morning (depot/joining/tonight.py).
_FOUR: Final = 4 * 60 * _MINUTE
_LEAST: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Sums:
    """What the database added up, and what is left to add."""

    #: By the number of the stretch: the first is the one that begins with the first bound.
    simple: dict[int, list[SimpleStays]] = field(default_factory=dict)
    #: What was said that makes no simple stay, by person.
    rest: dict[int, list[Mark]] = field(default_factory=dict)

    def between(self, first: int, end: int) -> list[SimpleStays]:
        """Return the simple stays from one bound to another, by their numbers."""
        return [one for number in range(first, end) for one in self.simple.get(number, ())]


def load_sums(session: Session, depot: DepotView, bounds: Sequence[datetime]) -> Sums:
    """Add up the stays that began between each two neighbours of `bounds`; two statements.

    A stay is simple where somebody comes who was not here, and leaves before the next four in the
    morning, and nothing is said of them in between. Then nothing that is said before or after it
    bears on it, nor it on that: the rest, which is little, makes the same stays without it.
    """
    said = _said(depot, bounds[0] - AROUND, bounds[-1] + AROUND)
    stretch = case(
        *((said.c.at < to_milliseconds(bound), number) for number, bound in enumerate(bounds)),
        else_=len(bounds),
    )
    minutes = (said.c.next_at - said.c.at) // _MINUTE
    stays = (
        select(stretch.label("stretch"), said.c.person_id, minutes.label("minutes"))
        .where(_begins_simple(said.c))
        .subquery()
    )
    rows = session.execute(
        select(stays.c.stretch, stays.c.person_id, func.count(), func.sum(stays.c.minutes))
        .group_by(stays.c.stretch, stays.c.person_id)
        .order_by(stays.c.stretch, stays.c.person_id)
    )
    found = Sums()
    for number, person_id, times, total in rows:
        of = SimpleStays(person_id, times, int(total))
        found.simple.setdefault(number - 1, []).append(of)
    rest = select(said.c.person_id, said.c.at, said.c.kind).where(
        not_(_begins_simple(said.c)), not_(_ends_simple(said.c))
    )
    for person_id, at, kind in session.execute(rest):
        mark = Mark(from_milliseconds(at), "leave" if kind == "leave" else "come")
        found.rest.setdefault(person_id, []).append(mark)
    return found


def _said(depot: DepotView, first: datetime, last: datetime) -> FromClause:
    """Return what was said and not taken back, each line beside the one before and the next."""
    struck = aliased(Attendance)
    at = type_coerce(Attendance.at, Int)
    lines = (
        select(
            Attendance.person_id,
            at.label("at"),
            Attendance.kind,
            ((at + _offset(depot, at, first, last) - _FOUR) // _DAY).label("day"),
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
    order: dict[str, Any] = {
        "partition_by": lines.c.person_id,
        "order_by": (lines.c.at, lines.c.kind),  # of one moment, coming is first
    }
    return select(
        lines,
        func.coalesce(func.lag(lines.c.kind).over(**order), "leave").label("before"),
        func.coalesce(func.lag(lines.c.kind, 2).over(**order), "leave").label("before_that"),
        func.lag(lines.c.day).over(**order).label("day_before"),
        func.coalesce(func.lead(lines.c.kind).over(**order), "").label("next"),
        func.lead(lines.c.at).over(**order).label("next_at"),
        func.lead(lines.c.day).over(**order).label("next_day"),
    ).subquery()


def _begins_simple(line: Any) -> ColumnElement[bool]:
    """Say of a line that a simple stay begins with it."""
    return and_(
        line.kind == "come",
        line.before == "leave",
        line.next == "leave",
        func.coalesce(line.next_day, -1) == line.day,
    )


def _ends_simple(line: Any) -> ColumnElement[bool]:
    """Say of a line that a simple stay ends with it."""
    return and_(
        line.kind == "leave",
        line.before == "come",
        line.before_that == "leave",
        func.coalesce(line.day_before, -1) == line.day,
    )


def _offset(
    depot: DepotView, at: ColumnElement[int], first: datetime, last: datetime
) -> ColumnElement[int]:
    """Return by how much the depot's wall clock is ahead at a moment, in milliseconds."""
    zone = ZoneInfo(depot.time_zone)
    changes = list(_changes(zone, first, last))
    return case(
        *((at < to_milliseconds(until), _ahead(zone, until - _LEAST)) for until in changes),
        # a condition that always holds: there may be no change
        (at >= 0, _ahead(zone, last)),
        else_=0,
    )


def _ahead(zone: ZoneInfo, at: datetime) -> int:
    return (at.astimezone(zone).utcoffset() or timedelta()) // _LEAST


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the moments, to the minute, at which the wall clock is changed in between."""
    day = timedelta(days=1)
    at = first
    while at < last:
        until = min(at + day, last)
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
