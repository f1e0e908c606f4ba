"""A whole depot goes from one kind of server to the other and back, to the last row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from depot.backups.copying import tables
from depot.base.errors import ConfigError
from tests.commands.cli.test_backup import run
from tests.databases import Server

DEMO = ("demo", "--weeks", "1")


def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return {
                table.name: [
                    tuple(row)
                    for row in connection.execute(
                        select(table).order_by(*table.primary_key.columns)
                    )
                ]
                for table in tables()
            }
    finally:
        engine.dispose()


@pytest.mark.postgres
def test_all_of_it_goes_to_a_server_and_back(tmp_path: Path, postgres: Server) -> None:
    here, back = tmp_path / "here", tmp_path / "back.sqlite3"
    assert run(here, *DEMO).exit_code == 0
    first = f"sqlite:///{here / 'depot.sqlite3'}"
    there = postgres.create().replace("postgresql+psycopg://", "postgresql://")
    try:
        done = run(here, "copy-to", there)
        assert done.exit_code == 0, done.output
        rows = everything(first)
        assert len(rows["stock_move"]) > 50
        assert everything(there.replace("postgresql://", "postgresql+psycopg://")) == rows
        assert "all green" in run(here, "verify", url=there).output
        # numbers go on after the last one
        assert run(here, "add", "West", url=there).exit_code == 0
        assert run(here, "copy-to", f"sqlite:///{back}", url=there).exit_code == 0
        again = everything(f"sqlite:///{back}")
        assert len(again["depot"]) == len(rows["depot"]) + 1
        assert again["stock_move"] == rows["stock_move"]
        assert "all green" in run(here, "verify", url=f"sqlite:///{back}").output
    finally:
        postgres.drop(there)


def test_nothing_is_written_over(sqlite_url: str, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert run(other, "init").exit_code == 0
    url = f"sqlite:///{other / 'depot.sqlite3'}"
    before = everything(url)
    refused = run(tmp_path, "copy-to", url)
    assert isinstance(refused.exception, ConfigError)
    assert "--force" not in str(refused.exception)
    assert everything(url) == before


def test_a_password_is_not_repeated(sqlite_url: str, tmp_path: Path) -> None:
    done = run(tmp_path, "copy-to", "postgresql://ada:hush@127.0.0.1:1/none")
    assert done.exit_code == 1
    assert "hush" not in done.output + str(done.exception)
