"""Restore a backup beside everything else, and prove it: sound, ours, and its ledger adds up."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from depot.backups.status import End
from depot.backups.writing import close_journal
from depot.base.errors import (
    BackupNewer,
    BackupOfServer,
    BackupRefused,
    BackupUnsound,
    BackupWithoutDepot,
)
from depot.db.database import current_session, open_database, use
from depot.db.files import sync_file
from depot.db.schema import current_revision, known_revisions, migrate
from depot.models import ChainHead, CommandLog, Depot
from depot.verify.verify import verify_with_counts

#: Called with a depot's name and how many entries it has; returns what is told each chunk.
Watch = Callable[[str, int], Callable[[int], None]]
_HEADER: Final = b"SQLite format 3\x00"
_OF_A_SERVER: Final = b"PGDMP"
_MOST_SAID: Final = 3


def unwatched(_name: str, _entries: int) -> Callable[[int], None]:
    """Watch nothing."""
    return lambda _read: None


@dataclass(frozen=True, slots=True)
class DepotInBackup:
    """One depot as a backup or a database has it."""

    id: int
    name: str
    end: End
    #: How many commands are in its log, and when the last one was saved.
    commands: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Proved:
    """What a backup holds, and what in it does not add up, in sentences."""

    depots: tuple[DepotInBackup, ...]
    differences: tuple[str, ...]

    @property
    def ends(self) -> dict[int, End]:
        """Where each depot's book ends."""
        return {one.id: one.end for one in self.depots}


def restore_beside(file: Path, copy: Path, watch: Watch = unwatched) -> Proved:
    """Restore `file` into the new file `copy`, bring it up to date and verify it.

    Raises BackupRefused for what is no sound backup of Depot that this version can read, OSError
    where `copy` cannot be written. Differences of its ledger are returned, not raised.
    """
    _need_header(file)
    shutil.copyfile(file, copy)
    copy.chmod(0o600)
    _need_sound(copy, file)
    database = open_database(f"sqlite:///{copy}")
    try:
        with database.engine.connect() as connection:
            _need_known(current_revision(connection), file)
        migrate(database.engine)
        with use(database):
            proved = prove(current_session(), watch)
    except DatabaseError as error:
        raise BackupUnsound(file=file, found=error.orig) from error
    finally:
        database.close()
    if not proved.depots:
        raise BackupWithoutDepot(file=file)
    close_journal(copy)
    sync_file(copy)
    return proved


def prove(session: Session, watch: Watch = unwatched) -> Proved:
    """Recompute the ledger and the seal of every depot."""
    depots = depots_in(session)
    differences: list[str] = []
    for one in depots:
        audit = verify_with_counts(session, one.id, watch(one.name, one.end.seq))
        differences += [f"{one.name}: {found.sentence}" for found in audit.differences]
    return Proved(depots, tuple(differences))


def depots_in(session: Session) -> tuple[DepotInBackup, ...]:
    """Return the depots of a database, with where their books end."""
    logged = (
        select(
            CommandLog.depot_id,
            func.count().label("commands"),
            func.max(CommandLog.recorded_at).label("last_at"),
        )
        .group_by(CommandLog.depot_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Depot.id, Depot.name, ChainHead.seq, ChainHead.seal, logged.c.commands, logged.c.last_at
        )
        .outerjoin(ChainHead, ChainHead.depot_id == Depot.id)
        .outerjoin(logged, logged.c.depot_id == Depot.id)
        .order_by(Depot.id)
    )
    return tuple(
        DepotInBackup(id, name, End(seq or 0, seal or ""), commands or 0, last_at)
        for id, name, seq, seal, commands, last_at in rows
    )


def some_of(differences: tuple[str, ...]) -> str:
    """Return the first differences and how many more there are, in a line."""
    more = len(differences) - _MOST_SAID
    return " ".join(differences[:_MOST_SAID]) + (f" (+{more})" if more > 0 else "")


def _need_header(file: Path) -> None:
    with file.open("rb") as opened:
        start = opened.read(len(_HEADER))
    if start.startswith(_OF_A_SERVER):
        raise BackupOfServer(file=file)
    if start != _HEADER:
        raise BackupRefused(file=file)


def _need_sound(copy: Path, file: Path) -> None:
    """Raise BackupUnsound unless the copy of `file` is a sound database of Depot.

    The copy is opened to be written to: of a file that is opened only to be read, SQLite does not
    compare the values with the CHECKs of their tables.
    """
    try:
        with closing(sqlite3.connect(copy)) as opened:
            found = [what for (what,) in opened.execute(f"PRAGMA integrity_check({_MOST_SAID})")]
            known = opened.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
                " AND name IN ('stock_entry', 'depot', 'alembic_version')"
            ).fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupUnsound(file=file, found=error) from error
    if found != ["ok"]:
        raise BackupUnsound(file=file, found="; ".join(found))
    if known != (3,):
        raise BackupRefused(file=file)


def _need_known(revision: str | None, file: Path) -> None:
    if revision not in known_revisions():
        raise BackupNewer(file=file)
