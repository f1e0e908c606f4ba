"""Kept backups: each proved by restoring it, before any older one goes."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from depot.backups import keeping
from depot.backups.keeping import keep_backup, make_proved
from depot.backups.plan import Bucket
from depot.backups.proving import restore_beside
from depot.backups.rotation import backup_name
from depot.backups.status import read_status
from depot.backups.stores import BucketStore, FolderStore, open_store
from depot.base.errors import (
    BackupSpoiled,
    BackupUnproved,
    ConfigError,
    DepotError,
    NoRoom,
    StorageDamaged,
)
from depot.serving.backups import BackupRounds
from tests.builders import find_actor, receive
from tests.commands.cli.test_backup import run
from tests.conftest import config_for
from tests.current import at_work

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "backups")


@pytest.fixture
def url(sqlite_url: str) -> str:
    """A database with one entry in it."""
    with at_work(sqlite_url):
        receive(find_actor("ada"), 24, "Beans")
    return sqlite_url


def more(url: str, quantity: int = 1) -> None:
    with at_work(url):
        receive(find_actor("ada"), quantity, "Beans")


def test_what_is_kept_was_restored_and_is_told(
    url: str, tmp_path: Path, store: FolderStore
) -> None:
    kept = keep_backup(url, tmp_path, store, NOW)
    assert store.names() == [kept.name]
    status = read_status(tmp_path)
    assert (status.good_at, status.name, status.failed_at) == (NOW, kept.name, None)
    assert {end.seq for end in status.ends.values()} == {0, 1}
    copy = tmp_path / "copy.sqlite3"
    assert restore_beside(tmp_path / "backups" / kept.name, copy).differences == ()
    assert (tmp_path / "backups" / kept.name).stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob(".backup-*"))


def test_old_ones_go_when_the_new_one_is_proved(
    url: str, tmp_path: Path, store: FolderStore
) -> None:
    for day in range(30, 0, -1):
        (tmp_path / "backups").mkdir(exist_ok=True)
        (tmp_path / "backups" / backup_name(NOW - timedelta(days=day))).write_bytes(b"old")
    kept = keep_backup(url, tmp_path, store, NOW)
    assert kept.removed
    assert kept.name in store.names()
    assert set(kept.removed).isdisjoint(store.names())
    assert len(store.names()) == 31 - len(kept.removed)


def emptied(url: str) -> None:
    Path(url.removeprefix("sqlite:///")).write_bytes(b"")


def another(url: str) -> None:
    """Put a sound, new, empty depot in its place."""
    path = Path(url.removeprefix("sqlite:///"))
    path.unlink()
    assert run(path.parent / "new", "init").exit_code == 0
    (path.parent / "new" / "depot.sqlite3").rename(path)


def without_depot(url: str) -> None:
    path = Path(url.removeprefix("sqlite:///"))
    path.unlink()
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("CREATE TABLE bookmark (url TEXT)")


def torn(url: str) -> None:
    """Overwrite the pages of the lines of the book."""
    path = Path(url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((page,),) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'stock_move'")
        ((size,),) = opened.execute("PRAGMA page_size")
    with path.open("r+b") as written:
        written.seek((page - 1) * size)
        written.write(b"\xff" * size)


def unequal(url: str) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as opened, opened:
        opened.execute("UPDATE stock_balance SET quantity = quantity + 1")


@pytest.mark.breaks_ledger("the database is spoiled on purpose")
@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (emptied, ConfigError),
        (without_depot, ConfigError),
        (torn, StorageDamaged),
        (unequal, BackupUnproved),
    ],
)
def test_a_spoiled_database_takes_no_good_copy_away(
    url: str,
    tmp_path: Path,
    store: FolderStore,
    spoil: Callable[[str], None],
    refusal: type[DepotError],
) -> None:
    for day in range(30, 0, -1):
        (tmp_path / "backups").mkdir(exist_ok=True)
        (tmp_path / "backups" / backup_name(NOW - timedelta(days=day))).write_bytes(b"old")
    before = sorted(store.names())
    spoil(url)
    done = run(tmp_path, "backup")
    assert isinstance(done.exception, refusal)
    assert sorted(store.names()) == before
    status = read_status(tmp_path)
    assert status.failed_at is not None
    assert status.problem
    assert not list(tmp_path.glob(".backup-*"))


def test_a_book_that_does_not_go_on_from_the_last_is_kept_and_nothing_goes(
    url: str, tmp_path: Path, store: FolderStore
) -> None:
    for day in range(30, 0, -1):
        keep = backup_name(NOW - timedelta(days=day))
        (tmp_path / "backups").mkdir(exist_ok=True)
        (tmp_path / "backups" / keep).write_bytes(b"old")
    first = keep_backup(url, tmp_path, store, NOW)
    count = len(store.names())
    another(url)
    second = keep_backup(url, tmp_path, store, NOW + timedelta(days=1))
    assert second.broken_off
    assert second.removed == ()
    assert len(store.names()) == count + 1
    assert first.name in store.names()
    assert read_status(tmp_path).is_late(NOW + timedelta(days=1), 24)
    assert read_status(tmp_path).problem == keeping.BROKEN_OFF
    third = keep_backup(url, tmp_path, store, NOW + timedelta(days=2))
    assert third.broken_off, "it is said until somebody has looked"


def test_after_a_restore_the_book_goes_on_from_there(
    url: str, tmp_path: Path, store: FolderStore
) -> None:
    old = keep_backup(url, tmp_path, store, NOW)
    more(url)
    keep_backup(url, tmp_path, store, NOW + timedelta(hours=1))
    assert run(tmp_path, "restore", old.name, "--force").exit_code == 0
    more(url, 5)
    assert keep_backup(url, tmp_path, store, NOW + timedelta(hours=2)).broken_off == ()


def test_without_a_status_the_newest_backup_says_where_the_book_was(
    url: str, tmp_path: Path, store: FolderStore
) -> None:
    keep_backup(url, tmp_path, store, NOW)
    (tmp_path / "backups" / backup_name(NOW + timedelta(minutes=1))).write_bytes(b"not readable")
    (tmp_path / "backups.json").unlink()
    another(url)
    assert keep_backup(url, tmp_path, store, NOW + timedelta(hours=1)).broken_off


def test_what_a_backup_left_that_was_ended_on_its_way_goes(
    url: str, tmp_path: Path, store: FolderStore
) -> None:
    left = tmp_path / ".backup-broken"
    left.mkdir()
    (left / "half.depot").write_bytes(b"half")
    keep_backup(url, tmp_path, store, NOW)
    assert not left.exists()


def test_a_backup_is_proved_where_it_is_written(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine's folder for temporary files may have no room for a whole depot."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    make_proved(url, tmp_path / "kept.depot")
    assert [path.name for path in tmp_path.glob("*kept*")] == ["kept.depot"]


def test_a_backup_that_could_not_even_be_begun_is_refused_with_its_reason(
    url: str, tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError) as refused:
        make_proved(url, tmp_path / "no folder" / "kept.depot")
    assert refused.value.__context__ is None


class Forgetful(FolderStore):
    """A store that loses the end of what it is given."""

    def fetch(self, name: str, file: Path) -> None:
        super().fetch(name, file)
        os.truncate(file, file.stat().st_size - 1)


def test_a_store_that_gives_back_other_bytes_is_not_believed(url: str, tmp_path: Path) -> None:
    forgetful = Forgetful(tmp_path / "backups")
    with pytest.raises(BackupSpoiled) as refused:
        keep_backup(url, tmp_path, forgetful, NOW)
    assert refused.value.params == {"file": backup_name(NOW), "place": str(forgetful)}
    assert forgetful.names() == []
    assert read_status(tmp_path).good_at is None


def test_a_backup_is_not_begun_without_room(
    url: str, tmp_path: Path, store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_TIMES_THE_SIZE", 1 << 50)
    with pytest.raises(NoRoom):
        keep_backup(url, tmp_path, store, NOW)


def test_a_backup_ends_while_others_write_without_a_pause(url: str, tmp_path: Path) -> None:
    done, written = threading.Event(), 0

    def write() -> None:
        nonlocal written
        with at_work(url):
            ada = find_actor("ada")
            while not done.is_set():
                receive(ada, 1, "Beans")
                written += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while written < 5:
            pass
        proved = make_proved(url, tmp_path / "kept.depot")
    finally:
        done.set()
        writer.join()
    assert max(end.seq for end in proved.ends.values()) < written + 2
    assert proved.differences == ()


def test_a_serving_process_makes_one_when_it_is_due(
    url: str, tmp_path: Path, store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPOT_DATA", str(tmp_path))
    rounds = BackupRounds(config_for(tmp_path, url), first_pause=0.0)
    rounds.start()
    try:
        while not read_status(tmp_path).good_at and rounds.is_alive():
            threading.Event().wait(0.05)
    finally:
        rounds.stop()
    assert store.names() == [read_status(tmp_path).name]


def test_only_one_is_made_at_a_time(url: str, tmp_path: Path) -> None:
    from depot.db.folder_lock import take_turn

    with take_turn(tmp_path / "backups.lock", "busy"):
        refused = run(tmp_path, "backup")
    assert isinstance(refused.exception, ConfigError)
    assert read_status(tmp_path).failed_at is None
    listed = run(tmp_path, "backup", "--list")
    assert listed.output == ""
    assert run(tmp_path, "backup").exit_code == 0
    assert read_status(tmp_path).name in run(tmp_path, "backup", "--list").output


def test_a_new_depot_is_not_begun_beside_backups_of_another(
    url: str, tmp_path: Path, store: FolderStore
) -> None:
    kept = keep_backup(url, tmp_path, store, NOW)
    for file in tmp_path.glob("depot.sqlite3*"):
        file.unlink()
    refused = run(tmp_path, "init")
    assert isinstance(refused.exception, ConfigError)
    assert "depot restore" in str(refused.exception)
    assert run(tmp_path, "restore", kept.name, "--force").exit_code == 0
    assert "North: 1 entry" in run(tmp_path, "verify").output


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    """A bucket on a server that speaks S3's language."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    ).create_bucket(Bucket="box")
    yield Bucket(f"{host}:{port}", "box", "depot/", "key", "secret", is_secure=False)
    server.stop()


def test_a_bucket_keeps_lists_gives_back_and_forgets(
    url: str, tmp_path: Path, bucket: Bucket
) -> None:
    store = open_store(bucket)
    assert isinstance(store, BucketStore)
    kept = keep_backup(url, tmp_path, store, NOW)
    assert store.names() == [kept.name]
    assert read_status(tmp_path).place == str(bucket)
    fetched = tmp_path / "fetched.depot"
    store.fetch(kept.name, fetched)
    assert restore_beside(fetched, tmp_path / "copy.sqlite3").differences == ()
    store.remove(kept.name)
    assert store.names() == []


def test_a_bucket_that_is_not_there_is_one_line(tmp_path: Path, bucket: Bucket) -> None:
    missing = BucketStore(Bucket(bucket.endpoint, "none", "", "key", "secret", is_secure=False))
    with pytest.raises(OSError, match="NoSuchBucket"):
        missing.names()
