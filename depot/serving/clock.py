"""The thread that watches whether the machine's clock jumps, beside one that cannot be set."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from depot.base.clock import Clock, utc_now
from depot.base.errors import DepotError
from depot.config import Config
from depot.db.database import Database, current_session, open_database, use
from depot.entries.clock_jumps import Moment, has_jumped
from depot.entries.commands.clock import heads, note_jump, note_odd_starts

log = logging.getLogger("depot.clock")
#: Seconds between two looks.
PAUSE: Final = 15.0


def steady_seconds() -> float:
    """Return the seconds of a clock that nobody sets and that goes on while the machine sleeps."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class ClockWatch(threading.Thread):
    """Compares the two clocks again and again, and tells the coordinators of a jump."""

    def __init__(
        self,
        config: Config,
        wall: Clock = utc_now,
        steady: Callable[[], float] = steady_seconds,
        pause: float = PAUSE,
    ) -> None:
        super().__init__(name="clock", daemon=True)
        self._database: Database = open_database(config.database_url)
        self._wall, self._steady, self._pause = wall, steady, pause
        self._stop_asked = threading.Event()
        self._last: Moment | None = None
        self._heads: dict[int, int] = {}

    def run(self) -> None:
        """Work until `stop` is called."""
        while not self._stop_asked.is_set():
            with use(self._database):
                try:
                    self.look()
                except DepotError as error:
                    log.warning("the clock cannot be watched: %s", error)
                except Exception:  # a bug here must not end the watch until the next start
                    log.exception("a bug in the watch of the clock")
            self._stop_asked.wait(self._pause)

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
                note_jump(expected_at, now.shown_at, self._heads)
        self._heads = heads(current_session())

    def stop(self) -> None:
        """Ask the thread to end."""
        self._stop_asked.set()
        if self.is_alive():
            self.join(1.0)


def start_clock_watch(config: Config) -> ClockWatch:
    """Start the thread of a serving process; `stop` ends it."""
    watch = ClockWatch(config)
    watch.start()
    return watch
