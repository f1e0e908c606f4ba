"""What comes round again: the words of old notes go."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import or_, select, update

from depot.base.clock import Clock, utc_now
from depot.db.transaction import transaction
from depot.handover.erasing import erase_lines
from depot.handover.notes import FADES
from depot.models import Note

#: So many notes fade in one transaction, so that nobody waits long for its end.
_AT_ONCE: Final = 200


def fade_notes(clock: Clock = utc_now) -> int:
    """Erase the words of notes whose time is over, in every depot; return of how many."""
    faded = 0
    while True:
        found = _fade_some(clock)
        faded += found
        if found < _AT_ONCE:
            return faded


def _fade_some(clock: Clock) -> int:
    """Fade the oldest notes that are due: eight weeks old, a notice as long after its last day."""
    now = clock()
    # a day later than the last can be anywhere on earth
    last_day = (now - FADES - timedelta(days=1)).date()
    with transaction() as session:
        due = session.scalars(
            select(Note.id)
            .where(
                Note.faded_at.is_(None),
                Note.recorded_at < now - FADES,
                or_(Note.shown_until.is_(None), Note.shown_until < last_day),
            )
            .order_by(Note.recorded_at)
            .limit(_AT_ONCE)
        ).all()
        if due:
            erase_lines(session, due)
            session.execute(
                update(Note)
                .where(Note.id.in_(due))
                .values(faded_at=now)
                .execution_options(synchronize_session=False)
            )
    return len(due)
