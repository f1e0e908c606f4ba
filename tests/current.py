"""The database that is at work in a test, whoever put it to work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session, scoped_session

from depot.db.database import Database, current_database, open_database, use
from tests.compiled import quicken


class _Current:
    @property
    def session(self) -> scoped_session[Session]:
        return current_database().session

    @property
    def engine(self) -> Engine:
        return current_database().engine


db = _Current()


@contextmanager
def at_work(url: str) -> Iterator[Database]:
    """Put a database to work as a command or a thread does: a plain engine, and no application."""
    database = open_database(url)
    quicken(database.engine)
    try:
        with use(database):
            yield database
    finally:
        database.close()
