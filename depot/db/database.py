"""An open database, and which one is at work here: a request's, a thread's, a command's.

The web application opens its own through Flask-SQLAlchemy and puts it to work for every request
(`depot.app`); everybody else opens one by its address.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar, Token
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, RootTransaction, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from sqlalchemy.pool import PoolProxiedConnection

if TYPE_CHECKING:
    from depot.db.replica import Replica

BUSY_TIMEOUT_MS = 5000
#: What of a file's mode is for others than its owner, and the mode of what is for the owner alone.
_OTHERS: Final = 0o077
_PRIVATE: Final = 0o600
#: The execution option of a transaction that writes.
#: What a connection is told of how to begin next.
_KIND: Final = "depot_begin"
#: What every session is made with: rows may be read after the commit.
SESSION_OPTIONS: Final[Mapping[str, Any]] = {"expire_on_commit": False}


@dataclass(frozen=True, slots=True)
class Database:
    """An engine, and the sessions on it: one for each thread, or one for each request."""

    engine: Engine
    session: scoped_session[Session]
    #: What reports may be read from, beside it.
    replica: Replica | None = None

    def give_back(self) -> None:
        """Give back the session of this thread or request, whatever became of its connection.

        Its work is done and answered: that the server has gone away since is not its matter.
        """
        try:
            self.session.remove()
        except DBAPIError:  # it could not even say that it ends; the pool forgets that connection
            self.session().invalidate()
            self.session.remove()

    def close(self) -> None:
        """Give the session of this thread back and close the connections that nobody uses."""
        self.give_back()
        self.engine.dispose()


_at_work: ContextVar[Database] = ContextVar("depot_database")


def open_database(url: str) -> Database:
    """Return the database at that address; each thread has a session of its own on it."""
    engine = create_engine(url, hide_parameters=True)  # they are what people typed: no log has them
    prepare_engine(engine)
    return Database(engine, scoped_session(sessionmaker(engine, **SESSION_OPTIONS)))


def current_database() -> Database:
    """Return the database that is at work here. Raises RuntimeError where there is none."""
    try:
        return _at_work.get()
    except LookupError:
        raise RuntimeError("no database is at work here: see depot.db.database.use") from None


def current_session() -> Session:
    """Return the session that reads here; `depot.db.transaction` is what writes."""
    return current_database().session()


@contextmanager
def use(database: Database) -> Iterator[Database]:
    """Put the database to work for what stands in the `with`; give its session back at the end."""
    token = begin_use(database)
    try:
        yield database
    finally:
        database.give_back()
        end_use(token)


def begin_use(database: Database) -> Token[Database]:
    """Put the database to work, for who cannot write a `with`; `end_use` takes the answer."""
    return _at_work.set(database)


def end_use(token: Token[Database]) -> None:
    """Put to work again what was at work before."""
    _at_work.reset(token)


def prepare_engine(engine: Engine) -> None:
    """Attach what every connection of `engine` needs: settings, and SQLite's kind of BEGIN."""
    if engine.dialect.name != "sqlite":
        event.listen(engine, "connect", _postgresql_connect)
        return
    event.listen(engine, "connect", _sqlite_connect)
    database = engine.url.database
    if database and database != ":memory:":
        event.listen(engine, "connect", lambda *_: keep_private(Path(database)))
    # not by an event: with one for anything, each statement looks for those before and behind it
    engine.dialect.do_begin = _sqlite_begin  # type: ignore[assignment]  # a hook


def keep_private(database: Path) -> None:
    """Let nobody but the owner read a database's file and what lies beside it."""
    for suffix in ("", "-wal", "-shm"):
        file = database.with_name(database.name + suffix)
        # another owner's files, or a file system without permissions, stay as they are
        with suppress(OSError):
            if file.stat().st_mode & _OTHERS:
                file.chmod(_PRIVATE)


def _postgresql_connect(connection: Any, _record: object) -> None:
    """Compile no statement to machine code: that took nine tenths of a hand-out.

    And prepare none: a pooler before the server gives the next transaction to another of its
    connections, which knows nothing of what this one prepared.
    """
    connection.prepare_threshold = None
    connection.autocommit = True  # for this alone: it holds beyond the first transaction
    connection.execute("SET jit = off")
    connection.autocommit = False


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


def begin_to_write(connection: Connection) -> RootTransaction:
    """Begin a transaction that writes: on SQLite with the lock that writers have."""
    if connection.dialect.name == "sqlite":
        connection.info[_KIND] = "BEGIN IMMEDIATE"
    return connection.begin()


def _sqlite_begin(connection: PoolProxiedConnection) -> None:
    driver: Any = connection.driver_connection
    driver.execute(connection.info.pop(_KIND, "BEGIN"))
