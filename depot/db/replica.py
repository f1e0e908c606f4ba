"""A copy of a server's database that follows it a little behind, for reports to be read from.

A report is read there only when the copy has what the person who asks saved last, and all that was
saved up to a few seconds ago by whomever; else it is read where everything is. How far a database
has come is a position in its log of changes. A copy that does not answer is left alone for a while.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Engine, TextClause, text
from sqlalchemy.orm import Session

log = logging.getLogger("depot")
#: By so many seconds, at most, what others saved may be missing from a report.
BEHIND_SECONDS: Final = 5.0
#: So long a copy that failed is not asked.
REST_SECONDS: Final = 10.0

#: Where the next change will stand: a commit that is not yet on the disk is before it too.
_WRITTEN: Final = text("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")
#: What was sent, or may have been.
_SENT: Final = text("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')")
#: Nothing on a database that follows no other.
_REPLAYED: Final = text("SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')")


class Replica:
    """The copy, and what is known of how far it has to be."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self.engine = engine
        self._clock = clock
        self._rests_until = float("-inf")
        #: A position of the database that is followed, and when it was asked for.
        self._lately = 0
        self._asked_at = float("-inf")

    def knows(self, there: Session, here: Session, after: int) -> bool:
        """Say whether the copy has come to the position `after`, and near enough to the present.

        `there` reads the copy, `here` the database that it follows.
        """
        now = self._clock()
        if now - self._asked_at > BEHIND_SECONDS:
            self._lately, self._asked_at = _position(here, _SENT) or 0, now
        replayed = _position(there, _REPLAYED)
        return replayed is not None and replayed >= max(after, self._lately)

    @property
    def is_resting(self) -> bool:
        """Whether it failed just now."""
        return self._clock() < self._rests_until

    def rest(self, error: Exception) -> None:
        """Ask it nothing for a while."""
        self._rests_until = self._clock() + REST_SECONDS
        reason = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        log.warning("reports are read from the database itself, the replica failed: %s", reason)


def written_position(session: Session) -> int:
    """Return how far the database itself has come."""
    return _position(session, _WRITTEN) or 0


def _position(session: Session, statement: TextClause) -> int | None:
    found: Any = session.scalar(statement)
    return None if found is None else int(found)
