"""What comes round by itself: who was where becomes how many were there, after thirteen months."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import func, or_, select, update

from depot.base.clock import Clock, utc_now
from depot.db.database import current_session
from depot.db.transaction import transaction
from depot.models import Activity, Assignment, Depot

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
    done = 0
    while number := _forget_some(depot_id, clock):
        done += number
    return done


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
