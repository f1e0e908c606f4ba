"""`transaction()`, the only place that commits, and reads that see one moment.

On SQLite every writing transaction starts with BEGIN IMMEDIATE behind one process-wide lock:
waiting in SQLite's own busy handler starves writers (its sleeps are not a queue), a lock is one.
On PostgreSQL the command locks its depot's chain head first (`depot.ledger.posting`).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc
from sqlalchemy.orm import Session

from depot.base.errors import StorageUnavailable
from depot.db.database import BUSY_TIMEOUT_MS, WRITE, current_session

_sqlite_writer = threading.Lock()
_inside = threading.local()


@contextmanager
def transaction() -> Iterator[Session]:
    """Open the one writing transaction of a command; commit on leaving, roll back on any error.

    Ends the read that loading the user began. Raises RuntimeError when nested or when unsaved
    changes are pending, StorageUnavailable when the database is locked, full or read-only.
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
    except exc.OperationalError as error:
        session.rollback()
        raise StorageUnavailable(reason=storage_reason(error)) from error
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


def storage_reason(error: exc.DBAPIError) -> str:
    """Name in a few words why the database could not be used."""
    text = str(error.orig).lower()
    for needle, reason in (
        ("locked", "busy"),
        ("busy", "busy"),
        ("full", "the disk is full"),
        ("readonly", "it is read-only"),
        ("read-only", "it is read-only"),
        ("unable to open", "it cannot be opened"),
    ):
        if needle in text:
            return reason
    return "it does not answer"
