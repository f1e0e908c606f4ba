"""Being asked to stop, by Ctrl-C or by whoever started the program: once, at any moment."""

from __future__ import annotations

import asyncio
import signal
from types import FrameType
from typing import Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
_was_asked = False


def end_quietly_when_asked() -> None:
    """From now on end the program with 0, wherever it is, when a signal asks for it.

    Meant for the time in which nothing is served yet. Whatever is being written is a transaction.
    """
    for number in _SIGNALS:
        signal.signal(number, _end)


def _end(_number: int, _frame: FrameType | None) -> None:
    global _was_asked
    if not _was_asked:  # the second of two must not break off the ending
        _was_asked = True
        raise SystemExit(0)


def asked_in_loop() -> asyncio.Event:
    """Return an event of the running loop that is set as soon as a signal asks, or has asked."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, asked.set)
    if _was_asked:
        asked.set()
    return asked
