"""`depot labels`, as one types it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from depot.cli import cli
from depot.locations.queries.places import load_place_tree
from depot.models import Crate
from depot.printing.commands.label_sheets import save_label_sheet
from labels.printers import network
from tests.builders import clock, find_actor
from tests.commands.printer_fixtures import add_printer, label_sheet_command, zebra_command
from tests.commands.shelves import put_place
from tests.current import db


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


def test_a_shelf_label_is_made_for_every_place(environment: Flask, tmp_path: Path) -> None:
    with environment.app_context():
        put_place(find_actor("ada"), "Shelf B2")
        places = len(list(load_place_tree(db.session(), find_actor("ada").depot_id).places()))
    done = run("--kind", "shelf", "--output", tmp_path / "labels.pdf")
    assert done.exit_code == 0, done.output
    assert f"{places} labels for L7169" in done.output
    assert made(environment) == 0


def test_pallet_labels_are_large(environment: Flask, tmp_path: Path) -> None:
    done = run("--kind", "pallet", "--count", "2", "--output", tmp_path / "labels.pdf")
    assert "2 labels for A4/2" in done.output
    assert made(environment) == 2


@pytest.mark.parametrize("sheet", ["A5", "62x29", "102x152", "letter/2", "Our sheet"])
def test_paper_rolls_and_own_sheets_are_named_like_product_codes(
    environment: Flask, tmp_path: Path, sheet: str
) -> None:
    with environment.app_context():
        save_label_sheet(label_sheet_command("Our sheet"), find_actor("ada"), clock)
    done = run("--count", "2", "--sheet", sheet, "--output", tmp_path / "labels.pdf")
    assert done.exit_code == 0, done.output
    assert f"2 labels for {sheet.upper() if '/' in sheet else sheet}" in done.output


def test_a_printer_of_the_depot_is_printed_for(environment: Flask, tmp_path: Path) -> None:
    with environment.app_context():
        add_printer(find_actor("ada"), zebra_command("Door"))
    done = run("--count", "2", "--printer", "door", "--output", tmp_path / "labels.zpl")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "labels.zpl").read_bytes().count(b"^XA") == 2
    assert "2 labels for Door" in done.output


def test_a_printer_that_is_not_there_or_not_reached_is_told(
    environment: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = run("--printer", "Fax", "--output", tmp_path / "labels.zpl")
    assert unknown.exit_code == 2
    assert "no printer called" in unknown.output
    assert run("--count", "2").exit_code == 2  # nowhere to put them
    assert made(environment) == 0
    with environment.app_context():
        add_printer(find_actor("ada"), zebra_command("Door", host="door.local"))

    def nobody(*_words: Any, **_options: Any) -> None:
        raise network.CannotSend(network.WireProblem.NO_ANSWER)

    monkeypatch.setattr(network, "send_to_printer", nobody)
    done = run("--count", "1", "--printer", "Door")
    assert done.exit_code == 1
    assert "Door does not answer" in done.output
