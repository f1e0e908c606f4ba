"""What `depot restore` asks before it replaces anything, and that nothing replaced is lost."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from depot.base.errors import BackupNewer, BackupUnproved, ConfigError
from depot.db.folder_lock import share_lock
from tests.builders import World, find_actor, on_hand, receive
from tests.commands.cli.test_backup import run
from tests.current import at_work, db
from tests.serving import depot, serve_depot, settings


@pytest.fixture
def kept(sqlite_url: str, tmp_path: Path) -> Path:
    """A backup with 24 beans in it; six more came since."""
    file = tmp_path / "kept.depot"
    with at_work(sqlite_url):
        receive(find_actor("ada"), 24, "Beans")
        assert run(tmp_path, "backup", str(file)).exit_code == 0
        receive(find_actor("ada"), 6, "Beans")
    return file


def beans(folder: Path) -> int:
    """Return how many beans the north has in the database of that folder."""
    with closing(sqlite3.connect(folder / "depot.sqlite3")) as opened:
        (found,) = opened.execute(
            "SELECT coalesce(sum(quantity), 0) FROM stock_balance JOIN location"
            " ON location.id = location_id WHERE location.kind = 'storage'"
        ).fetchone()
    return int(found)


def test_a_database_that_is_served_is_not_replaced(kept: Path, tmp_path: Path) -> None:
    with share_lock(f"sqlite:///{tmp_path / 'depot.sqlite3'}"):
        refused = run(tmp_path, "restore", str(kept), "--force")
        assert isinstance(refused.exception, ConfigError)
        assert "depot serve" in str(refused.exception)
    assert beans(tmp_path) == 30
    assert run(tmp_path, "restore", str(kept), "--force").exit_code == 0
    assert beans(tmp_path) == 24


def test_a_database_that_any_program_has_open_is_not_replaced(kept: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "depot.sqlite3")) as other:
        other.execute("SELECT count(*) FROM depot").fetchone()
        refused = run(tmp_path, "restore", str(kept), "--force")
        assert isinstance(refused.exception, ConfigError)
        assert "in use" in str(refused.exception)
    assert beans(tmp_path) == 30


def test_a_running_server_is_seen(tmp_path: Path) -> None:
    environment = settings(tmp_path)
    file = tmp_path / "kept.depot"
    with serve_depot(environment) as running:
        running.command("backup", str(file))
        refused = run(tmp_path, "restore", str(file), "--force")
        assert isinstance(refused.exception, ConfigError)
        assert "depot serve" in str(refused.exception)
    assert "Restored" in depot(environment, "restore", str(file), "--force")


def test_no_command_works_with_a_database_that_is_being_replaced(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    def meanwhile(*_: object) -> None:
        seen.append(run(tmp_path, "verify").exception)

    monkeypatch.setattr("depot.cli.backup._need_leave", meanwhile)
    assert run(tmp_path, "restore", str(kept), "--force").exit_code == 0
    assert isinstance(seen[0], ConfigError)
    assert "being replaced" in str(seen[0])


def test_what_would_be_lost_is_said_and_kept_aside(kept: Path, tmp_path: Path) -> None:
    refused = run(tmp_path, "restore", str(kept))
    assert isinstance(refused.exception, ConfigError)
    assert "--force" in str(refused.exception)
    assert "North: not in the backup are 1 entries" in refused.output
    assert "saved since (1 times)" in " ".join(refused.output.split())
    assert beans(tmp_path) == 30
    done = run(tmp_path, "restore", str(kept), "--force")
    assert "North: not in the backup are 1 entries" in done.output
    assert "South" not in done.output
    (aside,) = tmp_path.glob("depot.sqlite3.replaced-*")
    assert str(aside) in done.output
    assert beans(tmp_path) == 24
    again = run(tmp_path, "restore", str(aside), "--force")
    assert again.exit_code == 0
    assert "not in the backup" not in again.output
    assert beans(tmp_path) == 30
    assert len(list(tmp_path.glob("depot.sqlite3.replaced-*"))) == 2


def test_a_backup_of_another_book_is_named_as_one(kept: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    assert run(elsewhere, "init", "--depot-name", "West").exit_code == 0
    file = tmp_path / "west.depot"
    assert run(elsewhere, "backup", str(file)).exit_code == 0
    refused = run(tmp_path, "restore", str(file))
    assert "North: not in the backup are 2 entries" in refused.output


def test_a_book_that_went_another_way_is_lost_whole(kept: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    assert run(elsewhere, "load", "--moves", "30").exit_code == 0
    file = tmp_path / "other.depot"
    assert run(elsewhere, "backup", str(file)).exit_code == 0
    said = " ".join(run(tmp_path, "restore", str(file)).output.split())
    assert "North: the backup has another book. Not in it are 2 entries" in said


def test_where_files_cannot_be_linked_what_is_replaced_is_copied_aside(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "no links here")

    monkeypatch.setattr("depot.backups.replacing.os.link", refuse)
    assert run(tmp_path, "restore", str(kept), "--force").exit_code == 0
    (aside,) = tmp_path.glob("depot.sqlite3.replaced-*")
    assert aside.stat().st_mode & 0o777 == 0o600
    assert run(tmp_path, "restore", str(aside), "--force").exit_code == 0
    assert beans(tmp_path) == 30


@pytest.mark.breaks_ledger("the backup's balances are made wrong on purpose")
def test_a_ledger_that_does_not_add_up_is_restored_only_when_told(
    kept: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(kept)) as opened, opened:
        opened.execute("UPDATE stock_balance SET quantity = 23 WHERE quantity = 24")
    refused = run(tmp_path, "restore", str(kept), "--force")
    assert isinstance(refused.exception, BackupUnproved)
    assert "North" in str(refused.exception)
    assert beans(tmp_path) == 30
    assert not list(tmp_path.glob("*.replaced-*"))
    assert run(tmp_path, "restore", str(kept), "--force", "--as-it-is").exit_code == 0
    assert beans(tmp_path) == 23


@pytest.mark.breaks_ledger("the backup's seal is made wrong on purpose")
def test_a_broken_seal_is_refused(kept: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(kept)) as opened, opened:
        opened.execute("DROP TRIGGER stock_entry_no_update")
        opened.execute("UPDATE stock_entry SET note = 'somebody wrote here'")
    refused = run(tmp_path, "restore", str(kept), "--force")
    assert isinstance(refused.exception, BackupUnproved)
    assert "seal" in str(refused.exception)
    assert beans(tmp_path) == 30


def test_a_backup_of_a_newer_depot_is_refused(kept: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(kept)) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
    refused = run(tmp_path, "restore", str(kept), "--force")
    assert isinstance(refused.exception, BackupNewer)
    assert beans(tmp_path) == 30


def test_a_damaged_database_is_replaced_and_kept_aside(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "depot.sqlite3").write_bytes(b"\xff" * 8192)
    refused = run(tmp_path, "restore", str(kept))
    assert isinstance(refused.exception, ConfigError)
    assert "cannot be read" in refused.output
    assert run(tmp_path, "restore", str(kept), "--force").exit_code == 0
    (aside,) = tmp_path.glob("depot.sqlite3.replaced-*")
    assert aside.read_bytes() == b"\xff" * 8192
    assert beans(tmp_path) == 24


def test_an_emptied_database_is_replaced(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "depot.sqlite3").write_bytes(b"")
    assert "--force" in str(run(tmp_path, "restore", str(kept)).exception)
    assert run(tmp_path, "restore", str(kept), "--force").exit_code == 0
    assert beans(tmp_path) == 24


def test_a_journal_whose_database_is_gone_is_not_read_into_what_was_restored(
    kept: Path, tmp_path: Path
) -> None:
    journal = tmp_path / "depot.sqlite3-wal"
    with at_work(f"sqlite:///{tmp_path / 'depot.sqlite3'}"):
        db.session.execute(text("SELECT 1"))
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE depot SET name = 'Old'"))
        left_behind = journal.read_bytes()
    (tmp_path / "depot.sqlite3").unlink()
    journal.write_bytes(left_behind)
    assert run(tmp_path, "restore", str(kept)).exit_code == 0
    assert not journal.exists()
    assert "North: 1 entry" in run(tmp_path, "verify").output


def test_a_restored_database_is_for_its_owner_alone(kept: Path, tmp_path: Path) -> None:
    kept.chmod(0o644)
    elsewhere = tmp_path / "elsewhere"
    assert run(elsewhere, "restore", str(kept)).exit_code == 0
    assert (elsewhere / "depot.sqlite3").stat().st_mode & 0o777 == 0o600
    assert not [path.name for path in elsewhere.iterdir() if path.name.startswith(".")]


@pytest.mark.postgres
def test_a_server_that_others_use_is_not_replaced(
    world: World, database_url: str, tmp_path: Path
) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("sessions are a server's")
    receive(world.ada, 24, "Beans")
    file = tmp_path / "kept.depot"
    assert run(tmp_path, "backup", str(file), url=database_url).exit_code == 0
    receive(world.ada, 6, "Beans")
    refused = run(tmp_path, "restore", str(file), "--force", url=database_url)
    assert isinstance(refused.exception, ConfigError)
    assert "in use" in str(refused.exception)
    db.session.remove()
    db.engine.dispose()
    done = run(tmp_path, "restore", str(file), "--force", url=database_url)
    assert done.exit_code == 0, done.output
    assert on_hand(world.ada, "Beans") == 24
    (aside,) = tmp_path.glob("replaced-*.sqlite3")
    elsewhere = tmp_path / "elsewhere"
    assert run(elsewhere, "restore", str(aside)).exit_code == 0
    assert beans(elsewhere) == 30
    receive(world.ada, 1, "Beans")  # numbers and rules go on as they were
    assert on_hand(world.ada, "Beans") == 25
    shutil.rmtree(elsewhere)
