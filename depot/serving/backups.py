"""The thread that has backups made while people work, each in a process of its own.

Writing and verifying a large book takes a processor for minutes: in this process every request
would wait for it.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from typing import Final

from depot.backups.status import is_due, read_status
from depot.base.clock import utc_now
from depot.config import Config

log = logging.getLogger("depot.backups")
#: Seconds from the start to the first look, and between two looks.
FIRST_PAUSE: Final = 120.0
PAUSE: Final = 300.0
#: Seconds that the end of the process waits for a backup that is told to end.
LAST_WAIT: Final = 5.0
_PROGRAM: Final = (
    "import os\nif hasattr(os, 'nice'): os.nice(10)\nfrom depot.cli import main\nmain()"
)


class BackupRounds(threading.Thread):
    """Looks again and again whether a backup is due, and has it made."""

    def __init__(self, config: Config, first_pause: float = FIRST_PAUSE) -> None:
        super().__init__(name="backups", daemon=True)
        self._config = config
        self._first_pause = first_pause
        self._stop_asked = threading.Event()
        self._child: subprocess.Popen[str] | None = None

    def run(self) -> None:
        """Work until `stop` is called."""
        pause = self._first_pause
        while not self._stop_asked.wait(pause):
            pause = PAUSE
            if is_due(read_status(self._config.data), utc_now(), self._config.backups.hours):
                self._make_backup()

    def stop(self) -> None:
        """Ask the thread to end, and a backup on its way too: the next start makes it anew."""
        self._stop_asked.set()
        child = self._child
        if child is not None and child.poll() is None:
            child.terminate()
        if self.is_alive():
            self.join(LAST_WAIT)

    def _make_backup(self) -> None:
        """Run `depot backup`; it notes by itself how it went, and other processes take turns."""
        self._child = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-c", _PROGRAM, "backup"],
            env=dict(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said, _ = self._child.communicate()
        level = logging.WARNING if self._child.returncode else logging.INFO
        log.log(level, "backup: %s", " ".join(said.split()))


def start_backups(config: Config) -> BackupRounds | None:
    """Start the thread of a serving process, if the settings want backups; `stop` ends it."""
    if not config.backups.hours:
        return None
    rounds = BackupRounds(config)
    rounds.start()
    return rounds
