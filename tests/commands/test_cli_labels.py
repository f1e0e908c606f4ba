"""`depot labels`, as one types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from depot.cli import cli
from depot.db import db
from depot.models import Crate
from tests.builders import find_actor


@pytest.fixture
def environment(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The command line works on the test world."""
    config = app.config["DEPOT"]
    monkeypatch.setenv("DEPOT_DATA", str(config.data))
    monkeypatch.setenv("DEPOT_DATABASE_URL", config.database_url)
    return app


def run(*words: str | Path) -> Result:
    """Run `depot labels` for the north."""
    return CliRunner().invoke(cli, ["labels", *map(str, words), "--depot", "north"])


def made(app: Flask) -> int:
    with app.app_context():
        north = find_actor("ada").depot_id
        return len(db.session.scalars(select(Crate.code).where(Crate.depot_id == north)).all())


def test_labels_are_drawn_and_their_codes_reserved(environment: Flask, tmp_path: Path) -> None:
    done = run("--count", "24", "--start-at", "3", "--output", tmp_path / "labels.pdf")
    assert done.exit_code == 0, done.output
    assert "24 labels for L7160" in done.output
    assert (tmp_path / "labels.pdf").read_bytes().startswith(b"%PDF")
    assert made(environment) == 24


@pytest.mark.parametrize(
    "words",
    [
        ("--sheet", "A0"),
        ("--start-at", "22"),
        ("--start-at", "0"),
        ("--count", "0"),
        ("--count", "2001"),
    ],
)
def test_wrong_usage_reserves_nothing(
    environment: Flask, tmp_path: Path, words: tuple[str, str]
) -> None:
    assert run(*words, "--output", tmp_path / "labels.pdf").exit_code == 2
    assert run("--output", tmp_path / "nowhere" / "labels.pdf").exit_code == 2
    assert made(environment) == 0
