"""A line of threads: one is at work, and may hand what it works on to the next.

Waiting in SQLite's own busy handler starves writers (its sleeps are no queue); here who came first
is next.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

Handed = TypeVar("Handed")


class _Waiting(Generic[Handed]):
    """A thread that waits, and what it is handed."""

    def __init__(self, wants: object) -> None:
        self.wants = wants
        self.called = threading.Event()
        self.handed: Handed | None = None


class Turns(Generic[Handed]):
    """Turns of one thread at a time, in the order in which they came."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_taken = False
        self._line: deque[_Waiting[Handed]] = deque()

    def take(self, patience: float, wants: object = None) -> Handed | None:
        """Wait for the turn; return what the one before handed on, None if there is nothing.

        `wants` says what can be handed to this thread: nothing, if it is None. Raises TimeoutError
        after `patience` seconds.
        """
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return None
            waiting = _Waiting[Handed](wants)
            self._line.append(waiting)
        if not waiting.called.wait(patience):
            with self._lock:  # it may be called in this very moment
                if not waiting.called.is_set():
                    self._line.remove(waiting)
                    raise TimeoutError
        return waiting.handed

    def hand_on(self, thing: Handed, to: object) -> bool:
        """End the turn and give `thing` to the next, if it wants that; else the turn goes on."""
        with self._lock:
            if not self._line or self._line[0].wants is not to:
                return False
            following = self._line.popleft()
            following.handed = thing
            following.called.set()
        return True

    def give_back(self) -> None:
        """End the turn; the next one in the line begins with nothing."""
        with self._lock:
            if self._line:
                self._line.popleft().called.set()
            else:
                self._is_taken = False
