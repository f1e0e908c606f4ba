"""`depot verify` on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from depot.cli import cli
from tests.builders import World, receive
from tests.conftest import known_world
from tests.current import at_work, db

Words = tuple[str, ...]


@pytest.fixture
def environment(tmp_path: Path, database_url: str) -> dict[str, str]:
    return {
        "DEPOT_DATABASE_URL": database_url,
        "DEPOT_DATA": str(tmp_path),
        "DEPOT_SECRET_KEY": "not-a-secret-in-a-test",
        "PATH": os.environ["PATH"],
    }


def run(environment: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(cli, ["verify", *words], env=environment)


def spoil() -> None:
    raw = db.engine.raw_connection()
    raw.cursor().execute("UPDATE stock_balance SET quantity = 23")
    raw.commit()
    raw.close()


def test_green_says_so_and_shows_the_seal(world: World, environment: dict[str, str]) -> None:
    receive(world.ben, 24, "Rice")
    done = run(environment)
    assert done.exit_code == 0, done.output
    assert "North: 1 entry, 1 line, all green. Seal " in done.stdout
    assert "South: 0 entries, 0 lines, all green." in done.stdout
    assert done.stderr == ""  # no bar where nobody looks on


@pytest.mark.breaks_ledger("a balance is spoiled, so that there is a difference to name")
def test_a_difference_is_named_and_fails(world: World, environment: dict[str, str]) -> None:
    receive(world.ben, 24, "Rice")
    spoil()
    done = run(environment)
    assert done.exit_code == 1
    assert "North: Rice (lot 1) at Arrivals: the balance says 23, the lines add up to 24." in (
        done.stdout
    )
    assert run(environment, "--depot", "south").exit_code == 0


@pytest.mark.breaks_ledger("a balance is spoiled, so that there is a difference to print")
def test_json_is_for_programs(world: World, environment: dict[str, str]) -> None:
    receive(world.ben, 24, "Rice")
    spoil()
    done = run(environment, "--json", "--depot", "north")
    assert done.exit_code == 1
    (north,) = json.loads(done.stdout)["depots"]
    assert (north["depot"], north["entries"], north["green"]) == ("north", 1, False)
    assert [one["check"] for one in north["differences"]] == ["balance"]


def test_an_unknown_depot_is_a_sentence(world: World, environment: dict[str, str]) -> None:
    done = run(environment, "--depot", "west")
    assert done.exit_code == 1
    assert "west" in str(done.exception)


def test_a_terminal_is_shown_how_far_it_is(sqlite_url: str, tmp_path: Path) -> None:
    environment = dict(os.environ, DEPOT_DATABASE_URL=sqlite_url, DEPOT_DATA=str(tmp_path))
    environment["DEPOT_SECRET_KEY"] = "not-a-secret-in-a-test"
    with at_work(sqlite_url):
        receive(known_world().ben, 24, "Rice")
    ours, its = os.openpty()
    words = [str(Path(sys.executable).with_name("depot")), "verify", "--depot", "north"]
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, stderr=its, check=True)
    os.close(its)
    seen = os.read(ours, 4096).decode()
    os.close(ours)
    assert b"all green" in done.stdout
    assert "North" in seen
    assert "100%" in seen
