"""What the first page says of people: who is here, what is on, what lacks people, what is mine.

A set number of statements, however many people, shifts and tasks there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import local_day
from depot.joining.queries import HereRow, here_now
from depot.rota.queries.tasks import TaskRow, open_tasks
from depot.rota.queries.week import ActivityRow, activities

#: So many days ahead it is said what lacks people.
AHEAD: Final = timedelta(days=3)
#: So many circles fit beside a button, and so many of them may stand for whoever is missing.
CIRCLES: Final = 12
GAPS: Final = 3


@dataclass(frozen=True, slots=True)
class PeopleToday:
    """Each list in the order in which it matters; no shift stands in two of them."""

    here: tuple[HereRow, ...]
    #: Whether who asks is here.
    is_in: bool
    #: How many people the shifts that are on ask for; none are on: 0.
    wanted: int
    on_now: tuple[ActivityRow, ...]
    #: Shifts and meetings to come that who asks is in, was asked to, or waits for.
    mine: tuple[ActivityRow, ...]
    #: Others that lack people.
    lacking: tuple[ActivityRow, ...]
    #: Tasks that who asks took, or was asked to do.
    tasks: tuple[TaskRow, ...]
    #: How many tasks that are due by today nobody took.
    nobodys: int

    @property
    def circles(self) -> tuple[HereRow, ...]:
        """Those whose initials are shown."""
        return self.here[:CIRCLES]

    @property
    def gaps(self) -> int:
        """How many circles stand for whoever is missing."""
        return min(max(0, self.wanted - len(self.here)), GAPS, CIRCLES - len(self.circles))


def people_today(session: Session, who: Actor, now: datetime) -> PeopleToday:
    """Return it for who asks."""
    today = local_day(now, who.depot.time_zone)
    here = tuple(row for row in here_now(session, who.depot, now) if row.is_here)
    # a shift of last night may still be on
    rows = activities(session, who.depot, today - timedelta(days=1), today + AHEAD)
    going_on = [row for row in rows if _is_to_come(row, now)]
    on_now = [row for row in going_on if row.starts_at is not None and row.starts_at <= now]
    to_come = [row for row in going_on if row not in on_now]
    mine = [row for row in to_come if row.standing_of(who.person_id) != "out"]
    tasks = open_tasks(session, who.depot, now)
    return PeopleToday(
        here=here,
        is_in=any(row.person_id == who.person_id for row in here),
        wanted=sum(row.people_min for row in on_now if row.kind == "shift"),
        on_now=tuple(on_now),
        mine=tuple(mine),
        lacking=tuple(row for row in to_come if row.lacking and row not in mine),
        tasks=tuple(_own(tasks, who.person_id)),
        nobodys=sum(
            1 for row in tasks if not row.people and row.due_on is not None and row.due_on <= today
        ),
    )


def _is_to_come(row: ActivityRow, now: datetime) -> bool:
    return row.called_off_at is None and row.ends_at is not None and row.ends_at > now


def _own(tasks: Iterable[TaskRow], person_id: int | None) -> list[TaskRow]:
    """Return somebody's tasks, those first that wait for a yes or a no."""
    asked = [row for row in tasks if row.standing_of(person_id) == "asked"]
    taken = [row for row in tasks if row.standing_of(person_id) in ("in", "seeking")]
    return asked + taken
