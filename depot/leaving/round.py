"""What comes round by itself: who was where becomes how many were there, after thirteen months."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from depot.base.clock import Clock, utc_now
from depot.db.database import current_session
from depot.db.transaction import transaction
from depot.models import Activity, Assignment, Attendance, AttendanceDay, Depot

#: As long as the access journal: a year can be looked back on when it is over.
KEPT_FOR: Final = timedelta(days=397)
#: Rows that are changed in one transaction: those who write in between wait no longer for it.
_AT_ONCE: Final = 500


def forget_attendance(clock: Clock = utc_now) -> int:
    """Take the person out of each part in what was over thirteen months ago; say of how many.

    How many took part, came, and for how long stays. A duty's term is no attendance.
    """
    depots = current_session().scalars(select(Depot.id).order_by(Depot.id)).all()
    return sum(_forget_in(depot_id, clock) for depot_id in depots)


def _forget_in(depot_id: int, clock: Clock) -> int:
    done = _count_days(depot_id, clock)
    while number := _forget_some(depot_id, clock):
        done += number
    return done


def _count_days(depot_id: int, clock: Clock) -> int:
    """Make numbers of who came on whole days long ago; return of how many lines."""
    with transaction() as session:
        zone = ZoneInfo(session.get_one(Depot, depot_id).time_zone)
        day = (clock() - KEPT_FOR).astimezone(zone).date()
        before = datetime.combine(day, time(), zone).astimezone(UTC)
        newer = aliased(Attendance)
        taken_back_since = (
            select(newer.id)
            .where(
                newer.depot_id == depot_id,
                newer.takes_back_id == Attendance.id,
                newer.at >= before,
            )
            .exists()
        )
        lines = session.scalars(
            select(Attendance).where(
                Attendance.depot_id == depot_id, Attendance.at < before, ~taken_back_since
            )
        ).all()
        if not lines:
            return 0
        gone = {line.takes_back_id for line in lines}
        came = {
            (line.at.astimezone(zone).date(), line.person_id)
            for line in lines
            if line.kind == "come" and line.id not in gone
        }
        for on, people in Counter(on for on, _person in came).items():
            _add_people(session, depot_id, on, people)
        ids = [line.id for line in lines]
        session.execute(
            delete(Attendance)
            .where(Attendance.depot_id == depot_id, Attendance.id.in_(ids))
            .execution_options(synchronize_session=False)
        )
        return len(ids)


def _add_people(session: Session, depot_id: int, day: date, people: int) -> None:
    """Add to a day: what a phone brought late is made a number later than the rest."""
    known = session.get(AttendanceDay, (depot_id, day))
    if known is not None:
        known.people += people
    else:
        session.add(AttendanceDay(depot_id=depot_id, day=day, people=people))
    session.flush()


def _forget_some(depot_id: int, clock: Clock) -> int:
    before = clock() - KEPT_FOR
    over = (
        select(Assignment.id)
        .join(
            Activity,
            (Activity.depot_id == Assignment.depot_id) & (Activity.id == Assignment.activity_id),
        )
        .where(
            Assignment.depot_id == depot_id,
            Assignment.person_id.is_not(None),
            Activity.depot_id == depot_id,
            Activity.kind != "duty",
            or_(
                Activity.starts_at < before,
                (Activity.kind == "task")
                & (func.coalesce(Activity.done_at, Activity.called_off_at) < before),
            ),
        )
        .limit(_AT_ONCE)
    )
    with transaction() as session:
        found = session.scalars(over).all()
        if found:
            changed = (
                update(Assignment)
                .where(Assignment.depot_id == depot_id, Assignment.id.in_(found))
                .values(person_id=None, asked_by_id=None)
                .execution_options(synchronize_session=False)
            )
            session.execute(changed)
    return len(found)
