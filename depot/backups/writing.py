"""Write everything into one file, as it is at one moment, while others go on writing.

A backup is an SQLite database whatever the depot runs on, so that either kind of server can take
it back. Of SQLite the engine itself writes a fresh copy (VACUUM INTO): one reading of one moment,
which no writer can hold up and which takes no damaged page along unseen.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from depot.backups.copying import Progress, copy_rows, count_rows
from depot.base.errors import ConfigError, StorageDamaged
from depot.base.text import N_
from depot.db.database import open_database
from depot.db.files import EMPTIED, NO_DEPOT, sync_file
from depot.db.folder_lock import database_file
from depot.db.schema import current_revision, migrate, newest_revision


def count_steps(url: str) -> int:
    """Return how many steps `write_backup` will tell of: rows of a server, 1 for a file."""
    if database_file(url) is not None:
        return 1
    database = open_database(url)
    try:
        with database.engine.connect() as connection:
            return count_rows(connection)
    finally:
        database.close()


def write_backup(url: str, target: Path, progress: Progress) -> None:
    """Write all of the database at `url` into the new file `target`, for its owner alone.

    Raises ConfigError where there is no database, StorageDamaged where it cannot be read whole,
    OSError where `target` cannot be written. What is in it is not checked here.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    source = database_file(url)
    if source is not None:
        _write_from_file(source, target)
        progress(1)
    else:
        _write_from_server(url, target, progress)
    sync_file(target)


def _write_from_file(source: Path, target: Path) -> None:
    if not source.is_file():
        raise ConfigError(problem=NO_DEPOT)
    if not source.stat().st_size:
        raise ConfigError(problem=EMPTIED)
    try:
        with closing(sqlite3.connect(f"{source.as_uri()}?mode=rw", uri=True)) as opened:
            opened.isolation_level = None
            opened.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.OperationalError as error:
        raise OSError(f"{target}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise StorageDamaged() from error


def _write_from_server(url: str, target: Path, progress: Progress) -> None:
    source, made = open_database(url), open_database(f"sqlite:///{target}")
    try:
        migrate(made.engine)
        with source.engine.connect() as reading, made.engine.connect() as writing:
            reading.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            _need_same_tables(reading)
            copy_into_file(reading, writing, progress)
    finally:
        source.close()
        made.close()
    close_journal(target)


def copy_into_file(reading: Connection, writing: Connection, progress: Progress) -> None:
    """Copy all rows into a migrated, empty SQLite database."""
    driver = writing.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - the caller opened a file
    driver.execute("PRAGMA foreign_keys=OFF")  # within a transaction it would do nothing
    with writing.begin():
        copy_rows(reading, writing, progress)


def _need_same_tables(reading: Connection) -> None:
    found = current_revision(reading)
    if found is None:
        raise ConfigError(problem=NO_DEPOT)
    if found != newest_revision():
        raise ConfigError(problem=OTHER_VERSION)


OTHER_VERSION = N_(
    "The database is of another version of Depot: run “depot init” of this one first."
)


def close_journal(file: Path) -> None:
    """Bring what waits in a database's journal into its file, and do without one."""
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")
