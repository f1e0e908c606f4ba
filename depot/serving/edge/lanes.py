"""Threads for what takes its time, and a wait for them that has an end.

A request that reads never queues behind requests that write: each kind has a lane of its own.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, Final, Generic, TypeVar

#: So long may a request wait for a thread; then it is told to come again.
PATIENCE_SECONDS: Final = 10.0
#: So many may wait in a lane; one more is told at once.
MOST_WAITING: Final = 512

Made = TypeVar("Made")


class Busy(Exception):
    """No thread became free in time."""


class _Job(Generic[Made]):
    """Work that waits for a thread, and whoever waits for what it makes."""

    def __init__(self, work: Callable[[], Made]) -> None:
        self._work = work
        self._loop = asyncio.get_running_loop()
        self.made: asyncio.Future[Made] = self._loop.create_future()
        self._claim = threading.Lock()

    def give_up(self) -> None:
        """End the waiting, unless a thread has begun."""
        if self._claim.acquire(blocking=False) and not self.made.done():
            self.made.set_exception(Busy())

    def do(self) -> None:
        """Do the work in this thread, unless the waiting has ended."""
        if not self._claim.acquire(blocking=False):
            return
        try:
            made = self._work()
        except BaseException as error:  # a thread that dies would never be missed
            self._tell(self._fail, error)
        else:
            self._tell(self._finish, made)

    def _tell(self, end: Callable[[Any], None], value: object) -> None:
        try:
            self._loop.call_soon_threadsafe(end, value)
        except RuntimeError:
            pass  # the loop has ended, and with it whoever waited

    def _finish(self, made: Made) -> None:
        if not self.made.done():
            self.made.set_result(made)

    def _fail(self, error: BaseException) -> None:
        if not self.made.done():
            wrapped = error if isinstance(error, Exception) else RuntimeError(repr(error))
            self.made.set_exception(wrapped)


class _Turn:
    """A thread's right to take jobs, until it is passed on."""

    __slots__ = ("is_over", "since")

    def __init__(self) -> None:
        self.is_over = False
        #: When the job was begun that it is at; None between two.
        self.since: float | None = None


class Lane:
    """Some threads with one queue.

    With `turn_seconds` one of them works, and when it has been at the same job for so long it
    passes its turn on: quick jobs do not take Python's lock from each other at every statement, and
    none waits behind a slow one.
    """

    def __init__(
        self,
        name: str,
        threads: int,
        most_waiting: int = MOST_WAITING,
        turn_seconds: float | None = None,
    ) -> None:
        """Start the threads; they end with the process."""
        self._most_waiting = most_waiting
        self._turn_seconds = turn_seconds
        self._turns = threading.Semaphore(threads if turn_seconds is None else 1)
        self._turn = _Turn()
        self._is_watching = False
        self._jobs: SimpleQueue[_Job[Any]] = SimpleQueue()
        for number in range(threads):
            title = f"{name} {number + 1}"
            threading.Thread(target=self._work, name=title, daemon=True).start()

    @property
    def waiting(self) -> int:
        """How many wait for a thread of this lane."""
        return self._jobs.qsize()

    async def run(self, work: Callable[[], Made], patience: float = PATIENCE_SECONDS) -> Made:
        """Do `work` in a thread of this lane and return what it makes; raise what it raises.

        Raises Busy if none becomes free within `patience` seconds, or too many wait already.
        """
        if self.waiting >= self._most_waiting:
            raise Busy
        job = _Job(work)
        late = job.made.get_loop().call_later(patience, job.give_up)
        self._jobs.put(job)
        self._watch()
        try:
            return await job.made
        finally:
            late.cancel()

    def _work(self) -> None:
        while True:
            self._turns.acquire()
            self._take_jobs(_Turn())

    def _take_jobs(self, turn: _Turn) -> None:
        self._turn = turn
        while not turn.is_over:
            job = self._jobs.get()
            turn.since = time.monotonic()
            job.do()
            turn.since = None

    def _watch(self) -> None:
        """Look after a turn's time whether somebody waits behind a slow job."""
        if self._turn_seconds is not None and not self._is_watching:
            self._is_watching = True
            asyncio.get_running_loop().call_later(self._turn_seconds, self._look)

    def _look(self) -> None:
        self._is_watching = False
        if not self._jobs.qsize() or self._turn_seconds is None:
            return
        since = self._turn.since
        # a thread that has just come to the next job takes one more, which does no harm
        if since is not None and time.monotonic() - since >= self._turn_seconds:
            if not self._turn.is_over:
                self._turn.is_over = True
                self._turns.release()
        self._watch()
