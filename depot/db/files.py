"""Files of a database and beside it: there, empty, or written whole."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from depot.base.errors import ConfigError
from depot.base.text import N_
from depot.db.folder_lock import database_file

NO_DEPOT: Final = N_("There is no depot in this database yet: run “depot init” first.")


def need_database(url: str, *, makes: bool) -> None:
    """Raise ConfigError where an SQLite database is emptied, or not there and not to be made.

    Depot's own file is never without a byte: the first connection writes its head.
    """
    file = database_file(url)
    if file is None:
        return
    if not file.exists():
        if not makes:
            raise ConfigError(problem=NO_DEPOT)
        file.parent.mkdir(parents=True, exist_ok=True)
    elif file.is_file() and not file.stat().st_size:
        raise ConfigError(problem=EMPTIED)


EMPTIED: Final = N_(
    "The database’s file is empty: it was not Depot that left it so. Bring back the last good"
    " backup with “depot restore --force”; only where there never was a depot, delete the file."
)


def takes_files(folder: Path) -> bool:
    """Say whether a byte can be written to a folder: it is there, not read-only and not full."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"?")
    except OSError:
        return False
    return True


def write_whole(file: Path, text: str) -> None:
    """Put `text` in the place of a file: whole or not at all, for its owner. Raises OSError."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        _write_synced(part, text)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(file.parent)


def make_whole(file: Path, text: str) -> bool:
    """As `write_whole`, unless the file is there: then it stays, and the answer is False."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        _write_synced(part, text)
        if not _take_name(part, file):
            return False
    finally:
        part.unlink(missing_ok=True)
    sync_folder(file.parent)
    return True


def _take_name(part: Path, file: Path) -> bool:
    """Give the written file its name; of two who do so at once, one does."""
    try:
        os.link(part, file)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if file.exists():
            return False
        part.rename(file)
    return True


def _write_synced(file: Path, text: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())


def sync_file(file: Path) -> None:
    """Have the system write the file to the disk. Raises OSError."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder written to the disk, where a system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
