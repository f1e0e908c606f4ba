"""The summary of a report's page: acts at the top, what changed and why, what was short then."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import openpyxl
import pytest
from flask import Flask

from depot.base.clock import local_day, utc_now
from depot.base.periods import week_of
from depot.joining.commands.coming import Come, Leave, come, leave
from depot.ledger.entries import People
from tests.book import Book, Goods
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.current import db
from tests.unit.papers.shown import text_of

WEEK = "/reports/weekly?week=2026-W47"
MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
BEFORE = MONDAY - timedelta(days=7)
ClientFor = Callable[[str], Client]


@pytest.fixture
def written(app: Flask) -> None:
    """Two weeks in the north: in the second much more came from the bakery, and less went out."""
    with app.app_context():
        book = Book(find_actor("ada"))
        bread = book.goods("Bread", "Bread", milligrams=500_000)
        beans = book.goods("Beans", "Tins and jars", milligrams=400_000)
        bakery, shop = book.donor("Kestrel Bakery"), book.donor("Corner shop")

        def given(goods: Goods, quantity: int, at: datetime, partner_id: int) -> None:
            book.move(
                "receipt",
                goods,
                quantity,
                "supplier",
                "here",
                at,
                source_kind="donation",
                partner_id=partner_id,
            )

        given(bread, 10, BEFORE, bakery)
        given(beans, 50, BEFORE, shop)
        given(bread, 90, MONDAY, bakery)
        given(beans, 30, MONDAY, shop)
        event_id = book.event("St Luke’s", BEFORE)
        book.went_out(beans, 40, BEFORE, event_id)
        book.people(People(event_id, 50, None, None, None, None), BEFORE)
        book.went_out(beans, 30, MONDAY, event_id)
        book.people(People(event_id, 60, None, None, None, None), MONDAY)
        db.session.remove()


def part(page: str, id: str) -> str:
    """The text of the part of a page that bears the id, until the next heading."""
    found = page.partition(f'id="{id}"')[2].partition("<h2>")[2]
    return " ".join(re.sub(r"<[^>]*>", " ", found).split())


@pytest.mark.usefixtures("written")
def test_what_changed_names_the_donor_and_the_item(client_for: ClientFor) -> None:
    why = part(client_for("ben").get(WEEK), "why")
    came, out = why.index("Came in"), why.index("Handed out")
    assert "Kestrel Bakery +40 kg" in why[came:out]
    assert "Bread +40 kg" in why[came:out]
    assert "+32 kg" in why[came:out]  # the shop gave 8 kg less
    assert "Beans −4 kg" in why[out:]
    assert "Corner shop" not in why


@pytest.mark.usefixtures("written")
def test_what_was_undone_changed_nothing(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        book = Book(find_actor("ada"))
        goods = book.goods("Rice", "Tins and jars", milligrams=1_000_000)
        given = book.move(
            "receipt",
            goods,
            500,
            "supplier",
            "here",
            MONDAY,
            source_kind="donation",
            partner_id=book.donor("Typing mistake"),
        )
        book.undo(given, MONDAY)
        db.session.remove()
    assert "Typing mistake" not in client_for("ben").get(WEEK)


@pytest.mark.usefixtures("written")
def test_the_first_week_has_nothing_to_be_compared_with(client_for: ClientFor) -> None:
    page = client_for("ben").get("/reports/weekly?week=2026-W46")
    assert 'id="why"' not in page


@pytest.mark.usefixtures("written")
def test_every_figure_of_the_summary_is_against_the_week_before(client_for: ClientFor) -> None:
    page = client_for("ben").get(WEEK)
    figures = page[page.index('id="summary"') : page.index('id="why"')]
    assert figures.count("on last week") == 3
    for told in ("−25 % on last week", "+128 % on last week", "60 households"):
        assert told in figures, told


@pytest.mark.usefixtures("written")
def test_the_acts_stand_before_the_figures(client_for: ClientFor) -> None:
    page = client_for("ada").get(WEEK)
    until = page.index('id="summary"')
    for act in ("File Week 47", "print=1", "By mail", "Other formats", "weekly.xlsx", "shares/new"):
        assert -1 < page.find(act) < until, act
    assert "File Week 47" not in client_for("ben").get(WEEK)
    assert 'action="/reports/file"' not in client_for("ben").get(WEEK)


@pytest.mark.usefixtures("written")
def test_each_jump_leads_to_a_part_and_no_part_is_open(client_for: ClientFor) -> None:
    page = client_for("ben").get(WEEK)
    jumps = re.findall(
        r'<a href="#([^"]+)"', page.partition('class="jumps')[2].partition("</nav>")[0]
    )
    assert len(jumps) >= 7
    for jump in jumps:
        assert page.count(f'id="{jump}"') == 1, jump
    assert not re.search(r'<details class="card fold" open', page)


@pytest.mark.usefixtures("written")
def test_print_shows_the_pages_of_the_pdf_in_the_browser(client_for: ClientFor) -> None:
    shown = client_for("ben").raw("/reports/weekly.pdf?week=2026-W47&print=1")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.content_type == "application/pdf"
    kept = client_for("ben").raw("/reports/weekly.pdf?week=2026-W47")
    assert kept.headers["Content-Disposition"].startswith("attachment")


def test_a_past_week_shows_what_was_short_then(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        book = Book(find_actor("ada"))
        long_ago = MONDAY - timedelta(weeks=20)
        beans = book.goods("Beans", "Tins and jars", milligrams=400_000)
        bread = book.goods("Bread", "Bread", milligrams=500_000)
        book.came_in(beans, 1000, long_ago)
        book.came_in(bread, 100, long_ago)
        book.went_out(bread, 95, long_ago + timedelta(days=1))
        book.went_out(beans, 10, long_ago + timedelta(days=1))
        book.came_in(bread, 5000, long_ago + timedelta(weeks=3))  # later: not short any more
        db.session.remove()
    name = week_of(local_day(long_ago, "Europe/London"), 1).name
    page = client_for("ben").get(f"/reports/weekly?week={name}")
    short = page.partition('id="short"')[2].partition("</details>")[0]
    assert "Worked out from the book" in short
    assert "Bread" in short.partition("More than enough")[0]
    later = week_of(local_day(long_ago + timedelta(weeks=4), "Europe/London"), 1).name
    after = client_for("ben").get(f"/reports/weekly?week={later}").partition('id="short"')[2]
    assert "Bread" not in after.partition("More than enough")[0]
    client = client_for("cleo")
    assert "Bread" not in client.get(f"/reports/weekly?week={name}").partition("<main")[2]


def test_hours_stand_in_the_report_without_a_name(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        ben = find_actor("ben")
        at = utc_now() - timedelta(minutes=90)
        come(Come(command_id=uuid4(), occurred_at=at), ben)
        leave(Leave(command_id=uuid4()), ben)
        week = week_of(local_day(at, ben.depot.time_zone), ben.depot.week_start).name
        db.session.remove()
    page = client_for("ada").get(f"/reports/weekly?week={week}")
    assert "1.5 h" in page
    assert "1 person" in page
    assert "Ben" not in page.partition("<main")[2]
    ada = client_for("ada")
    paper = text_of(ada.raw(f"/reports/weekly.pdf?week={week}").get_data())
    assert "Hours" in paper
    assert "1.5" in paper
    for ending, told in (("txt", "1.5"), ("csv", "hours_minutes")):
        kept = ada.raw(f"/reports/weekly.{ending}?week={week}").get_data(as_text=True)
        assert told in kept
        assert "Ben" not in kept
    told = json.loads(ada.raw(f"/reports/weekly.json?week={week}").get_data())
    assert told["hours"] == {"people": 1, "minutes": 90}
    body = ada.raw(f"/reports/weekly.xlsx?week={week}").get_data()
    workbook = openpyxl.load_workbook(io.BytesIO(body))
    rows = list(workbook["Report"].values)
    assert ("Hours", 1.5, "1 person") in rows
    assert "1.5 h" not in client_for("cleo").get(f"/reports/weekly?week={week}")


def test_a_program_is_told_the_hours_and_an_empty_week_has_none(app: Flask) -> None:
    with app.app_context():
        ben = find_actor("ben")
        at = utc_now() - timedelta(minutes=90)
        come(Come(command_id=uuid4(), occurred_at=at), ben)
        leave(Leave(command_id=uuid4()), ben)
        here = local_day(at, ben.depot.time_zone)
        token = make_token("till", "volunteer", find_actor("ada"))
        db.session.remove()
    heads = {"Authorization": f"Bearer {token}"}
    for day, told in ((here, {"people": 1, "minutes": 90}), (here - timedelta(weeks=9), None)):
        address = f"/api/v1/reports/weekly?week={week_of(day, 1).name}"
        assert app.test_client().get(address, headers=heads).get_json().get("hours") == told
