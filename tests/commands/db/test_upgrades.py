"""An upgrade from every earlier revision with data in it loses nothing; one that dies goes on."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from depot.base.errors import ConfigError
from depot.db.database import prepare_engine
from depot.db.schema import current_revision, known_revisions, migrate
from tests.conftest import config_for, prepare_world
from tests.databases import Server
from tests.ledger_check import Checker
from tests.upgrades import (
    Rows,
    copy_of,
    downgrade,
    fill,
    lost_between,
    migrate_and_die,
    migrate_twice_at_once,
    rows_in,
)

#: Each revision has its turn in the long run; else a few.
IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "torture"
FROZEN = sorted((Path(__file__).parents[2] / "data" / "upgrades").glob("*.sql.gz"))
CHECKER = Checker()
ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@dataclass(frozen=True)
class Earlier:
    """Databases at earlier revisions with what they held there."""

    urls: dict[str, str]
    held: dict[str, Rows]
    server: Server | None


@pytest.fixture(scope="module", params=ENGINES)
def earlier(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Earlier]:
    """The test world with one of everything, brought back step by step to the first revision."""
    folder = tmp_path_factory.mktemp("earlier")
    server: Server | None = None
    if request.param == "postgres":
        server = request.getfixturevalue("postgres")
        url = server.copy_of("world", prepare_world)
    else:
        world: Path = request.getfixturevalue("world_file")
        for file in world.parent.glob(f"{world.name}*"):
            shutil.copy(file, folder / file.name)
        url = f"sqlite:///{folder / world.name}"
    fill(config_for(folder, url))
    urls, held = {}, {}
    for revision in sorted(known_revisions(), reverse=True)[1:]:
        if IS_LONG or revision in ("0004", "0019", "0025") or int(revision) % 12 == 1:
            downgrade(url, revision)
            urls[revision] = copy_of(url, int(revision), server)
            held[revision] = rows_in(urls[revision])
    yield Earlier(urls, held, server)
    if server:
        for made in (url, *urls.values()):
            server.drop(made)


def upgrade(url: str) -> None:
    """Upgrade a database to the newest revision, as `depot serve` does at its start."""
    engine = create_engine(url)
    prepare_engine(engine)
    try:
        migrate(engine)
        with engine.connect() as connection:
            assert current_revision(connection) == max(known_revisions())
    finally:
        engine.dispose()


def test_an_upgrade_from_every_revision_loses_nothing(earlier: Earlier) -> None:
    assert {"0001", "0004", "0019", "0025"} <= set(earlier.urls)
    for revision, url in earlier.urls.items():
        copied = copy_of(url, 100 + int(revision), earlier.server)
        upgrade(copied)
        before = earlier.held[revision]
        assert sum(map(len, before.values())) > 10, revision
        assert lost_between(before, rows_in(copied)) == [], revision
        assert CHECKER.problems(copied) == [], revision
        if earlier.server:
            earlier.server.drop(copied)


def test_days_after_best_before_become_years_and_formula_has_a_hard_stop(
    earlier: Earlier,
) -> None:
    copied = copy_of(earlier.urls["0025"], 202, earlier.server)
    days = {"'Bread'": 2, "'Tins and jars'": 730, "'Pasta, rice and grains'": 1095}
    engine = create_engine(copied)
    with engine.begin() as connection:
        for name, number in days.items():
            connection.execute(
                text(
                    f"UPDATE category SET best_before_extension_days = {number} WHERE name = {name}"
                )
            )
    migrate(engine)
    engine.dispose()
    lives = {
        row["name"]: (row["shelf_life_amount"], row["shelf_life_unit"])
        for row in rows_in(copied)["category"]
    }
    assert lives["'Bread'"] == ("2", "'day'")
    assert lives["'Tins and jars'"] == ("2", "'year'")
    assert lives["'Pasta, rice and grains'"] == ("3", "'year'")
    assert lives["'Baby food and formula'"] == ("0", "'never'")
    if earlier.server:
        earlier.server.drop(copied)


@pytest.mark.parametrize("file", FROZEN, ids=lambda path: path.name)
def test_what_an_earlier_program_wrote_itself_is_upgraded_whole(file: Path, tmp_path: Path) -> None:
    """A week of the demo, as the programs of those revisions made it."""
    database = tmp_path / "depot.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(gzip.decompress(file.read_bytes()).decode())
    url = f"sqlite:///{database}"
    before = rows_in(url)
    assert len(before["stock_move"]) > 200
    upgrade(url)
    assert lost_between(before, rows_in(url)) == []
    assert CHECKER.problems(url) == []


def test_an_upgrade_that_was_killed_goes_on_once_of_two_that_start(earlier: Earlier) -> None:
    before = earlier.held["0004"]
    copied = copy_of(earlier.urls["0004"], 200, earlier.server)
    for statement in (5, 40, 80, 120) if IS_LONG else (120,):
        migrate_and_die(copied, statement)
        assert rows_in(copied) == before
    migrate_twice_at_once(copied)
    assert lost_between(before, rows_in(copied)) == []
    assert CHECKER.problems(copied) == []
    if earlier.server:
        earlier.server.drop(copied)


def test_a_database_of_a_newer_version_is_left_alone(earlier: Earlier) -> None:
    copied = copy_of(earlier.urls["0025"], 201, earlier.server)
    engine = create_engine(copied)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigError, match="newer version"):
        migrate(engine)
    assert rows_in(copied) == earlier.held["0025"]
    engine.dispose()
    if earlier.server:
        earlier.server.drop(copied)


def test_the_comparison_sees_a_lost_row_and_a_changed_one() -> None:
    before: Rows = {"item": [{"id": "1", "name": "Rice"}, {"id": "2", "name": "Beans"}]}
    after: Rows = {"item": [{"id": "1", "name": "rice", "note": ""}]}
    assert lost_between(before, after) == ["item: id=1, name=Rice", "item: id=2, name=Beans"]
    assert lost_between({"item": after["item"]}, {"item": []}) == ["item: id=1, name=rice, note="]
