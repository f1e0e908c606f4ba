"""One file that holds everything, taken while somebody writes; and what restore refuses."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from depot.base.errors import ConfigError
from depot.cli import cli
from tests.builders import World, on_hand, receive
from tests.current import db
from tests.databases import Server
from tests.programs import need_program


def run(folder: Path, *words: str, url: str = "") -> Result:
    environment = {"DEPOT_DATA": str(folder), "PATH": os.environ["PATH"]}
    if url:
        environment["DEPOT_DATABASE_URL"] = url
    return CliRunner().invoke(cli, list(words), env=environment)


@pytest.fixture
def world_url(database_url: str) -> str:
    return database_url


def test_a_backup_restored_elsewhere_holds_the_same_and_verifies(
    world: World, world_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if world_url.startswith("postgresql") and not shutil.which("pg_dump"):
        programs = next(Path("/usr/lib/postgresql").glob("*/bin"), None)
        os.environ["PATH"] += os.pathsep + str(programs)
        need_program("pg_dump", "postgresql-client")
    receive(world.ada, 24, "Beans")
    file = tmp_path / "kept.depot"
    done = run(tmp_path, "backup", str(file), url=world_url)
    assert done.exit_code == 0, done.output
    receive(world.ada, 6, "Beans")
    assert on_hand(world.ada, "Beans") == 30
    elsewhere, url = tmp_path / "elsewhere", ""
    if world_url.startswith("postgresql"):
        server: Server = request.getfixturevalue("postgres")
        url = server.create()
    restored = run(elsewhere, "restore", str(file), url=url)
    assert restored.exit_code == 0, restored.output
    verified = run(elsewhere, "verify", url=url)
    assert verified.exit_code == 0, verified.output
    listed = run(elsewhere, "report", "weekly", "--depot", "north", "--week", "2026-W47", url=url)
    assert "24" in listed.output
    if url:
        server.drop(url)


def test_restore_overwrites_only_when_told(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.depot"
    assert run(tmp_path, "backup", str(file)).exit_code == 0
    refused = run(tmp_path, "restore", str(file))
    assert isinstance(refused.exception, ConfigError)
    assert "--force" in str(refused.exception)
    assert run(tmp_path, "restore", str(file), "--force").exit_code == 0
    assert run(tmp_path, "verify").exit_code == 0


def test_a_file_that_is_no_backup_changes_nothing(sqlite_url: str, tmp_path: Path) -> None:
    before = (tmp_path / "depot.sqlite3").read_bytes()
    file = tmp_path / "holiday.jpg"
    for contents in (b"", b"JFIF", b"SQLite format 3\x00" + b"\x00" * 4000):
        file.write_bytes(contents)
        refused = run(tmp_path, "restore", str(file), "--force")
        assert isinstance(refused.exception, ConfigError)
        assert (tmp_path / "depot.sqlite3").read_bytes() == before


def spoiled(folder: Path) -> Path:
    """Return a backup of the world with one page overwritten, which a glance does not show."""
    file = folder / "spoiled.depot"
    assert run(folder, "backup", str(file)).exit_code == 0
    with closing(sqlite3.connect(file)) as opened:
        ((page,),) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'stock_move'")
        ((size,),) = opened.execute("PRAGMA page_size")
    with file.open("r+b") as written:
        written.seek((page - 1) * size)
        written.write(b"\xff" * size)
    return file


def unsound(folder: Path) -> Path:
    """Return a backup that can be read, whose header counts free pages that are not there."""
    file = folder / "unsound.depot"
    assert run(folder, "backup", str(file)).exit_code == 0
    with file.open("r+b") as written:
        written.seek(36)
        written.write((7).to_bytes(4, "big"))
    return file


def anothers(folder: Path) -> Path:
    """Return a sound SQLite file of another program."""
    file = folder / "places.sqlite"
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("CREATE TABLE bookmark (url TEXT)")
    return file


def impossible(folder: Path) -> Path:
    """Return a backup with a value in it that the database itself would refuse."""
    file = folder / "impossible.depot"
    assert run(folder, "backup", str(file)).exit_code == 0
    with closing(sqlite3.connect(file)) as opened, opened:
        opened.execute("PRAGMA ignore_check_constraints=ON")
        opened.execute("UPDATE depot SET week_start = 8")
    return file


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (spoiled, "is not a sound backup"),
        (unsound, "is not a sound backup"),
        (anothers, "is not a backup"),
        (impossible, "is not a sound backup"),
    ],
)
def test_a_damaged_or_foreign_database_changes_nothing(
    sqlite_url: str, tmp_path: Path, make: Callable[[Path], Path], said: str
) -> None:
    file = make(tmp_path)
    before = (tmp_path / "depot.sqlite3").read_bytes()
    refused = run(tmp_path, "restore", str(file), "--force")
    assert isinstance(refused.exception, ConfigError)
    assert f"{file} {said}" in str(refused.exception)
    assert (tmp_path / "depot.sqlite3").read_bytes() == before
    assert not list(tmp_path.glob("*.part*"))


def test_the_old_journal_is_not_read_into_what_was_restored(
    world: World, world_url: str, tmp_path: Path
) -> None:
    if not world_url.startswith("sqlite"):
        pytest.skip("only SQLite keeps a journal beside its file")
    receive(world.ada, 24, "Beans")
    file, journal = tmp_path / "kept.depot", tmp_path / "depot.sqlite3-wal"
    assert run(tmp_path, "backup", str(file)).exit_code == 0
    receive(world.ada, 6, "Beans")
    left_behind = journal.read_bytes()
    assert left_behind
    db.session.remove()
    db.engine.dispose()
    journal.write_bytes(left_behind)  # as after a power cut
    assert run(tmp_path, "restore", str(file), "--force").exit_code == 0
    assert not journal.exists()
    verified = run(tmp_path, "verify")
    assert "North: 1 entry, 1 line, all green." in verified.output


def test_a_backup_never_replaces_a_file(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.depot"
    file.write_text("mine")
    assert isinstance(run(tmp_path, "backup", str(file)).exception, ConfigError)
    assert file.read_text() == "mine"
