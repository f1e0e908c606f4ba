"""When people came to their shifts, computed again from what they said at the door."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.joining.marking import load_marks
from depot.joining.stays import Stay, make_stays
from depot.models import Activity, Assignment, Depot

_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(9999, 1, 1, tzinfo=UTC)


def broken_attendance(session: Session, depot_id: int) -> Iterator[str]:
    """Yield a sentence for each shift whose coming or leaving no mark at the door bears out.

    What was marked so long ago that only numbers are left of it bears nothing out any more.
    """
    marks = load_marks(session, depot_id, _FIRST, _LAST)
    if not marks:
        return
    oldest = min(mark.at for said in marks.values() for mark in said)
    zone = session.scalars(select(Depot.time_zone).where(Depot.id == depot_id)).one()
    stays = {person_id: make_stays(said, zone) for person_id, said in marks.items()}
    kept = session.execute(
        select(Activity.name, Assignment.person_id, Assignment.came_at, Assignment.left_at)
        .join(
            Activity,
            (Activity.depot_id == Assignment.depot_id) & (Activity.id == Assignment.activity_id),
        )
        .where(
            Assignment.depot_id == depot_id,
            Assignment.person_id.is_not(None),
            Assignment.given_back_at.is_(None),
            Assignment.came_at >= oldest,
        )
        .order_by(Assignment.id)
    )
    for name, person_id, came_at, left_at in kept:
        if came_at is not None and not _is_borne_out(stays.get(person_id, ()), came_at, left_at):
            yield (
                f"Person {person_id} is kept as having come to “{name}” at {came_at.isoformat()}"
                f"{_until(left_at)}; what was marked at the door says otherwise."
            )


def _until(left_at: datetime | None) -> str:
    return "" if left_at is None else f" and left it at {left_at.isoformat()}"


def _is_borne_out(stays: Sequence[Stay], came_at: datetime, left_at: datetime | None) -> bool:
    """Say whether a stay began just then, and that one or a later one ended as it is kept."""
    reached = [stay for stay in stays if stay.came_at >= came_at]
    if not reached or reached[0].came_at != came_at:
        return False
    return any(stay.left_at == left_at for stay in reached)
