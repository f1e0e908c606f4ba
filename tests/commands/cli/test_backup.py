"""One file that holds everything, taken while somebody writes; and what restore refuses."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from depot.base.errors import ConfigError
from depot.cli import cli
from tests.builders import World, on_hand, receive
from tests.databases import Server
from tests.outside import need


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
        need("pg_dump", "postgresql-client")
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


def test_a_backup_never_replaces_a_file(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.depot"
    file.write_text("mine")
    assert isinstance(run(tmp_path, "backup", str(file)).exception, ConfigError)
    assert file.read_text() == "mine"
