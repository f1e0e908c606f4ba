"""How long a session lasts, and what ends it. The cookie bears a key, the database its digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from depot.models import PersonSession

#: So long may a device lie unused; who coordinates can do more harm.
IDLE: Final = {
    "helper": timedelta(days=1),
    "volunteer": timedelta(days=30),
    "coordinator": timedelta(days=14),
}
#: After so long one signs in again, however often it was used.
LONGEST: Final = timedelta(days=180)
#: When a session was last used is written down no more often than this.
SEEN_EVERY: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SessionStart:
    """Somebody whose session may begin, and in which of their depots."""

    person_id: int
    depot_id: int
    name: str
    #: Whether a code of their second step is still to be typed.
    needs_code: bool = False
    #: When it is over by itself; None: when it lies unused.
    ends_at: datetime | None = None
    #: The depot's own device on which they tapped their name.
    device_id: int | None = None


#: So long it is known who was at a device of the depot's own, and may have left a queue on it.
QUEUE_KEPT: Final = timedelta(days=60)
#: So long what was begun on a device of the depot's own may still be sent by who began it.
WORKED_ON: Final = timedelta(hours=2)


def is_left(seen_at: datetime, idle_minutes: int, now: datetime, *, sends: bool) -> bool:
    """Say whether a device of the depot's own asks again who is doing this.

    Who `sends` what they began, a form or what waited there, is who they were when they began.
    """
    return now - seen_at > (WORKED_ON if sends else timedelta(minutes=idle_minutes))


def is_over(created_at: datetime, seen_at: datetime, role: str, now: datetime) -> bool:
    """Say whether a session has lain unused for too long, or is too old."""
    return now - seen_at > IDLE[role] or now - created_at > LONGEST


def end_sessions(
    session: Session,
    person_id: int,
    now: datetime,
    *,
    only: int | None = None,
    keep: int | None = None,
) -> int:
    """End the sessions of somebody in an open transaction; return how many were open.

    `only` ends that one, `keep` all but that one.
    """
    ending = (
        update(PersonSession)
        .where(PersonSession.person_id == person_id, PersonSession.ended_at.is_(None))
        .values(ended_at=now)
        .returning(PersonSession.id)
    )
    if only is not None:
        ending = ending.where(PersonSession.id == only)
    if keep is not None:
        ending = ending.where(PersonSession.id != keep)
    return len(session.execute(ending).all())
