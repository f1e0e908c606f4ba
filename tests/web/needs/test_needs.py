"""Needs on pages: the list and its rules, the door, the poster, and what everybody may read."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from defusedxml import ElementTree as Xml
from flask import Flask, template_rendered
from jinja2 import Template
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.items.commands.items import SaveItem, save_item
from depot.kernel.goods_lines import GoodsLine
from depot.models import Category, Item
from depot.stock.commands.take_out import TakeOut, take_out
from tests.builders import find_actor
from tests.clients import Client
from tests.current import db
from tests.programs import need_program
from tests.unit.papers.shown import text_of

ClientFor = Callable[[str], Client]
BEANS, OIL = "Tins and jars", "Oil, sauces and spices"
ALL = dict.fromkeys(("at_door", "on_poster", "on_page", "as_json", "as_feed"), "yes")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def shelves(app: Flask) -> None:
    """In the north: beans in plenty, and of the oil two days are left."""
    with app.app_context():
        ada = find_actor("ada")
        then = utc_now() - timedelta(days=40)
        for item, category, came, went in (
            ("Secret beans", BEANS, 1000, 100),
            ("Secret oil", OIL, 310, 300),
        ):
            save_item(
                SaveItem(command_id=uuid4(), name=item, category=category, base_unit="gram"), ada
            )
            line = ReceiptLine(item=item, quantity=came * 1000)
            receive_goods(
                ReceiveGoods(
                    command_id=uuid4(), lines=(line,), occurred_at=then - timedelta(days=60)
                ),
                ada,
            )
            lines = (GoodsLine(item=item, quantity=went * 1000),)
            take_out(
                TakeOut(
                    command_id=uuid4(),
                    place="Arrivals",
                    reason="issue",
                    lines=lines,
                    occurred_at=then,
                ),
                ada,
            )
        db.session.remove()


def number(app: Flask, model: type[Category] | type[Item], name: str) -> int:
    """Return the id of a category or item of the north."""
    with app.app_context():
        asked = select(model.id).where(model.name == name, model.depot_id == 1)
        return db.session.scalars(asked).one()


def turn_on(client: Client, **switches: str) -> None:
    """Save where the needs are shown."""
    answer = client.post("/needs/shown", {"command_id": str(uuid4())} | switches)
    assert answer.status_code == 303


@pytest.mark.usefixtures("shelves")
def test_the_list_says_what_is_short_and_why(client_for: ClientFor) -> None:
    page = client_for("ben").get("/needs/")
    assert "2 days left" in page
    assert "98.9 % of the stock, 25 % of what people get." in page
    assert "/needs/category/" not in page
    assert "/needs/category/" in client_for("ada").get("/needs/")


@pytest.mark.usefixtures("shelves")
def test_a_coordinator_knows_better(app: Flask, client_for: ClientFor) -> None:
    ada = client_for("ada")
    address = f"/needs/category/{number(app, Category, BEANS)}"
    tomorrow = (utc_now() + timedelta(days=1)).date().isoformat()
    form = {"command_id": str(uuid4()), "said": "short", "said_until": tomorrow, "note": "big ones"}
    assert ada.post(address, form).status_code == 303
    page = ada.get("/needs/")
    assert "Said by hand" in page
    assert "big ones" in page
    assert f'value="{tomorrow}"' in ada.get(address)


def test_a_share_is_typed_in_percent_and_a_minimum_in_the_items_unit(
    app: Flask, client_for: ClientFor
) -> None:
    ada = client_for("ada")
    address = f"/needs/category/{number(app, Category, BEANS)}"
    form = {"command_id": str(uuid4()), "share": "12,5 %", "minimum": "250.5"}
    assert ada.post(address, form).status_code == 303
    page = ada.get(address)
    assert 'value="12.5"' in page
    assert 'value="250.5"' in page
    assert "250.5 kg should be" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("share", "a lot"),
        ("share", "0"),
        ("share", "101"),
        ("share", "12.55"),
        ("minimum", "-3"),
        ("said", "maybe"),
        ("said_until", "soon"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_is_kept(
    app: Flask, client_for: ClientFor, field: str, value: str
) -> None:
    ada = client_for("ada")
    address = f"/needs/category/{number(app, Category, BEANS)}"
    answer = ada.post(address, {"command_id": str(uuid4()), field: value})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in page or f"f-{field}" in page


@pytest.mark.usefixtures("shelves")
def test_a_single_item_is_found_by_its_name(app: Flask, client_for: ClientFor) -> None:
    ada = client_for("ada")
    answer = ada.raw("/needs/rule?item=Secret+oil")
    assert answer.headers["Location"] == f"/needs/item/{number(app, Item, 'Secret oil')}"
    assert ada.raw("/needs/rule?item=Nothing").status_code == 404


@pytest.mark.usefixtures("shelves")
def test_nothing_is_shown_until_it_is_turned_on(client_for: ClientFor) -> None:
    anybody, ben = client_for(""), client_for("ben")
    endings = ("", ".json", ".geojson", ".atom")
    for path in [*(f"/bring/north{ending}" for ending in endings), "/bring/nowhere"]:
        assert anybody.raw(path).status_code == 404
    assert ben.raw("/needs/poster.pdf").status_code == 404
    assert "Please bring" not in ben.get("/donations/new")
    assert "Short: please bring" not in ben.get("/")


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize(
    ("switch", "path"),
    [("on_page", ""), ("as_json", ".json"), ("as_feed", ".atom")],
)
def test_each_way_is_turned_on_by_itself(client_for: ClientFor, switch: str, path: str) -> None:
    turn_on(client_for("ada"), **{switch: "yes"})
    anybody = client_for("")
    for ending in ("", ".json", ".atom"):
        expected = 200 if ending == path else 404
        assert anybody.raw(f"/bring/north{ending}").status_code == expected


@pytest.mark.usefixtures("shelves")
def test_everybody_reads_names_and_words_and_nothing_else(client_for: ClientFor) -> None:
    turn_on(client_for("ada"), words="5 Mill Lane", **ALL)
    anybody = client_for("")
    page = anybody.get("/bring/north")
    assert "What North needs" in page
    assert OIL in page
    assert BEANS in page
    assert "5 Mill Lane" in page
    found = anybody.raw("/bring/north.json").get_json()
    assert [one["name"] for one in found["short"]] == [OIL]
    assert [one["name"] for one in found["too_much"]] == [BEANS]
    assert set(found) == {"depot", "changed_at", "short", "too_much", "words"}
    for path in ("/bring/north", "/bring/north.json", "/bring/north.atom"):
        text = anybody.raw(path).get_data(as_text=True)
        for secret in ("Secret", "days left", "Ada", " kg", "Arrivals"):
            assert secret not in text, (path, secret)


@pytest.mark.usefixtures("shelves")
def test_the_feed_tells_each_change_of_the_list(app: Flask, client_for: ClientFor) -> None:
    ada = client_for("ada")
    turn_on(ada, **ALL)
    form = {"command_id": str(uuid4()), "is_left_out": "yes"}
    ada.post(f"/needs/category/{number(app, Category, BEANS)}", form)
    feed = Xml.fromstring(client_for("").raw("/bring/north.atom").data)
    entries = feed.findall(f"{ATOM}entry")
    texts = [entry.findtext(f"{ATOM}content") or "" for entry in entries]
    assert texts == [
        f"Please bring: {OIL}.",
        f"Please bring: {OIL}.\nWe have enough for now: {BEANS}.",
    ]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 2
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")


@pytest.mark.usefixtures("shelves")
def test_an_answer_may_be_kept_but_not_that_of_somebody_signed_in(client_for: ClientFor) -> None:
    ada = client_for("ada")
    turn_on(ada, **ALL)
    anybody = client_for("")
    first = anybody.raw("/bring/north")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in first.headers
    assert first.headers["Last-Modified"]
    again = anybody.raw("/bring/north", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "private" in ada.raw("/bring/north").headers["Cache-Control"]


@pytest.mark.usefixtures("shelves")
def test_who_asks_all_the_time_is_answered_and_costs_little(
    app: Flask, client_for: ClientFor
) -> None:
    """Behind one address may be a whole town: the page is made once and not refused."""
    ada, made = client_for("ada"), list[str]()
    turn_on(ada, as_json="yes", on_page="yes")
    anybody = client_for("")

    def note(_sender: Flask, template: Template, **_: object) -> None:
        made.append(str(template.name))

    with template_rendered.connected_to(note, app):
        answers = [anybody.raw("/bring/north") for _ in range(70)]
    assert {answer.status_code for answer in answers} == {200}
    assert made == ["needs/public.html"]
    assert {anybody.raw("/bring/north.json").status_code for _ in range(70)} == {200}
    turn_on(ada, as_json="yes")  # what is off is off at once
    assert anybody.raw("/bring/north").status_code == 404


@pytest.mark.usefixtures("shelves")
def test_the_door_and_today_say_it(client_for: ClientFor) -> None:
    turn_on(client_for("ada"), at_door="yes")
    ben = client_for("ben")
    page = ben.get("/donations/new")
    assert "Please bring" in page
    assert "Enough for now" in page
    assert "2 days left" in ben.get("/")
    assert "Please bring" not in client_for("cleo").get("/donations/new")


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize(("paper", "size"), [("A4", "595.28 x 841.89"), ("Letter", "612 x 792")])
def test_the_poster_is_one_page_of_large_names(
    client_for: ClientFor, tmp_path: Path, paper: str, size: str
) -> None:
    turn_on(client_for("ada"), words="Tuesdays 16–19", **ALL)
    answer = client_for("ben").raw(f"/needs/poster.pdf?paper={paper}")
    assert answer.mimetype == "application/pdf"
    file = tmp_path / "poster.pdf"
    file.write_bytes(answer.data)
    asked = [need_program("pdfinfo", "poppler-utils"), str(file)]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert "Pages:           1" in told
    assert size in told
    text = text_of(answer.data)
    for words in ("Please bring", "Oil, sauces and", BEANS, "Tuesdays 16–19", "North"):
        assert words in text


def test_the_poster_stands_however_long_the_names_are(client_for: ClientFor) -> None:
    turn_on(client_for("ada"), on_poster="yes", words="x" * 400)
    assert client_for("ben").raw("/needs/poster.pdf").data.startswith(b"%PDF")
