"""The database that is at work in a test, whoever put it to work."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.orm import Session, scoped_session

from depot.db.database import current_database


class _Current:
    @property
    def session(self) -> scoped_session[Session]:
        return current_database().session

    @property
    def engine(self) -> Engine:
        return current_database().engine


db = _Current()
