"""Make a backup, prove it by restoring it, store it, and only then let old ones go."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from depot.backups.copying import Progress
from depot.backups.plan import Bucket
from depot.backups.proving import Proved, Watch, restore_beside, some_of, unwatched
from depot.backups.rotation import backup_name, newest_first, outdated
from depot.backups.status import BackupStatus, End, read_status, write_status
from depot.backups.stores import FolderStore, Store, digest_of
from depot.backups.writing import write_backup
from depot.base.errors import BackupRefused, BackupSpoiled, BackupUnproved, ConfigError, NoRoom
from depot.base.text import N_
from depot.db.folder_lock import database_file

#: The backup, its restored copy, and as much again for those who write meanwhile.
_TIMES_THE_SIZE: Final = 3
_SCRATCH: Final = ".backup-"


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that was restored and verified, and what went for it."""

    name: str
    size: int
    removed: tuple[str, ...]
    #: The depots whose book does not go on from the last good backup: then nothing is removed.
    broken_off: tuple[str, ...]


def nothing_shown(_rows: int) -> None:
    """Show no progress."""


def make_proved(
    url: str, file: Path, progress: Progress = nothing_shown, watch: Watch = unwatched
) -> Proved:
    """Write a backup into the new `file` and prove it by restoring it; else there is no file.

    Raises BackupRefused or StorageDamaged for what is not sound, BackupUnproved where the ledger
    does not add up, OSError.
    """
    try:
        write_backup(url, file, progress)
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".proving-") as folder:
            proved = restore_beside(file, Path(folder) / "restored.sqlite3", watch)
        if proved.differences:
            raise BackupUnproved(file=file, found=some_of(proved.differences))
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    return proved


def keep_backup(
    url: str, data: Path, store: Store, now: datetime, progress: Progress = nothing_shown
) -> Kept:
    """Add a proved backup to the store, let outdated ones go, and note it all.

    One at a time: the caller sees to it. Raises what `make_proved` does, NoRoom, and BackupSpoiled
    when the store gives back other bytes.
    """
    name = backup_name(now)
    _clear_scratch(data)
    with _scratch(url, data) as folder:
        file = folder / name
        proved = make_proved(url, file, progress)
        before = read_status(data).ends or _ends_of_newest(store, folder)
        broken = _broken_off(file, before, proved)
        size = file.stat().st_size
        _put_and_compare(store, file, folder / "fetched")
    gone = () if broken else tuple(outdated(store.names(), name))
    for one in gone:
        store.remove(one)
    ends = before if broken else proved.ends
    problem = BROKEN_OFF if broken else ""
    write_status(
        data,
        BackupStatus(now, name, str(store), dict(ends), now if broken else None, problem),
    )
    return Kept(name, size, gone, broken)


BROKEN_OFF: Final = N_(
    "The book in the newest backup does not go on from the one before. No older backup is removed"
    " until somebody has looked: see the guide to backups."
)


@contextmanager
def _scratch(url: str, data: Path) -> Iterator[Path]:
    """Yield a folder of the data folder with room for what is to be done. Raises NoRoom."""
    source = database_file(url)
    needed = _TIMES_THE_SIZE * source.stat().st_size if source and source.exists() else 0
    if shutil.disk_usage(data).free < needed:
        raise NoRoom(folder=data, needed=needed)
    with tempfile.TemporaryDirectory(dir=data, prefix=_SCRATCH) as folder:
        yield Path(folder)


def _clear_scratch(data: Path) -> None:
    """Delete what a backup left that was ended on its way: only one is made at a time."""
    for folder in data.glob(f"{_SCRATCH}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _put_and_compare(store: Store, file: Path, fetched: Path) -> None:
    """Store the proved file; what comes back must be the same to the byte, or it goes again."""
    store.put(file, file.name)
    store.fetch(file.name, fetched)
    if digest_of(fetched) != digest_of(file):
        store.remove(file.name)
        raise BackupSpoiled(file=file.name, place=str(store))


def _ends_of_newest(store: Store, folder: Path) -> Mapping[int, End]:
    """Return where the books end in the newest backup that can be restored, if there is one."""
    fetched, restored = folder / "before.sqlite3", folder / "before-restored.sqlite3"
    for name in newest_first(store.names()):
        store.fetch(name, fetched)
        try:
            return restore_beside(fetched, restored).ends
        except BackupRefused:
            restored.unlink(missing_ok=True)
    return {}


def _broken_off(file: Path, before: Mapping[int, End], proved: Proved) -> tuple[str, ...]:
    """Return the depots that were in the last good backup and whose book does not go on here."""
    names = {one.id: one.name for one in proved.depots}
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
        return tuple(
            names.get(depot_id, str(depot_id))
            for depot_id, end in before.items()
            if end.seq and opened.execute(_SEAL, (depot_id, end.seq)).fetchone() != (end.seal,)
        )


_SEAL: Final = "SELECT seal FROM stock_entry WHERE depot_id = ? AND seq = ?"


def need_fresh_start(place: Path | Bucket) -> None:
    """Raise ConfigError if a folder of backups says that an empty database was not empty before."""
    if isinstance(place, Path) and newest_first(FolderStore(place).names()):
        raise ConfigError(problem=NOT_FRESH)


NOT_FRESH: Final = N_(
    "There is no depot in this database, but there are backups of one. Bring the last one back with"
    " “depot restore” (“depot backup --list” names them); to begin afresh, move them elsewhere."
)
