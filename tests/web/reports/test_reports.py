"""The weekly report over HTTP: its page, its files, its API, and who sees what."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import update

from depot.base.periods import parse_week
from depot.db.transaction import transaction
from depot.ledger.entries import People
from depot.models import DayTotal
from depot.papers.sheet import COLOURS
from depot.reports.queries.reports import weekly_report
from tests.book import Book
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.current import db
from tests.statements import count_statements
from tests.unit.papers.shown import dots_of, pictures, text_of

WEEK = "/reports/weekly?week=2026-W47"
MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
ClientFor = Callable[[str], Client]


@pytest.fixture
def written(app: Flask) -> None:
    """A small week in the north."""
    with app.app_context():
        book = Book(find_actor("ada"))
        beans = book.goods("=cmd|' /C calc'!A0", "Tins and jars", milligrams=400_000)
        mystery = book.goods("Mystery <b>box</b>", "Other")
        book.came_in(beans, 30, MONDAY - timedelta(days=7))
        book.came_in(beans, 20, MONDAY, kind="rescue")
        book.came_in(mystery, 3, MONDAY)
        event_id = book.event("St Luke’s", MONDAY)
        book.went_out(beans, 25, MONDAY, event_id)
        book.move("write_off", beans, 5, "here", "loss", MONDAY, reason="expired")
        book.people(People(event_id, 1200, None, None, None, None), MONDAY)
        db.session.remove()


@pytest.fixture
def token(app: Flask) -> dict[str, str]:
    with app.app_context():
        made = make_token("reader", "volunteer", find_actor("ada"))
        db.session.remove()
    return {"Authorization": f"Bearer {made}"}


@pytest.mark.usefixtures("written")
def test_the_page_says_what_came_in_and_went_out(client_for: ClientFor) -> None:
    page = client_for("ben").get(WEEK)
    for told in (
        "Week 47 · 16–22 November 2026",
        "8 kg",  # 20 tins of 400 g came in
        "10 kg",  # 25 went out
        "out of date 2 kg",
        "1,200 households",
        "not asked",
        "1 item has no weight",
        "Shop, food rescue",
        "St Luke’s",
        "Feeding America",
        "Mystery &lt;b&gt;box&lt;/b&gt;",
    ):
        assert told in page, told


@pytest.mark.usefixtures("written")
def test_without_a_week_the_last_complete_one_is_shown(client_for: ClientFor) -> None:
    page = client_for("ben").get("/reports/weekly")
    assert "This week is not over yet" not in page


def test_a_week_that_is_not_over_says_so_and_leads_nowhere_later(client_for: ClientFor) -> None:
    page = client_for("ben").get("/reports/weekly?week=2099-W10")
    assert "This week is not over yet" in page
    assert "Week after" not in page
    assert "Nothing was here" in page


@pytest.mark.parametrize("week", ["2025-W53", "nonsense", "1066-W41", "2026-W47'--"])
def test_a_week_that_is_none_is_a_sentence(
    client_for: ClientFor, token: dict[str, str], week: str
) -> None:
    client = client_for("ben")
    client.get(f"/reports/weekly?week={week}", status=422)
    client.get(f"/reports/weekly.csv?week={week}", status=422)
    answer = client.raw(f"/api/v1/reports/weekly?week={week}", headers=token)
    assert answer.status_code == 422
    assert "week" in answer.get_json()["errors"]


@pytest.mark.usefixtures("written")
def test_the_pdf_has_the_figures_of_the_page(client_for: ClientFor, tmp_path: Path) -> None:
    answer = client_for("ben").raw("/reports/weekly.pdf?week=2026-W47")
    assert answer.content_type == "application/pdf"
    assert "north-2026-W47.pdf" in answer.headers["Content-Disposition"]
    text = text_of(answer.get_data())
    for told in (
        "Week 47 · 16–22 November 2026",
        "out of date 2 kg",
        "1,200 households",
        "Shop, food rescue 8 kg",
        "St Luke’s 10 kg 1,200 not asked",
        "Tins and jars 12 8 0 10 2 0 8",
        "All, kg 12 8 0 10 2 0 8",
        "=cmd|' /C calc'!A0 30 20 0 25 5 0 20",
        "Mystery <b>box</b> 0 3 0 0 0 0 3",
        "page 1 of",
        "seal",
    ):
        assert told in text, told
    (first, *_rest) = pictures(answer.get_data(), tmp_path)
    assert dots_of(first, COLOURS["in"]) > 50
    assert dots_of(first, COLOURS["out"]) > 50


@pytest.mark.usefixtures("written")
def test_the_page_of_its_own_has_the_figures_and_needs_nothing_else(client_for: ClientFor) -> None:
    html = client_for("ben").raw("/reports/weekly.html?week=2026-W47").get_data(as_text=True)
    for told in ("Week 47 · 16–22 November 2026", "8 kg", "1,200 households", "not asked"):
        assert told in html, told
    assert "Mystery &lt;b&gt;box&lt;/b&gt;" in html
    assert "src=" not in html
    assert "href=" not in html


@pytest.mark.usefixtures("written")
def test_a_program_gets_the_pdf_too(client_for: ClientFor, token: dict[str, str]) -> None:
    address = "/api/v1/reports/weekly?week=2026-W47&format=pdf"
    answer = client_for("").raw(address, headers=token)
    assert answer.content_type == "application/pdf"
    assert "Tins and jars 12 8 0 10 2 0 8" in text_of(answer.get_data())


@pytest.mark.usefixtures("written")
def test_a_csv_reads_back_and_can_start_no_formula(client_for: ClientFor) -> None:
    answer = client_for("ben").raw("/reports/weekly.csv?week=2026-W47")
    assert "north-2026-W47.csv" in answer.headers["Content-Disposition"]
    text = answer.get_data().decode("utf-8-sig")
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    items = {row["name"]: row for row in rows if row["section"] == "item"}
    beans = items["'=cmd|' /C calc'!A0"]
    assert [beans[name] for name in ("opening", "sourced", "handed_out", "lost", "closing")] == [
        "30",
        "20",
        "25",
        "5",
        "20",
    ]
    (total,) = (row for row in rows if row["section"] == "total")
    assert total["sourced"] == "8000"
    (people,) = (row for row in rows if row["section"] == "people")
    assert (people["households"], people["adults"]) == ("1200", "")


@pytest.mark.usefixtures("written")
def test_a_workbook_has_typed_cells_and_no_formula_of_a_stranger(client_for: ClientFor) -> None:
    answer = client_for("ben").raw("/reports/weekly.xlsx?week=2026-W47")
    book = openpyxl.load_workbook(io.BytesIO(answer.get_data()))
    names = {row[0].value: row for row in book["By item"].iter_rows(min_row=2)}
    beans = names["=cmd|' /C calc'!A0"]
    assert beans[0].data_type == "s"
    assert beans[3].value == 30
    last = list(book["By category"].iter_rows())[-1]
    assert last[2].value == "=SUM(C2:C3)"


@pytest.mark.usefixtures("written")
def test_text_and_json_are_files_too_and_nothing_else_is(client_for: ClientFor) -> None:
    client = client_for("ben")
    assert "Came in" in client.raw("/reports/weekly.txt?week=2026-W47").get_data(as_text=True)
    body = client.raw("/reports/weekly.json?week=2026-W47").get_json()
    assert body["totals"]["sourced_grams"] == 8000
    client.get("/reports/weekly.exe?week=2026-W47", status=404)


@pytest.mark.usefixtures("written")
def test_the_api_answers_as_described(client_for: ClientFor, token: dict[str, str]) -> None:
    client = client_for("")
    body = client.raw("/api/v1/reports/weekly?week=2026-W47", headers=token).get_json()
    assert (body["depot"], body["week"]) == ("North", "2026-W47")
    assert (body["from"], body["to"]) == ("2026-11-16", "2026-11-22")
    assert body["filed_at"] is None
    assert len(body["seal"]) == 64
    assert body["by_source"][0] == {
        "kind": "rescue",
        "weight_grams": 8000,
        "items_not_weighed": 0,
    }
    assert body["people"]["households"] == 1200
    assert body["people"]["adults"] is None
    assert body["factors"]["meals"]["grams_per_meal"] == 544
    for item in body["items"]:
        came = item["opening"] + item["sourced"] + item["produced"]
        went = item["handed_out"] + item["lost"] - item["transferred"] - item["variance"]
        assert came - went == item["closing"]
    # what the schema describes is what the file says: nothing is left out by either
    assert body == client_for("ben").raw("/reports/weekly.json?week=2026-W47").get_json()
    text = client.raw("/api/v1/reports/weekly?week=2026-W47&format=csv", headers=token)
    assert text.mimetype == "text/csv"
    assert client.raw("/api/v1/reports/weekly?when=now", headers=token).status_code == 422
    assert client.raw("/api/v1/reports/weekly?format=exe", headers=token).status_code == 422
    assert client.raw("/api/v1/reports/weekly").status_code == 401


@pytest.mark.usefixtures("written")
def test_another_depots_people_see_nothing_of_it(client_for: ClientFor) -> None:
    cleo = client_for("cleo")
    page = cleo.get(WEEK)
    assert "South" in page
    assert "Nothing was here" in page
    assert "St Luke" not in page
    body = cleo.raw("/reports/weekly.json?week=2026-W47").get_json()
    assert (body["depot"], body["items"], body["events"]) == ("South", [], [])
    client_for("").get(WEEK, status=302)


@pytest.mark.breaks_ledger("a total is spoiled, so that the report does not add up")
@pytest.mark.usefixtures("written")
def test_what_does_not_add_up_is_not_printed(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        with transaction() as session:
            session.execute(update(DayTotal).values(quantity=DayTotal.quantity + 1))
        db.session.remove()
    for path in (WEEK, "/reports/weekly.csv?week=2026-W47"):
        answer = client_for("ben").raw(path)
        assert answer.status_code == 500
        assert "does not add up for" in answer.get_data(as_text=True)
        assert "Mystery" in answer.get_data(as_text=True)


def test_statements_do_not_grow_with_history(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    with app.app_context():
        engine = db.engine
        book = Book(find_actor("ada"))
        beans = book.goods("Beans", "Tins and jars", milligrams=400_000)
        for weeks in (0, 3):
            book.came_in(beans, 1, MONDAY - timedelta(weeks=weeks))
    with count_statements(engine) as few:
        client.get(WEEK)
    with app.app_context():
        book = Book(find_actor("ada"))
        for day in range(100):
            book.came_in(beans, 1, MONDAY - timedelta(days=17 * day))
    with count_statements(engine) as many:
        client.get(WEEK)
    assert len(many) == len(few) <= 31, many


def test_the_databases_work_does_not_grow_with_history(app: Flask) -> None:
    """In steps of SQLite's own machine, the same on any computer and under any load."""
    week = parse_week("2026-W47", 1)

    def steps() -> int:
        taken = 0

        def step() -> int:
            nonlocal taken
            taken += 1
            return 0

        session = db.session()
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_progress_handler(step, 10)
        weekly_report(session, find_actor("ada").depot, week)
        driver.set_progress_handler(None, 0)
        db.session.remove()
        return taken

    with app.app_context():
        book = Book(find_actor("ada"))
        beans = book.goods("Beans", "Tins and jars", milligrams=400_000)
        event_id = book.event("Old", MONDAY)

        def a_year_ago(entries: int) -> None:
            for number in range(entries):
                at = MONDAY - timedelta(days=365, minutes=number)
                book.came_in(beans, 2, at)
                book.went_out(beans, 1, at, event_id)
                book.people(People(event_id, 3), at)

        book.came_in(beans, 1, MONDAY)
        a_year_ago(5)
        few = steps()
        a_year_ago(150)
        assert steps() <= few * 1.1


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("period=2026-11", ("November 2026", "Month before", "20 kg", "In and out by month")),
        ("period=2026-Q4", ("4th quarter 2026", "Quarter before", "20 kg")),
        ("period=2026", ("Year 2026", "Year before", "20 kg")),
        ("from=2026-11-09&to=2026-11-22", ("9–22 November 2026", "20 kg")),
        ("period=2026-11-16--2026-11-16", ("16 November 2026", "8 kg", "As many before")),
        ("period=2026-W47", ("Week 47", "8 kg")),
    ],
)
def test_any_period_has_its_page(client_for: ClientFor, asked: str, told: tuple[str, ...]) -> None:
    page = client_for("ben").get(f"/reports/period?{asked}")
    for words in told:
        assert words in page, words


@pytest.mark.parametrize("kind", ["week", "month", "quarter", "year", "range"])
def test_a_kind_alone_shows_the_last_one_that_is_over(client_for: ClientFor, kind: str) -> None:
    page = client_for("ben").get(f"/reports/period?kind={kind}")
    assert "not over yet" not in page
    assert "File it" not in page


@pytest.mark.parametrize(
    "asked",
    [
        "kind=century",
        "period=2026-13",
        "from=2026-11-09",
        "from=x&to=y",
        "from=2026-11-09&to=2026-11-01",
    ],
)
def test_a_period_that_is_none_is_a_sentence(client_for: ClientFor, asked: str) -> None:
    client_for("ben").get(f"/reports/period?{asked}", status=422)
    client_for("ben").get(f"/reports/period.csv?{asked}", status=422)


@pytest.mark.usefixtures("written")
def test_the_api_and_files_tell_any_period(client_for: ClientFor, token: dict[str, str]) -> None:
    client = client_for("")
    path = "/api/v1/reports/period?period=2026-11"
    body = client.raw(path, headers=token).get_json()
    assert (body["kind"], body["period"], body["week"]) == ("month", "2026-11", None)
    assert (body["from"], body["to"]) == ("2026-11-01", "2026-11-30")
    assert body["totals"]["sourced_grams"] == 20_000
    assert body == client_for("ben").raw("/reports/period.json?period=2026-11").get_json()
    assert client.raw("/api/v1/reports/period", headers=token).status_code == 422
    text = client.raw(f"{path}&format=text", headers=token).get_data(as_text=True)
    assert "1–30 November 2026" in text


@pytest.mark.usefixtures("written")
def test_what_came_in_is_told_by_source_and_category(
    client_for: ClientFor, token: dict[str, str]
) -> None:
    body = client_for("").raw("/api/v1/reports/weekly?week=2026-W47", headers=token).get_json()
    assert body["received"] == [
        {"kind": "rescue", "category": "Tins and jars", "weight_grams": 8000}
    ]
    assert (body["food_handed_out_grams"], body["meals_equivalent"]) == (10_000, 18)
    page = client_for("ben").get(WEEK)
    for told in ("Lost, by reason", "St Luke’s, "):
        assert told in page, told


def test_what_is_here_now_is_told_of_the_last_week_and_of_no_old_one(
    client_for: ClientFor, token: dict[str, str]
) -> None:
    client = client_for("")
    last = client.raw("/api/v1/reports/weekly", headers=token).get_json()
    assert (last["due"], last["open_discrepancies"]) == ([], 0)
    assert set(last["needs"]) == {"short", "too_much"}
    old = client.raw("/api/v1/reports/weekly?week=2020-W10", headers=token).get_json()
    assert (old["due"], old["open_discrepancies"], old["needs"]) == (None, None, None)
