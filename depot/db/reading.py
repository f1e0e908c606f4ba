"""Where a report is read: from a replica that knows enough, else where anything is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from depot.db.database import SESSION_OPTIONS, current_database, current_session, prepare_engine
from depot.db.replica import Replica

Found = TypeVar("Found")
#: So long one waits for a replica to be reached.
_CONNECT_SECONDS: Final = 2


def open_replica(url: str) -> Replica:
    """Return the replica at that address; nobody connects to it yet."""
    limits = {"connect_timeout": _CONNECT_SECONDS}
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=limits)
    prepare_engine(engine)
    return Replica(engine)


def read_report(make: Callable[[Session], Found], after: int) -> Found:
    """Return what `make` reads: from the replica where one knows enough, else as anything is read.

    `after` is the position that the person who asks must see. What `make` raises passes, but for
    the replica's own failures.
    """
    replica = current_database().replica
    if replica is not None and not replica.is_resting:
        try:
            with Session(replica.engine, **SESSION_OPTIONS) as there:
                if replica.knows(there, current_session(), after):
                    return make(there)
        except SQLAlchemyError as error:
            replica.rest(error)
    return make(current_session())
