"""`depot report weekly`, as one types it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from depot.base.errors import Invalid, NotFound
from depot.cli import cli
from tests.book import Book
from tests.builders import find_actor
from tests.current import db


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


def report(*words: str | Path) -> Result:
    """Run `depot report` for the north."""
    return CliRunner().invoke(cli, ["report", *map(str, words), "--depot", "north"])


@pytest.mark.parametrize(
    "words",
    [
        ("month", "--month", "2026-11"),
        ("quarter", "--quarter", "2026-Q4"),
        ("year", "--year", "2026"),
        ("range", "--from", "2026-11-17", "--to", "2026-11-17"),
    ],
)
def test_any_period_is_printed(words: tuple[str, ...]) -> None:
    done = report(*words, "--format", "json")
    assert done.exit_code == 0, done.output
    body = json.loads(done.output)
    assert body["totals"]["sourced_grams"] == 12_000
    assert body["kind"] == words[0]
    assert "12.0 kg" in report(*words).output


def test_periods_of_the_wrong_kind_or_order_are_refused() -> None:
    assert report("month", "--month", "2026-Q4").exit_code == 2
    assert report("range", "--from", "2026-11-17").exit_code == 2
    backwards = report("range", "--from", "2026-11-17", "--to", "2026-11-16")
    assert isinstance(backwards.exception, Invalid)
    for kind in ("month", "quarter", "year"):
        assert report(kind).exit_code == 0


def test_a_week_is_filed_listed_and_printed_as_it_was_filed(tmp_path: Path) -> None:
    filed = report("file", "--week", "2026-W20")
    assert filed.exit_code == 0, filed.output
    assert "Filed as number 1: 2026-W20, version 1, seal" in filed.output
    again = report("file", "--period", "2026-05")
    assert "Filed as number 2: 2026-05, version 1, seal" in again.output
    listed = report("filed").output.splitlines()
    assert [line.split()[:2] for line in listed] == [["2", "2026-05"], ["1", "2026-W20"]]
    file = tmp_path / "filed.json"
    assert report("filed", "1", "--format", "json", "--output", file).exit_code == 0
    body = json.loads(file.read_text())
    assert (body["number"], body["week"], body["filed_by"]) == (1, "2026-W20", "")
    assert body["seal"] in json.dumps(body)
    assert report("filed", "3").exit_code == 1
    assert report("file", "--week", "2026-W20", "--period", "2026-05").exit_code == 2
    assert isinstance(report("file", "--week", "2099-W01").exception, Invalid)


def test_a_form_for_a_funder_is_printed_for_any_period(tmp_path: Path) -> None:
    done = report("form", "people", "--month", "2026-11")
    assert done.exit_code == 0, done.output
    assert "November 2026" in done.output
    assert "not recorded" in done.output
    for words in (
        ("--week", "2026-W47"),
        ("--quarter", "2026-Q4"),
        ("--year", "2026"),
        ("--from", "2026-11-17", "--to", "2026-11-17"),
    ):
        body = json.loads(report("form", "weekly", *words, "--format", "json").stdout)
        assert body["tables"][0]["lines"][0]["cells"] == [{"value": 12_000, "why": ""}]
    file = tmp_path / "people.pdf"
    named = ("form", "monthly PEOPLE table", "--format", "pdf", "--output", file)
    assert report(*named).exit_code == 0
    assert file.read_bytes().startswith(b"%PDF")


def test_forms_are_listed_and_filled_in_from_what_was_filed() -> None:
    listed = report("form").output.splitlines()
    assert [line.split()[:2] for line in listed] == [
        ["weekly", "week"],
        ["quarterly", "quarter"],
        ["people", "month"],
        ["kilograms", "year"],
    ]
    report("file", "--period", "2026-05")
    assert "Filed as no. 1" in report("form", "people", "--filed", "1").output
    assert report("form", "people", "--filed", "2").exit_code == 1


def test_a_form_takes_one_period_that_is_one() -> None:
    for words in (
        ("--month", "2026-11", "--year", "2026"),
        ("--month", "2026-Q4"),
        ("--from", "2026-11-17"),
        ("--year", "2026", "--filed", "1"),
    ):
        assert report("form", "people", *words).exit_code == 2, words
    nothing = report("form", "nothing")
    assert isinstance(nothing.exception, NotFound)


def test_verify_counts_what_it_proved() -> None:
    report("file", "--week", "2026-W20")
    done = CliRunner().invoke(cli, ["verify", "--depot", "north", "--json"])
    assert json.loads(done.stdout)["depots"][0]["filed_reports"] == 1
