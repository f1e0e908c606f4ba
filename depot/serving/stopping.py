"""Being asked to stop, by Ctrl-C or by whoever started the program: once, at any moment."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


def end_at_once_when_asked() -> None:
    """From now on end the program with 0, wherever it is, when a signal asks for it.

    Meant for the time in which nothing is served yet; what is being written is a transaction. It
    ends without unwinding: what is raised in the midst of an import or a callback may be swallowed.
    """
    for number in _SIGNALS:
        signal.signal(number, lambda _number, _frame: os._exit(0))


def asked_in_loop() -> asyncio.Event:
    """Return an event of the running loop that is set when a signal asks, once or more often."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, asked.set)
    return asked
