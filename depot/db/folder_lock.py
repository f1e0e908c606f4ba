"""The lock beside the database's file: who works with it shares it, who replaces it has it alone.

The system gives it back when a process ends, however it ends. Where there is no such lock (on
Windows), no file can be replaced either while somebody has it open. A database server looks after
itself (`depot.backups.replacing`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url

from depot.base.errors import ConfigError
from depot.base.text import N_

try:
    import fcntl
except ImportError:  # pragma: no cover - there is none on Windows
    fcntl = None  # type: ignore[assignment]  # a module or nothing, which mypy has no word for

#: The locks that this process holds as long as it lives.
_held: Final[list[int]] = []


def database_file(url: str) -> Path | None:
    """Return the file of an SQLite database; None for one on a server."""
    parts = make_url(url)
    return Path(parts.database or "") if parts.get_backend_name() == "sqlite" else None


def lock_file(database: Path) -> Path:
    """Return where the lock of a database's file lies."""
    return database.with_name(database.name + ".lock")


def hold_while_serving(url: str) -> None:
    """Share the database's lock until this process ends. Raises ConfigError as `share_lock`."""
    descriptor = _take(url, alone=False)
    if descriptor is not None:
        _held.append(descriptor)


@contextmanager
def share_lock(url: str) -> Iterator[None]:
    """Share the lock for what stands in the `with`. Raises ConfigError during a restore."""
    with _giving_back(_take(url, alone=False)):
        yield


@contextmanager
def have_alone(url: str) -> Iterator[None]:
    """Have the database for oneself. Raises ConfigError while anybody else works with it."""
    with _giving_back(_take(url, alone=True)):
        yield


@contextmanager
def take_turn(file: Path, busy: str) -> Iterator[None]:
    """Be the only one with the lock in `file`. Raises ConfigError with `busy` if another has it."""
    with _giving_back(_lock(file, alone=True, busy=busy)):
        yield


@contextmanager
def _giving_back(descriptor: int | None) -> Iterator[None]:
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _take(url: str, *, alone: bool) -> int | None:
    """Return the open lock; None where there can be none: then nothing can be replaced either."""
    database = database_file(url)
    if database is None:
        return None
    return _lock(lock_file(database), alone=alone, busy=IN_USE if alone else BEING_REPLACED)


def _lock(file: Path, *, alone: bool, busy: str) -> int | None:
    descriptor = None if fcntl is None else _open(file)
    if descriptor is None:
        return None
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise ConfigError(problem=busy) from error
    except OSError:  # a file system that knows no locks
        os.close(descriptor)
        return None
    return descriptor


def _open(file: Path) -> int | None:
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        with suppress(OSError):
            return os.open(file, flags, 0o600)
    return None


IN_USE: Final = N_(
    "The database is in use. Stop “depot serve” and every other command that works with it first."
)
BEING_REPLACED: Final = N_("The database is being replaced just now. Try again when that is done.")
