"""The thread that watches whether the machine's clock jumps, beside one that cannot be set."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

from depot.base.clock import Clock, utc_now
from depot.config import Config
from depot.db.database import current_session
from depot.entries.clock_jumps import Moment, has_jumped
from depot.entries.commands.clock import heads, note_jump, note_odd_starts
from depot.serving.rounds import Rounds

log = logging.getLogger("depot.clock")
#: Seconds between two looks.
PAUSE: Final = 15.0


def steady_seconds() -> float:
    """Return the seconds of a clock that nobody sets and that goes on while the machine sleeps."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class ClockWatch:
    """Compares the two clocks, time after time, and tells the coordinators of a jump."""

    def __init__(
        self,
        wall: Clock = utc_now,
        steady: Callable[[], float] = steady_seconds,
        on_jump: Callable[[], None] = lambda: None,
    ) -> None:
        self._wall, self._steady, self._on_jump = wall, steady, on_jump
        self._last: Moment | None = None
        self._heads: dict[int, int] = {}

    def look(self) -> None:
        """Compare once; the first time with what the book says."""
        now = Moment(self._wall(), self._steady())
        before, self._last = self._last, now
        if before is None:
            note_odd_starts(current_session(), now.shown_at)
        else:
            expected_at = before.expected_at(now.steady)
            if has_jumped(expected_at, now.shown_at):
                log.warning("the clock jumped from %s to %s", expected_at, now.shown_at)
                self._on_jump()
                note_jump(expected_at, now.shown_at, self._heads)
        self._heads = heads(current_session())


def start_clock_watch(config: Config, on_jump: Callable[[], None] = lambda: None) -> Rounds:
    """Start the thread of a serving process; `stop` ends it, and `on_jump` is told of each jump.

    It has no other job: what it waits for would widen the time in which a jump may have been.
    """
    rounds = Rounds("clock", config)
    rounds.add("looks at the clock", PAUSE, ClockWatch(on_jump=on_jump).look)
    rounds.start()
    return rounds
