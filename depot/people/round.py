"""What comes round again: what was kept of doors and sessions is dropped when its time is over."""

from __future__ import annotations

from depot.base.clock import Clock, utc_now
from depot.people.access_journal import drop_old_lines
from depot.people.commands.sessions import drop_old_sessions
from depot.people.tries import drop_old_tries


def tidy_doors(clock: Clock = utc_now) -> None:
    """Drop old tries, sessions that ended, and lines of the access journal of last year."""
    drop_old_tries(clock)
    drop_old_sessions(clock)
    drop_old_lines(clock)
