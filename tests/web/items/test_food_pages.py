"""Allergens and diets where goods are packed: pages, papers, labels, files and the API."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from blueprints.printing.words import crate_label
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.crates.queries.crates import crate_view, find_crate
from depot.distribution.commands.events import OpenEvent, PlanEvent, open_event, plan_event
from depot.distribution.commands.handouts import IssueAtEvent, IssueLine, issue_at_event
from depot.distribution.commands.plans import PlanGoods, PlannedGoods, plan_goods
from depot.models import Category, Item
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from depot.words.reader import Reader
from labels.sheets.layout import CrateLabel
from tests.builders import find_actor, make_token, receive
from tests.clients import Client
from tests.commands.items.test_foods import state
from tests.commands.shelves import put_crate
from tests.current import db
from tests.web.stock_setup import form, number_of

ClientFor = Callable[[str], Client]
CODE = "7K3M-9QX2"


@pytest.fixture
def event_id(app: Flask) -> int:
    """Muesli with nuts, rice without any, bars made of muesli, oil nobody looked at: planned."""
    with app.app_context():
        ada = find_actor("ada")
        put_crate(ada, CODE, at="Arrivals")
        for name in ("Muesli", "Rice", "Oil"):
            receive(ada, 20, name)
        state(ada, "Muesli", "milk", "nuts", diets=("halal", "low sugar"))
        state(ada, "Rice", diets=("vegan", "halal"))
        went_in = (ProductionInput(item="Muesli", quantity=5),)
        bars = ProductionOutput(item="Bars", quantity=8, crate_code=CODE)
        produce_goods(ProduceGoods(command_id=uuid4(), inputs=went_in, outputs=(bars,)), ada)
        state(ada, "Bars")
        planned = PlanEvent(command_id=uuid4(), name="Market", starts_at=utc_now())
        event: int = plan_event(planned, ada).body["id"]
        lines = tuple(PlannedGoods(name, 4) for name in ("Bars", "Muesli", "Oil", "Rice"))
        plan_goods(PlanGoods(command_id=uuid4(), event_id=event, lines=lines), ada)
    return event


def rows_of(page: str) -> dict[str, str]:
    """Return what each row of the stock page says of allergens, by item."""
    found = re.findall(r'class="stretch" href="[^"]+">([^<]+)</a>(?: <span[^>]*>([^<]*))?', page)
    return dict(found)


def test_the_stock_list_says_it_and_is_narrowed(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    ben = client_for("ben")
    assert rows_of(ben.get("/stock/")) == {
        "Bars": "Contains: milk, nuts · halal, low sugar",
        "Muesli": "Contains: milk, nuts · halal, low sugar",
        "Oil": "Allergens not known",
        "Rice": "None of the 14 allergens · halal, vegan",
    }
    by_place = ben.get("/stock/?by=place&without=nuts&diet=halal&diet=kosher&diet=vegan")
    assert "Only what is known to be so" in by_place
    narrowed = ben.get("/stock/?without=nuts")
    assert set(rows_of(narrowed)) == {"Rice"}
    assert "Only what is known to be so: without nuts" in narrowed
    assert set(rows_of(ben.get("/stock/?diet=Low+sugar"))) == {"Bars", "Muesli"}
    assert set(rows_of(ben.get("/stock/?without=gluten&diet=halal"))) == {"Bars", "Muesli", "Rice"}
    both = ben.get("/stock/?without=gluten&without=milk")
    assert set(rows_of(both)) == {"Rice"}
    assert "Nothing here is known to be so" in ben.get("/stock/?diet=kosher")
    assert rows_of(client_for("cleo").get("/stock/")) == {}
    assert "low sugar" not in client_for("cleo").get("/stock/")


def test_files_are_narrowed_by_all_that_the_page_is(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    ben = client_for("ben")
    page = ben.get("/stock/?without=gluten&without=nuts")
    href = re.findall(r'href="([^"]+stock\.csv[^"]+)"', page)[0].replace("&amp;", "&")
    lines = list(csv.reader(io.StringIO(ben.raw(href).get_data().decode("utf-8-sig"))))
    assert [line[0] for line in lines[1:]] == ["Rice"]
    assert {"Allergens", "Looked for all 14", "Diets"} <= set(lines[0])
    paper = ben.get("/papers/stock?without=gluten&without=nuts")
    pdf = re.findall(r'href="([^"]+\.pdf[^"]*)"', paper)[0]
    assert "without=gluten" in pdf
    assert "without=nuts" in pdf
    assert "Only what is known to be so: without gluten, nuts" in paper
    assert "Rice" in paper
    assert not any(name in paper for name in ("Muesli", "Oil", "Bars"))
    assert ben.raw("/stock/items.csv").get_data().decode("utf-8-sig").count("milk, nuts") == 1


def test_a_crate_its_label_and_its_paper_say_what_went_in(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    words = "Contains: milk, nuts · halal, low sugar"
    ben = client_for("ben")
    for path in (f"/crates/{CODE}", f"/papers/crates/{CODE}"):
        assert words in ben.get(path), path
    with app.app_context():
        ada = find_actor("ada")
        assert label_of(ada).allergens == words
        receive(ada, 2, "Oil", crate_code=CODE)
        assert label_of(ada).allergens == "Contains: milk, nuts; whether more, is not known"


def label_of(actor: Actor) -> CrateLabel:
    session = db.session()
    head = find_crate(session, actor.depot_id, CODE)
    assert head
    view = crate_view(session, actor.depot_id, head)
    return crate_label(view, actor, "https://depot.example", Reader())


def test_the_page_of_an_item_tells_what_was_made_of_what(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    page = client_for("ben").get(f"/stock/items/{number_of(app, Item, 'Bars')}")
    assert "Of what went in: Contains: milk, nuts · halal, low sugar" in page
    assert "None of the 14" not in page


def test_the_pick_list_says_it_and_is_narrowed(client_for: ClientFor, event_id: int) -> None:
    ben = client_for("ben")
    page = re.sub(r' aria-label="[^"]*"', "", ben.get(f"/hand-outs/{event_id}"))
    assert page.count("Contains: milk, nuts · halal, low sugar") == 2
    assert "Arrivals · Allergens not known" in ben.get(f"/hand-outs/{event_id}")
    path = f"/papers/events/{event_id}/picks"
    whole = ben.get(path)
    assert whole.count("Contains: milk, nuts") == 2
    assert "Not enough here" not in whole
    narrowed = ben.get(f"{path}?without=nuts&diet=vegan")
    fetched, missing = narrowed.rsplit("Not enough here that is known to be so", 1)
    assert "Only what is known to be so: without nuts · vegan" in fetched
    assert "Rice" in fetched
    assert "Contains" not in narrowed
    assert all(name in missing for name in ("Bars", "Muesli", "Oil"))
    assert "Rice" not in missing


def test_the_sheet_says_it_when_all_of_it_is_gone(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    with app.app_context():
        ada = find_actor("ada")
        open_event(OpenEvent(command_id=uuid4(), event_id=event_id), ada)
        lines = (IssueLine(item="Bars", quantity=8),)
        issue_at_event(IssueAtEvent(command_id=uuid4(), event_id=event_id, lines=lines), ada)
    sheet = client_for("ben").get(f"/papers/events/{event_id}")
    assert sheet.count("Contains: milk, nuts · halal, low sugar") == 2
    assert sheet.count("None of the 14 allergens") == 1
    assert sheet.count("Allergens not known") == 1


def test_the_choice_of_a_hand_out_is_narrowed(client_for: ClientFor, event_id: int) -> None:
    ben = client_for("ben")
    path = f"/hand-outs/{event_id}/hand-out"

    def offered(query: str) -> list[str]:
        found = re.search(r'<datalist id="f-lines-0-item-list">(.*?)</datalist>', ben.get(query))
        assert found
        return [name for name in re.findall(r'value="([^"]+)"', found[1]) if "loose" not in name]

    assert offered(path) == ["Bars", "Muesli", "Oil", "Rice"]
    assert offered(f"{path}?by=item&without=nuts") == ["Rice"]
    assert offered(f"{path}?by=item&diet=halal&diet=low+sugar") == ["Bars", "Muesli"]
    assert "Only what is known to be so: without nuts" in ben.get(f"{path}?without=nuts")


def test_programs_are_told_and_ask(app: Flask, client_for: ClientFor, event_id: int) -> None:
    with app.app_context():
        headers = {"Authorization": f"Bearer {make_token('Till', 'volunteer', find_actor('ada'))}"}
    http = client_for("ben").http

    def told(path: str) -> Any:
        return http.get(f"/api/v1/{path}", headers=headers)

    stock = {row["item"]: row for row in told("stock").get_json()["stock"]}
    inside = ["milk", "nuts"]
    assert stock["Bars"]["allergens"] == inside
    assert stock["Bars"]["allergens_known"]
    assert not stock["Oil"]["allergens_known"]
    narrowed = told("stock?without=nuts&without=milk&diet=Vegan").get_json()["stock"]
    assert [row["item"] for row in narrowed] == ["Rice"]
    assert told("stock?without=stones").status_code == 422
    items = {row["name"]: row for row in told("items").get_json()["items"]}
    assert items["Rice"]["allergens_known"]
    assert items["Rice"]["diets"] == ["halal", "vegan"]
    assert not items["Bars"]["allergens_known"]  # of the next ones nothing is known
    (content,) = told(f"crates/{CODE}").get_json()["contents"]
    assert content["allergens"] == inside
    assert content["allergens_known"]


def test_the_form_keeps_what_was_said(app: Flask, client_for: ClientFor, event_id: int) -> None:
    ada = client_for("ada")
    path = f"/stock/items/{number_of(app, Item, 'Oil')}/edit"
    category = number_of(app, Category, "Other")
    said = form(
        name="Oil",
        category=category,
        base_unit="piece",
        allergens_known="yes",
        own_diets="Low sugar, No cooking",
        **{"diets-3-code": "vegan", "allergens-0-code": "gluten"},
    )
    assert ada.post(path, said).status_code == 303
    page = ada.get(path)
    assert page.count("checked") == 3
    assert 'value="Low sugar, No cooking"' in page
    wrong = ada.post(path, {**said, "command_id": str(uuid4()), "diets-4-code": "gluten-free"})
    assert wrong.status_code == 422
    assert "What is gluten-free contains no gluten" in wrong.get_data(as_text=True)
    assert client_for("ben").post(path, said).status_code == 403
