"""The thread of a serving process that does what comes round again while people work."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from depot.agreeing.round import drop_old_inputs
from depot.base.errors import DepotError
from depot.calendars.links import ReminderLinks
from depot.calendars.reminding import remind_all
from depot.config import Config
from depot.db.database import current_session, open_database, use
from depot.db.statistics import renew_on_sqlite
from depot.decisions.round import fade_spoken_names
from depot.distribution.round import make_due_hand_outs
from depot.handover.round import fade_notes
from depot.leaving.round import forget_attendance
from depot.mail.links import MailLinks
from depot.mail.sender import send_due
from depot.name_sheets.round import erase_old_names
from depot.needs.round import renew_all_lists
from depot.people.round import tidy_doors
from depot.programs.sender import Sending, tell_due
from depot.reports.weekly_round import queue_weekly_reports

log = logging.getLogger("depot.rounds")
#: Seconds between two looks into the outbox; a look that finds nothing is one indexed read.
MAIL_PAUSE = 15.0
#: Seconds between two looks whether webhooks have news.
WEBHOOK_PAUSE = 5.0
#: Seconds between two looks whether it is Monday morning somewhere.
REPORT_PAUSE = 120.0
#: Seconds between two looks whether a shift is near.
REMIND_PAUSE = 600.0
#: Seconds between two looks at the needs.
NEEDS_PAUSE = 600.0
#: Seconds between two looks at what is kept of doors: old tries, sessions, lines of the journal.
DOORS_PAUSE = 3600.0
#: Seconds between two looks for attendance that is a number from now on.
ATTENDANCE_PAUSE = 3600.0
#: Seconds between two looks whether names were kept for their years.
NAMES_PAUSE = 3600.0
#: Seconds between two looks at what hand-outs come round.
SERIES_PAUSE = 3600.0
#: Seconds between two looks of the database at what its tables hold.
STATISTICS_PAUSE = 3600.0
#: Seconds between two times that free memory is given back, for some thousandths of one.
MEMORY_PAUSE = 60.0
#: Seconds that the end of the process waits for a mail that is being handed in.
LAST_WAIT = 10.0


@dataclass(slots=True)
class _Job:
    """Something to be done again when `pause` seconds have passed."""

    name: str
    work: Callable[[], object]
    pause: float
    due: float = 0.0


class Rounds(threading.Thread):
    """Does its jobs again and again, each in its time, until it is told to stop."""

    def __init__(self, name: str, config: Config) -> None:
        super().__init__(name=name, daemon=True)
        self._database = open_database(config.database_url)
        self._stop_asked = threading.Event()
        self._jobs: list[_Job] = []

    def add(self, name: str, pause: float, work: Callable[[], object]) -> None:
        """Let `work` be done again and again, with `pause` seconds between; before the start."""
        self._jobs.append(_Job(name, work, pause))

    def may_go_on(self) -> bool:
        """Say whether nobody has asked it to stop."""
        return not self._stop_asked.is_set()

    def run(self) -> None:
        """Work until `stop` is called."""
        while self.may_go_on():
            for job in self._jobs:
                if job.due <= time.monotonic():
                    self._do(job)
                    job.due = time.monotonic() + job.pause
            next_due = min(job.due for job in self._jobs)
            self._stop_asked.wait(max(next_due - time.monotonic(), 0.0))

    def stop(self) -> None:
        """Ask the thread to end after what it is doing, and wait a little for it."""
        self._stop_asked.set()
        if self.is_alive():
            self.join(LAST_WAIT)

    def _do(self, job: _Job) -> None:
        """Do a job once. What goes wrong is logged, and tried again the next time."""
        with use(self._database):
            try:
                job.work()
            except DepotError as error:
                log.warning("the %s have to wait: %s", job.name, error)
            except Exception:  # a bug in one job must not end all others until the next start
                log.exception("a bug in the round of the %s", job.name)


def start_rounds(config: Config) -> Rounds:
    """Start the thread of a serving process, which stops it at its end."""
    rounds = Rounds("rounds", config)
    if config.mail is not None:
        mail, links = config.mail, MailLinks(config.base_url, config.secret_key)

        def queue_reports() -> None:
            queue_weekly_reports(current_session(), links, languages=config.languages)

        shift_links = ReminderLinks(config.base_url, config.secret_key)

        def queue_reminders() -> None:
            remind_all(current_session(), shift_links, languages=config.languages)

        rounds.add("mails", MAIL_PAUSE, lambda: send_due(mail, go_on=rounds.may_go_on))
        rounds.add("weekly reports", REPORT_PAUSE, queue_reports)
        rounds.add("mails about shifts", REMIND_PAUSE, queue_reminders)
    rounds.add("statistics", STATISTICS_PAUSE, renew_on_sqlite)
    rounds.add("doors", DOORS_PAUSE, tidy_doors)
    rounds.add("notes", DOORS_PAUSE, fade_notes)
    rounds.add("attendance", ATTENDANCE_PAUSE, forget_attendance)
    rounds.add("spoken names", DOORS_PAUSE, fade_spoken_names)
    rounds.add("asked acts", DOORS_PAUSE, drop_old_inputs)
    rounds.add("names", NAMES_PAUSE, erase_old_names)
    rounds.add("memory", MEMORY_PAUSE, give_back)
    rounds.add("needs", NEEDS_PAUSE, lambda: renew_all_lists(current_session()))
    rounds.add("series", SERIES_PAUSE, lambda: make_due_hand_outs(current_session()))
    rounds.start()
    return rounds


def start_webhooks(config: Config) -> Rounds:
    """Start the thread that tells webhooks, which the process stops at its end.

    One of its own: who waits for a slow receiver keeps no mail waiting.
    """
    rounds = Rounds("webhooks", config)
    sending = Sending(config.secret_key, config.webhook_networks)
    rounds.add("webhooks", WEBHOOK_PAUSE, lambda: tell_due(sending, go_on=rounds.may_go_on))
    rounds.start()
    return rounds


def give_back() -> None:
    """Give back whole pages that lie free between what is used; on Linux, elsewhere nothing.

    To compile a page's templates takes some megabytes for a moment. By itself the allocator gives
    back only what lies behind the last that is used.
    """
    if sys.platform != "linux":
        return
    import ctypes  # when the server stands, and not for every start

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:  # it is of glibc's
        trim(0)
