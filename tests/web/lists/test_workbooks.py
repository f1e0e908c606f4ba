"""The workbooks we send, opened by LibreOffice: its sums are our figures, our text is its text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from depot.ledger.entries import People
from tests.book import Book
from tests.builders import find_actor
from tests.calc import calculate_workbook
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]
MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
FORMULA = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture
def _written(app: Flask) -> None:
    """A small week in the north, with an item whose name would be a formula."""
    with app.app_context():
        book = Book(find_actor("ada"))
        beans = book.goods(FORMULA, "Tins and jars", milligrams=400_000)
        bread = book.goods("+Bread", "Bread", milligrams=500_000)
        book.came_in(beans, 30, MONDAY - timedelta(days=7))
        book.came_in(beans, 20, MONDAY, kind="rescue")
        book.came_in(bread, 9, MONDAY)
        event_id = book.event("@Luke", MONDAY)
        book.went_out(beans, 25, MONDAY, event_id)
        book.move("write_off", beans, 5, "here", "loss", MONDAY, reason="expired")
        book.people(People(event_id, 12, None, None, None, None), MONDAY)
        db.session.remove()


@pytest.mark.usefixtures("_written")
def test_the_reports_sums_are_calculated_to_its_figures(
    client_for: ClientFor, tmp_path: Path
) -> None:
    ben = client_for("ben")
    report = ben.raw("/reports/weekly.json?week=2026-W47").get_json()
    sheets = calculate_workbook(ben.raw("/reports/weekly.xlsx?week=2026-W47").get_data(), tmp_path)
    head, *_rows, sums = sheets["By category"]
    totals = report["totals"]
    for title, figure in (("Opening", "opening"), ("In", "sourced"), ("Out", "handed_out")):
        assert int(sums[head.index(f"{title}, g")]) == totals[f"{figure}_grams"], title
    assert int(sums[head.index("Closing, g")]) == totals["closing_grams"]
    assert int(sheets["Sources"][-1][1]) == totals["sourced_grams"] == 12_500
    assert int(sheets["Losses"][-1][1]) == totals["lost_grams"] == 2_000
    assert int(sheets["Events"][-1][-1]) == totals["handed_out_grams"] == 10_000
    received = sheets["In by category"][-1][1:]
    assert sum(map(int, received)) == totals["sourced_grams"]


@pytest.mark.usefixtures("_written")
def test_names_are_text_to_it_whatever_they_begin_with(
    client_for: ClientFor, tmp_path: Path
) -> None:
    ben = client_for("ben")
    sheets = calculate_workbook(ben.raw("/reports/weekly.xlsx?week=2026-W47").get_data(), tmp_path)
    assert {row[0] for row in sheets["By item"]} >= {FORMULA, "+Bread"}
    assert "@Luke" in {row[0] for row in sheets["Events"]}


@pytest.mark.usefixtures("_written")
def test_a_lists_sum_is_calculated_to_what_the_page_says(
    client_for: ClientFor, tmp_path: Path
) -> None:
    ben = client_for("ben")
    sheets = calculate_workbook(ben.raw("/stock/stock.xlsx").get_data(), tmp_path)
    head, *rows, sums = sheets["Stock by item"]
    column = head.index("Weight, kg")
    assert float(sums[column]) == sum(float(row[column]) for row in rows) == 12.5
    assert "12.5 kg" in ben.get("/stock/")
    assert rows[0][0] in (FORMULA, "+Bread")
