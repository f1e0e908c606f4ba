"""`transaction()`, the only place that commits, alone or in a `batch()`, and reads of one moment.

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
    with _part() if getattr(_inside, "batch", False) else _whole() as session:
        _inside.open = True
        try:
            yield session
        finally:
            _inside.open = False


@contextmanager
def batch() -> Iterator[None]:
    """Make the commands in the `with` parts of one transaction, stored together at its end.

    What a command raises undoes that command alone; what leaves the `with` undoes all of them.
    Between commands one may read, and nothing else. Raises as `transaction`.
    """
    if getattr(_inside, "open", False) or getattr(_inside, "batch", False):
        raise RuntimeError("a transaction is already open")
    with _whole():
        _inside.batch = True
        try:
            yield
        finally:
            _inside.batch = False


@contextmanager
def _part() -> Iterator[Session]:
    """A savepoint of the batch that is open."""
    session = current_session()
    session.expire_all()  # objects of the command before do not know what it wrote
    connection = session.connection()
    with _named_failures():
        # by the connection: the session's own savepoints take ten times longer
        connection.exec_driver_sql("SAVEPOINT part")
        try:
            yield session
            session.flush()
        except BaseException:
            if session.is_active:  # else nothing of the batch is there any more
                session.expunge_all()  # what the command made is gone
                connection.exec_driver_sql("ROLLBACK TO SAVEPOINT part")
                connection.exec_driver_sql("RELEASE SAVEPOINT part")
            raise
        connection.exec_driver_sql("RELEASE SAVEPOINT part")


@contextmanager
def _whole() -> Iterator[Session]:
    session = current_session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("unsaved changes are pending outside a transaction")
    session.rollback()
    lock = _sqlite_writer if session.get_bind().dialect.name == "sqlite" else None
    if lock is not None and not lock.acquire(timeout=BUSY_TIMEOUT_MS * 4 / 1000):
        raise StorageUnavailable(reason="busy")
    try:
        with _named_failures():
            session.connection(execution_options={WRITE: True})
            yield session
            session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        if lock is not None:
            lock.release()


@contextmanager
def _named_failures() -> Iterator[None]:
    """Say by name why a database cannot be used."""
    try:
        yield
    except exc.DatabaseError as error:
        failure = storage_failure(error)
        if failure is None:
            raise
        raise failure from error


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
    if isinstance(error, exc.OperationalError):
        return StorageUnavailable(reason=_storage_reason(text))
    return None


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
