"""Several serving processes on one port, which live and die together."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Final

from depot.config import from_environment
from depot.serving import stopping

#: So long may they take to end; one needs at most ten seconds (`worker.END_SECONDS`).
_END_SECONDS = 15.0
#: Where the library of /metrics looks for what the other processes counted.
_COUNTS: Final = "PROMETHEUS_MULTIPROC_DIR"


def serve_together(host: str, port: int, count: int, certificate: Path | None) -> None:
    """Serve with `count` processes until asked to stop.

    One that dies takes the others with it, so that whoever watches the program starts it again;
    raises SystemExit then.
    """
    with _folder_of_counts():
        _serve_together(host, port, count, certificate)


@contextmanager
def _folder_of_counts() -> Iterator[None]:
    """Name a folder in which the processes count together, if anybody is to ask for it."""
    if not from_environment().metrics_token:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="depot-metrics-") as folder:
        os.environ[_COUNTS] = folder
        yield


def _serve_together(host: str, port: int, count: int, certificate: Path | None) -> None:
    spawn = multiprocessing.get_context("spawn")  # a forked one would inherit threads' locks
    started = [
        spawn.Process(target=_serve, args=(host, port, certificate), name=f"worker {number + 1}")
        for number in range(count)
    ]
    for process in started:
        process.start()
    try:
        was_asked = asyncio.run(_until_asked_or_one_ends(started))
    finally:
        _end(started)
    if not was_asked:
        logging.getLogger("depot").error("a worker ended by itself, and so does the program")
        raise SystemExit(1)


async def _until_asked_or_one_ends(started: list[SpawnProcess]) -> bool:
    """Wait for either, and return whether it was asked."""
    asked, ended = stopping.asked_in_loop(), asyncio.Event()
    for process in started:
        asyncio.get_running_loop().add_reader(process.sentinel, ended.set)
    waiting = [asyncio.create_task(event.wait()) for event in (asked, ended)]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    return asked.is_set()


def _end(started: list[SpawnProcess]) -> None:
    for process in started:
        process.terminate()
    for process in started:
        process.join(_END_SECONDS)
        if process.is_alive():
            process.kill()


def _serve(host: str, port: int, certificate: Path | None) -> None:
    """Serve in a process of its own, which does not outlive the one that started it."""
    from depot.serving.logs import set_up_logging
    from depot.serving.worker import serve

    stopping.end_at_once_when_asked()
    set_up_logging(from_environment().log)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    serve(host, port, certificate)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
