"""`depot import`, as one types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from depot.base.errors import DepotError, Invalid
from depot.cli import cli
from depot.kernel.lookups import find_crates
from depot.models import Category, Lot
from tests.builders import find_actor, on_hand, receive
from tests.commands.working import work_of
from tests.current import db
from tests.pantry import FILES, pantry_file


@pytest.fixture
def environment(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The command line works on the test world."""
    config = app.config["DEPOT"]
    monkeypatch.setenv("DEPOT_DATA", str(config.data))
    monkeypatch.setenv("DEPOT_DATABASE_URL", config.database_url)
    return app


def run(*words: str | Path) -> Result:
    """Run `depot import` for the north."""
    return CliRunner().invoke(cli, ["import", *map(str, words), "--depot", "north"])


def test_the_pantry_is_imported_file_by_file(environment: Flask) -> None:
    for kind in FILES:
        done = run(kind, pantry_file(kind))
        assert done.exit_code == 0, done.output
    assert "11 filled" in done.output
    assert "9 never filled (blank crates)" in done.output
    with environment.app_context():
        ada = find_actor("ada")
        assert find_crates(work_of(ada), ["BOX12345"])
        assert on_hand(ada, "Corn") == 48
    again = run("crates", pantry_file("crates"))
    assert "21 already here" in again.output
    assert "nothing to import" in again.output


def test_a_dry_run_says_what_would_happen(environment: Flask) -> None:
    done = run("items", pantry_file("items"), "--dry-run")
    assert done.exit_code == 0
    assert "102 new" in done.output
    assert "“Bevereges” is perhaps “Beverages”" in done.output
    assert "nothing was written" in done.output
    assert "102 new" in run("items", pantry_file("items")).output


def test_every_problem_is_named_and_nothing_is_written(environment: Flask, tmp_path: Path) -> None:
    file = tmp_path / "boxes.csv"
    file.write_text("Nr,What,Qty\nB1,Corn,24\nB2,Corn,2.5\nB3,Corn,-3\n")
    wanted = ("crates", file, "--map", "box_number=Nr", "--map", "item=What")
    refused = run(*wanted)
    assert isinstance(refused.exception, DepotError)
    assert "row 3, quantity: “2.5” is not a whole number." in refused.stderr
    assert "row 4, quantity: “-3” is not more than zero." in refused.stderr
    with environment.app_context():
        assert on_hand(find_actor("ada"), "Corn") == 0
    assert run(*wanted, "--skip-problems").exit_code == 0
    with environment.app_context():
        assert on_hand(find_actor("ada"), "Corn") == 24


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("crates", "--map", "colour=Box"), "There is no field “colour”"),
        (("crates", "--map", "item=Colour"), "There is no column “Colour”"),
        (("crates", "--map", "item"), "Write “item” as FIELD=COLUMN"),
        (("locations", "--sheet", "Two"), "No column was found for: name"),
    ],
)
def test_a_wrong_column_is_named(
    environment: Flask, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    file = tmp_path / "boxes.csv"
    file.write_text("Box,Qty\nB1,\n")
    refused = run(words[0], file, *words[1:])
    assert sentence in str(refused.exception)


def test_a_file_that_is_no_table_is_refused_with_a_sentence(
    environment: Flask, tmp_path: Path
) -> None:
    file = tmp_path / "boxes.xlsx"
    file.write_bytes(b"%PDF-1.7 nonsense")
    assert "is a PDF" in str(run("crates", file).exception)
    assert run("people", file).exit_code == 2
    assert run("crates", tmp_path / "none.csv").exit_code == 2


def test_which_depot_must_be_said_where_there_are_several(environment: Flask) -> None:
    done = CliRunner().invoke(cli, ["import", "items", str(pantry_file("items"))])
    assert isinstance(done.exception, Invalid)


def test_a_dry_run_says_what_is_left_out_not_used_and_what_will_be_here(
    environment: Flask, tmp_path: Path
) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("Item,Qty,Price\nFOOD:,,\nCorn,24,1\nPeas,many,1\nTotal,24,\n")
    with environment.app_context():
        receive(find_actor("ada"), 5, "Corn")
    said = run("stock", file, "--dry-run", "--skip-problems").stdout
    for line in (
        "  understood: 1 of 4 rows",
        "  left out: “FOOD” is a heading. (row 2)",
        "  left out: “Total” is a sum of the rows above. (row 5)",
        "  left out: 1 with problems, named below",
        "  columns not used: Price",
        "  stock after it: Corn 29 (5 here now)",
        "  headings, not items: FOOD; --headings makes them categories",
    ):
        assert line in said.splitlines()
    file.write_text("Item\nSoap\n")
    said = run("items", file, "--dry-run").stdout
    for line in ("  left out: no row", "  columns not used: none", "  stock after it: as it is"):
        assert line in said.splitlines()


def test_stock_is_imported_with_the_month_first_and_headings_as_categories(
    environment: Flask, tmp_path: Path
) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("Item,Qty,Exp\nFOOD,,\nCorn,24,6/1/27\nPeas,3,7/1/27\n")
    done = run("stock", file, "--date-order", "month", "--headings")
    assert done.exit_code == 0, done.output
    with environment.app_context():
        assert on_hand(find_actor("ada"), "Corn") == 24
        dates = db.session.scalars(select(Lot.date_text).order_by(Lot.date_text)).all()
        assert dates == ["2027-06-01", "2027-07-01"]
        assert db.session.scalar(select(Category.id).where(Category.name == "FOOD"))
    assert "2 already here" in run("stock", file, "--date-order", "month").output


def test_a_missing_column_is_answered_with_those_of_the_file(
    environment: Flask, tmp_path: Path
) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("Thing,How much\nCorn,soon\n")
    refused = str(run("stock", file).exception)
    assert "item, quantity" in refused
    assert "Thing, How much" in refused
    file.write_text("Item Description,Qty on hand\nCorn,4\n")
    assert "is imported as stock" in str(run("crates", file).exception)
    file.write_text("Corn\nPeas\n")
    assert run("items", file, "--no-header").exit_code == 0
