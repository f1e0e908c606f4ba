"""Put a proved backup in the place of what a database holds, and keep that aside.

Nobody else may have the database meanwhile: of a file, the lock beside it says so and SQLite
itself; of a server, its list of sessions. What is replaced is never lost: the old file lies beside
the new one, and of a server's database a backup is written first.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from depot.backups.copying import Progress, copy_rows, empty_tables
from depot.backups.proving import prove, some_of
from depot.backups.rotation import stamp
from depot.backups.writing import write_backup
from depot.base.errors import BackupUnproved, ConfigError
from depot.db.database import open_database
from depot.db.files import sync_folder
from depot.db.folder_lock import IN_USE
from depot.db.schema import migrate

_JOURNALS = ("-wal", "-shm", "-journal")


def replace_file(copy: Path, target: Path, now: datetime) -> Path | None:
    """Give the proved `copy` the name of the database `target`; return what holds the old one.

    Raises ConfigError while somebody else has the old one open, OSError where the folder takes
    nothing. Without an old one the answer is None.
    """
    aside = None
    if target.exists():
        _close_for_all(target)
        aside = _keep_aside(target, now)
    # the old journal belongs to the old file: left beside the new one it would spoil it
    for suffix in _JOURNALS:
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    copy.replace(target)
    sync_folder(target.parent)
    return aside


def _close_for_all(target: Path) -> None:
    """Bring the old journal into the old file. Raises ConfigError if anybody has it open.

    What is too damaged to be opened stays as it is, with its journal.
    """
    try:
        with closing(sqlite3.connect(target)) as opened:
            (mode,) = opened.execute("PRAGMA journal_mode=DELETE").fetchone()
            opened.execute("BEGIN EXCLUSIVE")
            opened.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise ConfigError(problem=IN_USE) from error
    except sqlite3.DatabaseError:
        pass
    else:
        if mode != "delete":
            raise ConfigError(problem=IN_USE)


def _keep_aside(target: Path, now: datetime) -> Path:
    """Give the old file, with what lies beside it, a second name."""
    aside = _free_name(target.parent, f"{target.name}.replaced-{stamp(now)}")
    for suffix in ("", *_JOURNALS):
        source = target.with_name(target.name + suffix)
        if source.exists():
            _link_or_copy(source, aside.with_name(aside.name + suffix))
    sync_folder(target.parent)
    return aside


def _free_name(folder: Path, wanted: str) -> Path:
    names = (wanted if not number else f"{wanted}-{number}" for number in range(1000))
    return next(folder / name for name in names if not (folder / name).exists())


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copyfile(source, target)
        target.chmod(0o600)


def replace_on_server(
    copy: Path, url: str, data: Path, now: datetime, progress: Progress
) -> Path | None:
    """Put the rows of the proved `copy` into a server's database, in one transaction.

    They are verified there before it ends. What was there is written as a backup into `data`, whose
    name is returned. Raises ConfigError while other sessions are open, BackupUnproved if what
    arrived does not add up.
    """
    database, source = open_database(url), open_database(f"sqlite:///{copy}")
    aside = None
    try:
        with database.engine.connect() as connection:
            _need_nobody_else(connection)
            is_filled = _holds_depots(connection)
        if is_filled:
            aside = _free_name(data, f"replaced-{stamp(now)}.sqlite3")
            migrate(database.engine)
            write_backup(url, aside, lambda _rows: None)
        migrate(database.engine)
        with database.engine.begin() as target, source.engine.connect() as reading:
            _need_nobody_else(target)
            empty_tables(target)
            copy_rows(reading, target, progress)
            _need_proved(target, copy)
    finally:
        database.close()
        source.close()
    return aside


def _need_proved(target: Connection, copy: Path) -> None:
    with Session(target) as session:
        found = prove(session)
    if found.differences:
        raise BackupUnproved(file=copy, found=some_of(found.differences))


def _need_nobody_else(connection: Connection) -> None:
    """Raise ConfigError while another session is open on this database of a server."""
    others = connection.scalar(
        text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
    )
    if others:
        raise ConfigError(problem=IN_USE)


def _holds_depots(connection: Connection) -> bool:
    if connection.scalar(text("SELECT to_regclass('depot')")) is None:
        return False
    return connection.scalar(text("SELECT 1 FROM depot LIMIT 1")) is not None
