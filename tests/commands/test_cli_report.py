"""`depot report weekly`, as one types it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from depot.cli import cli
from depot.db import db
from depot.errors import Invalid
from tests.book import Book
from tests.builders import find_actor


@pytest.fixture(autouse=True)
def _environment(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line works on the test world, with one delivery in the north."""
    config = app.config["DEPOT"]
    monkeypatch.setenv("DEPOT_DATA", str(config.data))
    monkeypatch.setenv("DEPOT_DATABASE_URL", config.database_url)
    with app.app_context():
        book = Book(find_actor("ada"))
        beans = book.goods("Béans", "Tins and jars", milligrams=400_000)
        book.came_in(beans, 30, datetime(2026, 11, 17, 12, tzinfo=UTC))
        db.session.remove()


def run(*words: str | Path) -> Result:
    """Run `depot report weekly` for the north."""
    return CliRunner().invoke(cli, ["report", "weekly", *map(str, words), "--depot", "north"])


def test_it_prints_text_and_json() -> None:
    done = run("--week", "2026-W47")
    assert done.exit_code == 0, done.output
    assert "12.0 kg" in done.output
    body = json.loads(run("--week", "2026-W47", "--format", "json").output)
    assert body["items"][0]["sourced"] == 30


def test_it_writes_a_file(tmp_path: Path) -> None:
    file = tmp_path / "week.csv"
    assert run("--week", "2026-W47", "--format", "csv", "--output", file).exit_code == 0
    assert "Béans" in file.read_text(encoding="utf-8")
    assert file.read_bytes().count(b"\r\n") > 3


def test_without_a_week_it_takes_one_that_is_over() -> None:
    assert run().exit_code == 0


def test_a_week_that_is_none_is_a_named_error() -> None:
    done = run("--week", "2026-W60")
    assert isinstance(done.exception, Invalid)
    assert done.exception.field == "week"
