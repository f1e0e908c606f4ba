"""The database: engine set-up and `transaction()`, the only place that commits.

On SQLite every writing transaction starts with BEGIN IMMEDIATE behind one process-wide lock:
waiting in SQLite's own busy handler starves writers (its sleeps are not a queue), a lock is one.
On PostgreSQL the command locks its depot's chain head first (`depot.ledger.posting`).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event, exc
from sqlalchemy.orm import Session

from depot.base.errors import StorageUnavailable
from depot.db.columns import Base

BUSY_TIMEOUT_MS = 5000
_WRITE = "depot_write"

db: SQLAlchemy = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
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
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("unsaved changes are pending outside a transaction")
    session.rollback()
    lock = _sqlite_writer if session.get_bind().dialect.name == "sqlite" else None
    if lock is not None and not lock.acquire(timeout=BUSY_TIMEOUT_MS * 4 / 1000):
        raise StorageUnavailable(reason="busy")
    _inside.open = True
    try:
        session.connection(execution_options={_WRITE: True})
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


def abandon_read() -> None:
    """End what this request was reading, so that an answer to an error can read afresh."""
    db.session.rollback()


def steady_read() -> Session:
    """Return the session with a fresh read that sees one moment, however long it takes.

    SQLite's reads do so anyway; PostgreSQL's do in a repeatable read.
    """
    session = db.session()
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


def prepare_engine(engine: Engine) -> None:
    """Attach what every connection of `engine` needs: pragmas and the kind of BEGIN."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _sqlite_connect)
    event.listen(engine, "begin", _sqlite_begin)


def _sqlite_connect(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError(f"not a sqlite3 connection: {connection!r}")
    connection.isolation_level = None  # the driver must not begin by itself: we do, below
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",  # an answer means stored, also after a power cut
        "foreign_keys=ON",
        "recursive_triggers=ON",  # REPLACE must not slip past the append-only triggers
        "cache_size=-32000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITE, False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    # a reader's BEGIN takes no lock and cannot fail: the short way, at every request
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN")
