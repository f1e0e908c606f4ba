"""Limits at the doors: after some failures one waits, each time twice as long.

Failures are counted by door and caller, so that nobody can lock somebody else out: at sign-in the
caller is a name together with an address or, better, with a device on which that person signed in
before. They are kept in the database, which all worker processes share. A try is counted before it
is looked at and forgiven if it was right: a thousand at one moment are a thousand.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Select, delete, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from depot.base.clock import Clock, utc_now
from depot.base.errors import TooManyTries
from depot.db.database import current_session
from depot.db.transaction import transaction
from depot.models import FailedTry

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


@dataclass(frozen=True, slots=True)
class Patience:
    """So many failures are free; then one waits `first`, twice that, and so on, at most `most`."""

    free: int
    first: timedelta
    most: timedelta
    #: After so long without a failure all is forgotten.
    forgets: timedelta = timedelta(days=1)

    def wait_after(self, failures: int) -> timedelta:
        """Return how long one waits after so many failures."""
        if failures < self.free:
            return timedelta()
        return min(self.most, self.first * (1 << min(failures - self.free, 20)))


@dataclass(frozen=True, slots=True)
class Try:
    """Somebody at a door. What is `shared` by many callers is not forgotten when one comes in."""

    door: str
    caller: str
    shared: bool = False

    @property
    def patience(self) -> Patience:
        return DOORS[self.door]

    @property
    def key(self) -> dict[str, str]:
        """The row in which it is counted."""
        text = f"{self.door}\n{self.caller}".encode()
        return {"door": self.door, "caller_hash": hashlib.sha256(text).hexdigest()}


_HALF_MINUTE: Final = timedelta(seconds=30)
_QUARTER: Final = timedelta(minutes=15)
#: Every door that is counted at.
DOORS: Final = {
    "sign-in": Patience(8, _HALF_MINUTE, _QUARTER),
    # many names from one address, by devices that nobody knows; behind it may be a whole house
    "address": Patience(60, _QUARTER / 60, timedelta(minutes=1), forgets=timedelta(minutes=10)),
    "code": Patience(5, _HALF_MINUTE, _QUARTER),
    # four digits, typed on a device of the depot by who tapped that name
    "pin": Patience(5, _HALF_MINUTE, _QUARTER),
    # any key at all, from one address; behind it may be a whole house
    "passkey": Patience(20, _HALF_MINUTE, _QUARTER),
    "password": Patience(10, timedelta(minutes=6), timedelta(hours=1)),
    "join": Patience(20, timedelta(minutes=1), _QUARTER),
    "recovery": Patience(20, timedelta(minutes=1), _QUARTER),
    "recovery mail": Patience(3, _QUARTER, timedelta(hours=1)),
    "announce": Patience(20, timedelta(minutes=1), _QUARTER, forgets=timedelta(hours=1)),
    # what an agency asks for, changes and says of itself in an hour
    "agency": Patience(60, timedelta(minutes=1), _QUARTER, forgets=timedelta(hours=1)),
    # six digits, of which an agency's own are one
    "hand-over": Patience(5, _HALF_MINUTE, _QUARTER),
}


def begin_tries(*tries: Try, clock: Clock = utc_now) -> None:
    """Count a try at each door before it is looked at. Raises TooManyTries if one has to wait."""
    now = clock()
    session = current_session()
    for one in tries:  # who has to wait costs a read and no more
        _refuse(session.execute(_row(one)).scalar_one_or_none(), one, now)
    with transaction() as session:
        for one in tries:
            row = _counted(session, one, now)
            _refuse(row, one, now)
            is_old = now - row.last_at > one.patience.forgets
            failures = 1 if is_old else row.failures + 1
            wait_until = now + one.patience.wait_after(failures)
            row.failures, row.last_at, row.wait_until = failures, now, wait_until


def end_try(session: Session, one: Try, now: datetime) -> None:
    """Write down in an open transaction that a try failed, as it was counted already."""
    session.execute(update(FailedTry).filter_by(**one.key).values(last_at=now))


def forgive_tries(session: Session, *tries: Try) -> None:
    """Take back in an open transaction what was counted: it was right."""
    for one in tries:
        if one.shared:
            session.execute(
                update(FailedTry)
                .filter_by(**one.key)
                .where(FailedTry.failures > 0)
                .values(failures=FailedTry.failures - 1, wait_until=FailedTry.last_at)
            )
        else:
            session.execute(delete(FailedTry).filter_by(**one.key))


def drop_old_tries(clock: Clock = utc_now) -> None:
    """Drop what counts no longer, and after an hour what never had to wait."""
    now, few = clock(), min(patience.free for patience in DOORS.values())
    with transaction() as session:
        session.execute(delete(FailedTry).where(FailedTry.last_at < now - timedelta(days=1)))
        session.execute(
            delete(FailedTry).where(
                FailedTry.last_at < now - timedelta(hours=1), FailedTry.failures < few
            )
        )


def _row(one: Try) -> Select[FailedTry]:
    return select(FailedTry).filter_by(**one.key)


def _refuse(row: FailedTry | None, one: Try, now: datetime) -> None:
    """Raise TooManyTries if one has to wait; longer than ever, it was written by another clock."""
    if row is not None and now < row.wait_until <= now + one.patience.most:
        raise TooManyTries(seconds=-(-(row.wait_until - now) // timedelta(seconds=1)))


def _counted(session: Session, one: Try, now: datetime) -> FailedTry:
    """Return the row of a try, locked, and made if it is the first."""
    values = one.key | {"failures": 0, "last_at": now, "wait_until": now}
    new: sqlite.Insert | postgresql.Insert = sqlite.insert(FailedTry)
    if session.get_bind().dialect.name == "postgresql":
        # loaded where it is used: most depots stand on SQLite
        from sqlalchemy.dialects.postgresql import insert

        new = insert(FailedTry)
    session.execute(new.values(**values).on_conflict_do_nothing())
    return session.execute(
        select(FailedTry)
        .filter_by(**one.key)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()
