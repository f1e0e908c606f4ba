"""`transaction()`, the only place that commits, and reads that see one moment.

On SQLite every writing transaction starts with BEGIN IMMEDIATE behind one process-wide lock:
waiting in SQLite's own busy handler starves writers (its sleeps are not a queue), a lock is one.
On PostgreSQL the command locks its depot's chain head first (`depot.ledger.posting`).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import exc
from sqlalchemy.orm import Session

from depot.base.errors import DepotError, StorageDamaged, StorageUnavailable
from depot.base.text import N_
from depot.db.database import BUSY_TIMEOUT_MS, WRITE, current_session

_sqlite_writer = threading.Lock()
_inside = threading.local()


@contextmanager
def transaction() -> Iterator[Session]:
    """Open the one writing transaction of a command; commit on leaving, roll back on any error.

    Ends the read that loading the user began. Raises RuntimeError when nested or when unsaved
    changes are pending, StorageUnavailable when the database is locked, full or read-only,
    StorageDamaged when it cannot be read.
    """
    if getattr(_inside, "open", False):
        raise RuntimeError("commands do not call commands: a transaction is already open")
    session = current_session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("unsaved changes are pending outside a transaction")
    session.rollback()
    lock = _sqlite_writer if session.get_bind().dialect.name == "sqlite" else None
    if lock is not None and not lock.acquire(timeout=BUSY_TIMEOUT_MS * 4 / 1000):
        raise StorageUnavailable(reason="busy")
    _inside.open = True
    try:
        session.connection(execution_options={WRITE: True})
        yield session
        session.commit()
    except exc.DBAPIError as error:
        session.rollback()
        failure = storage_failure(error)
        if failure is None:
            raise
        raise failure from error
    except BaseException:
        session.rollback()
        raise
    finally:
        _inside.open = False
        if lock is not None:
            lock.release()


def end_read() -> None:
    """End what this request was reading, so that an answer to an error can read afresh."""
    current_session().rollback()


def snapshot_session() -> Session:
    """Return the session with a fresh read that sees one moment, however long it takes.

    SQLite's reads do so anyway; PostgreSQL's do in a repeatable read.
    """
    session = current_session()
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    return session


def storage_failure(error: exc.DBAPIError) -> DepotError | None:
    """Return what is to be said of a database that cannot be used; None if that is not why."""
    text = str(error.orig).lower()
    if any(needle in text for needle in _DAMAGED):
        return StorageDamaged()
    state = str(getattr(error.orig, "sqlstate", None) or "")
    is_gone = error.connection_invalidated or state.startswith(_UNAVAILABLE)
    if is_gone or isinstance(error, exc.OperationalError):
        return StorageUnavailable(reason=_storage_reason(text))
    return None


#: PostgreSQL's codes of a server that cannot, and not of a statement that is wrong: connections,
#: read-only, no resources, stopped, its disk, itself.
_UNAVAILABLE: Final = ("08", "25006", "53", "57", "58", "XX")
#: What SQLite and PostgreSQL say of a page that is not what they wrote.
_DAMAGED: Final = (
    "malformed",
    "not a database",
    "could not decode to utf-8",
    "invalid page",
    "could not read block",
    "corrupt",
)


def _storage_reason(text: str) -> str:
    """Name in a few words why the database could not be used."""
    for needle, reason in (
        ("locked", N_("busy")),
        ("busy", N_("busy")),
        ("full", N_("the disk is full")),
        ("readonly", N_("it is read-only")),
        ("read-only", N_("it is read-only")),
        ("unable to open", N_("it cannot be opened")),
        ("disk i/o", N_("the disk fails")),
    ):
        if needle in text:
            return reason
    return N_("it does not answer")
