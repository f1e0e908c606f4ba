"""`depot load`: made-up depots for measuring, never beside people."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from depot.load import sinks
from tests.commands.cli.test_backup import run
from tests.databases import Server
from tests.ledger_check import Checker

SIZE = ("--depots", "2", "--moves", "600")


def moves_of(url: str) -> list[tuple[int, int]]:
    counted = text("SELECT depot_id, count(*) FROM stock_move GROUP BY depot_id ORDER BY depot_id")
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [(row[0], row[1]) for row in connection.execute(counted)]
    engine.dispose()
    return found


def test_made_up_depots_are_whole_and_more_can_be_added(tmp_path: Path) -> None:
    for _ in range(2):
        done = run(tmp_path, "load", *SIZE)
        assert done.exit_code == 0, done.output
    url = f"sqlite:///{tmp_path / 'depot.sqlite3'}"
    assert moves_of(url) == [(number, 300 + 12) for number in (1, 2, 3, 4)]
    assert Checker().problems(url) == []


def indexes_of(url: str) -> list[tuple[str, str]]:
    indexes = text("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'")
    constraints = text("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint")
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [
            tuple(row) for asked in (indexes, constraints) for row in connection.execute(asked)
        ]
    engine.dispose()
    return sorted(found)


@pytest.mark.postgres
@pytest.mark.parametrize("many", [sinks.MANY, 100])
def test_a_server_takes_them_too_and_keeps_its_indexes(
    tmp_path: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    url = postgres.create()
    assert run(tmp_path, "load", "--moves", "0", url=url).exit_code == 0
    before = indexes_of(url)
    monkeypatch.setattr(sinks, "MANY", many)
    done = run(tmp_path, "load", *SIZE, url=url)
    assert done.exit_code == 0, done.output
    assert moves_of(url) == [(1, 12), (2, 312), (3, 312)]
    assert Checker().problems(url) == []
    assert indexes_of(url) == before
    postgres.drop(url)


def test_nothing_is_loaded_where_somebody_works(tmp_path: Path) -> None:
    assert run(tmp_path, "demo", "--weeks", "1").exit_code == 0
    refused = run(tmp_path, "load")
    assert refused.exit_code == 1
    assert "There are people in this database." in str(refused.exception)
