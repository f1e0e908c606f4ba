"""Writing that somebody came or left, and what it says of their shifts; in an open transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, insert, or_, select
from sqlalchemy.orm import Session, aliased

from depot.base.errors import NotFound
from depot.base.kinds import MarkKind
from depot.base.text import N_
from depot.joining.running import running_shifts
from depot.joining.stays import BREAK, EARLY, Mark, Turn, attend, make_stays
from depot.kernel.once import Work
from depot.models import Activity, Assignment, Attendance
from depot.rota.touching import touch

#: What is said of one moment changes no stay that begins or ends further away.
AROUND: Final = timedelta(hours=36)


def add_mark(work: Work, person_id: int, kind: MarkKind, activity: str = "") -> int:
    """Write the line, put the person's shifts right by it, and return its id.

    `activity` names the shift it is said of. Raises NotFound, NoSuchDay.
    """
    named = _shift(work, activity) if activity else None
    own = work.actor.person_id
    made = work.session.execute(
        insert(Attendance)
        .values(
            depot_id=work.depot_id,
            person_id=person_id,
            kind=kind,
            at=work.occurred_at,
            recorded_at=work.recorded_at,
            activity_id=None if named is None else named.id,
            by_id=None if own == person_id else own,
        )
        .returning(Attendance.id)
    ).scalar_one()
    if kind == "come":
        _put_on(work, person_id, named)
    attend_shifts(work, person_id, work.occurred_at)
    return made


def _shift(work: Work, name: str) -> Turn:
    found = touch(work, name)
    if found.starts_at is None or found.ends_at is None:
        raise NotFound(what=N_("shift"), name=name)
    return Turn(found.id, found.starts_at, found.ends_at)


def _put_on(work: Work, person_id: int, named: Turn | None) -> None:
    """Put who came on the shift it was said of, or on the one that runs if they are on none.

    Whether it has enough people already is not asked: they are here. A day of a routine that
    somebody comes to is touched by it.
    """
    at = work.occurred_at
    if named is not None:
        if named.starts_at < at + AROUND and named.ends_at > at - AROUND:
            _stand_on(work, person_id, named.id)  # nobody is at a shift of another day
        return
    shifts = running_shifts(work.session, work.actor.depot, at, at + EARLY)
    own = [shift for shift in shifts if person_id in shift.person_ids]
    for shift in own:
        touch(work, shift.name)  # with its regulars, of whom they are one
    running = [shift for shift in shifts if shift.starts_at <= at + BREAK]
    if not own and len(running) == 1:
        _stand_on(work, person_id, touch(work, running[0].name).id)


def _stand_on(work: Work, person_id: int, activity_id: int) -> None:
    is_on = select(Assignment.id).where(
        Assignment.depot_id == work.depot_id,
        Assignment.activity_id == activity_id,
        Assignment.person_id == person_id,
        Assignment.given_back_at.is_(None),
    )
    if work.session.scalar(is_on) is None:
        work.session.execute(
            insert(Assignment).values(
                depot_id=work.depot_id,
                activity_id=activity_id,
                person_id=person_id,
                learning=False,
                came_at=work.occurred_at,
            )
        )


def load_marks(
    session: Session, depot_id: int, first: datetime, last: datetime, person_id: int | None = None
) -> dict[int, list[Mark]]:
    """Return what was said between two moments and not taken back, by person; one statement."""
    struck = aliased(Attendance)
    wanted = (
        select(Attendance.person_id, Attendance.at, Attendance.kind)
        .outerjoin(
            struck,
            (struck.depot_id == Attendance.depot_id) & (struck.takes_back_id == Attendance.id),
        )
        .where(
            Attendance.depot_id == depot_id,
            Attendance.at >= first,
            Attendance.at <= last,
            Attendance.kind != "taken_back",
            struck.id.is_(None),
        )
    )
    if person_id is not None:
        wanted = wanted.where(Attendance.person_id == person_id)
    found: dict[int, list[Mark]] = {}
    for whose, at, kind in session.execute(wanted):
        found.setdefault(whose, []).append(Mark(at, "leave" if kind == "leave" else "come"))
    return found


def attend_shifts(work: Work, person_id: int, at: datetime) -> None:
    """Write into the person's shifts about that moment when they came to each and left it.

    Who stands on a shift for no more than having come, and did not, stands on it no longer.
    """
    first, last = at - AROUND, at + AROUND
    marks = load_marks(work.session, work.depot_id, first, last, person_id)
    stays = make_stays(marks.get(person_id, ()), work.actor.depot.time_zone)
    rows = work.session.execute(
        select(Assignment, Activity.id, Activity.starts_at, Activity.ends_at)
        .join(
            Activity,
            (Activity.depot_id == Assignment.depot_id) & (Activity.id == Assignment.activity_id),
        )
        .where(
            Assignment.depot_id == work.depot_id,
            Assignment.person_id == person_id,
            Assignment.given_back_at.is_(None),
            # and what they came to then, wherever it was moved since
            or_(
                and_(Activity.starts_at < last, Activity.ends_at > first),
                Assignment.came_at.between(first, last),
            ),
        )
    ).all()
    turns = [
        Turn(number, starts_at, ends_at)
        for _row, number, starts_at, ends_at in rows
        if starts_at is not None and ends_at is not None
    ]
    told = attend(turns, stays)
    for row, number, _starts_at, _ends_at in rows:
        came_at, left_at = told[number].came_at, told[number].left_at
        signed_up = row.taken_at or row.asked_at or row.waiting_since
        if came_at is None and not signed_up:
            work.session.delete(row)
        else:
            row.came_at, row.left_at = came_at, left_at
    work.session.flush()
