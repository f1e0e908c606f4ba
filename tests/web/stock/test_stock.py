"""Stock through its pages, and what every page of names has in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.intake.receipt_lines import ReceiptLine
from depot.models import Category, Item, Location, Lot, Partner
from tests.builders import find_actor, stock_at
from tests.clients import Client
from tests.current import db
from tests.statements import count_statements
from tests.web.stock_setup import HOUR, form, number_of, receive_goods_ago, stock_up

ClientFor = Callable[[str], Client]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def stocked(app: Flask) -> Flask:
    """The application with goods in the north."""
    stock_up(app)
    return app


@pytest.mark.parametrize(
    "path",
    [
        "/stock/",
        "/stock/?by=place",
        "/stock/?by=category",
        "/stock/?by=nonsense&q=%00%25",
        "/stock/first",
        "/stock/first?days=90",
        "/stock/first?days=x",
        "/stock/items",
        "/stock/categories",
        "/stock/partners",
        "/stock/places",
    ],
)
def test_every_list_opens_empty_and_full(stocked: Flask, client_for: ClientFor, path: str) -> None:
    client_for("ben").get(path)
    client_for("cleo").get(path)


def test_stock_is_listed_by_item_place_and_category(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    by_item = client.get("/stock/")
    assert "Rice" in by_item
    assert "10 kg" in by_item
    assert "1 thing to give out within a week" in by_item
    by_place = client.get("/stock/?by=place")
    assert "Arrivals" in by_place
    assert "1 crate" in by_place
    assert "Bread" in client.get("/stock/?by=category")
    assert "Rice" not in client.get("/stock/?q=roll")
    assert "Rolls" in client.get("/stock/first")


def test_stock_as_it_was(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    there = (utc_now() - 3 * HOUR).astimezone(ZoneInfo("Europe/Berlin"))
    earlier = client.get(f"/stock/?as_of={there:%Y-%m-%dT%H:%M}")
    assert "Rice" not in earlier
    assert "As it was on" in earlier
    later = client.get(f"/stock/?by=place&as_of={there + 2 * HOUR:%Y-%m-%dT%H:%M}")
    assert "15.4 kg" in later  # 10 kg of rice, and in the crate 9 rolls of 600 g


@pytest.mark.parametrize("moment", ["soon", "2999-01-01T10:00", "1066-10-14T10:00", "99"])
def test_a_moment_that_cannot_be_is_marked_at_its_field(
    stocked: Flask, client_for: ClientFor, moment: str
) -> None:
    page = client_for("ben").get(f"/stock/?as_of={moment}", 422)
    assert 'id="f-as_of-error"' in page
    assert f'value="{moment}"' in page


def goods(app: Flask, item: str, act: str) -> str:
    """Return the address of an act on the item's lot at Arrivals."""
    place = number_of(app, Location, "Arrivals")
    with app.app_context():
        lot = db.session.scalars(select(Lot.id).join(Item).where(Item.name == item)).one()
    return f"/stock/places/{place}/goods/{lot}/{act}"


def test_loose_goods_are_moved_taken_out_and_counted(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    place = client.get(f"/stock/places/{number_of(stocked, Location, 'Arrivals')}")
    assert goods(stocked, "Rice", "move") in place
    for act, values, said in (
        ("move", {"amount": 5, "to": "7k3m9qx2"}, "Moved: Rice, 5."),
        ("out", {"amount": 3, "what_for": "damaged"}, "Taken out: Rice, 3."),
        ("count", {"amount": 10}, "Rice: 2 fewer than the book."),
        ("count", {"amount": 0}, "Rice: 10 fewer than the book."),
    ):
        client.get(goods(stocked, "Rice", act))
        sent = form(**values)
        answer = client.post(goods(stocked, "Rice", act), sent)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        assert said in client.get(answer.location)
        again = client.post(goods(stocked, "Rice", act), sent)
        assert again.status_code == 303
        client.get(again.location)
    with stocked.app_context():
        assert stock_at(find_actor("ben"), "7K3M-9QX2")["Rice"] == 5
        assert "Rice" not in stock_at(find_actor("ben"), "Arrivals")


def test_more_than_the_book_says_is_taken_and_a_coordinator_is_told(
    stocked: Flask, client_for: ClientFor
) -> None:
    client = client_for("ben")
    answer = client.post(goods(stocked, "Rice", "out"), form(amount=25, what_for="issue"))
    assert "A coordinator will look at it." in client.get(answer.location)


@pytest.mark.parametrize(
    ("act", "values", "field"),
    [
        ("move", {"amount": 5}, "to"),
        ("move", {"amount": 5, "to": "Nowhere"}, "to"),
        ("move", {"amount": "2.5", "to": "On hold"}, "amount"),
        ("out", {"amount": 0, "what_for": "issue"}, "amount"),
        ("out", {"amount": 1, "what_for": "sold"}, "what_for"),
        ("count", {}, "amount"),
        ("count", {"amount": -1}, "amount"),
    ],
)
def test_what_is_wrong_with_an_act_is_named_at_its_field(
    stocked: Flask, client_for: ClientFor, act: str, values: dict[str, Any], field: str
) -> None:
    answer = client_for("ben").post(goods(stocked, "Rice", act), form(**values))
    assert answer.status_code in (404, 422)
    assert f'id="f-{field}-error"' in answer.get_data(as_text=True) or field == "what_for"


def test_an_act_that_is_none_is_not_found(stocked: Flask, client_for: ClientFor) -> None:
    client_for("ben").get(goods(stocked, "Rice", "eat"), 404)
    assert client_for("ben").post(goods(stocked, "Rice", "eat"), form()).status_code == 404


def test_another_depots_goods_are_out_of_reach(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("cleo")
    for act in ("move", "out", "count"):
        client.get(goods(stocked, "Rice", act), 404)
        sent = form(amount=1, to="Arrivals", what_for="issue")
        assert client.post(goods(stocked, "Rice", act), sent).status_code == 404
    own = goods(stocked, "Rice", "out").replace(
        f"places/{number_of(stocked, Location, 'Arrivals')}/",
        f"places/{number_of(stocked, Location, 'Arrivals', 'cleo')}/",
    )
    client.get(own, 404)


def test_a_volunteer_looks_but_does_not_edit(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    rice, arrivals = number_of(stocked, Item, "Rice"), number_of(stocked, Location, "Arrivals")
    bread, lindt = (
        number_of(stocked, Category, "Bread"),
        number_of(stocked, Partner, "Bakery Lindt"),
    )
    for path in (
        "/stock/items/new",
        f"/stock/items/{rice}/edit",
        "/stock/categories/new",
        f"/stock/categories/{bread}/edit",
        "/stock/partners/new",
        f"/stock/partners/{lindt}/edit",
        "/stock/places/new",
        f"/stock/places/{arrivals}/edit",
    ):
        client.get(path, 403)
        assert client.post(path, form(name="Mine")).status_code == 403
    assert "Edit this item" not in client.get(f"/stock/items/{rice}")


def test_an_outsider_finds_nothing(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("cleo")
    assert "Rice" not in client.get("/stock/")
    assert "Bakery Lindt" not in client.get("/stock/partners")
    rice, arrivals = number_of(stocked, Item, "Rice"), number_of(stocked, Location, "Arrivals")
    bread, lindt = (
        number_of(stocked, Category, "Bread"),
        number_of(stocked, Partner, "Bakery Lindt"),
    )
    for path in (
        f"/stock/items/{rice}",
        f"/stock/items/{rice}/edit",
        f"/stock/categories/{bread}/edit",
        f"/stock/partners/{lindt}",
        f"/stock/partners/{lindt}/edit",
        f"/stock/places/{arrivals}",
        f"/stock/places/{arrivals}/edit",
        "/stock/items/9223372036854775807",
    ):
        client.get(path, 404)
    client.get("/stock/items/9223372036854775808", 404)


def test_names_are_shown_as_text_whatever_they_hold(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        receive_goods_ago(ReceiptLine(item=SCRIPT, quantity=1, category="Other"), partner=SCRIPT)
    client = client_for("ada")
    client.post("/stock/places/new", form(name=SCRIPT, kind="storage", note=SCRIPT))
    client.post("/stock/categories/new", form(name=SCRIPT, note=SCRIPT))
    pages = [
        client.get(f"/stock/{path}") for path in ("", "items", "partners", "places", "categories")
    ]
    pages += [
        client.get(f"/stock/items/{number_of(app, Item, SCRIPT)}"),
        client.get(f"/stock/items/{number_of(app, Item, SCRIPT)}/edit"),
        client.get(f"/stock/partners/{number_of(app, Partner, SCRIPT)}"),
        client.get(f"/stock/places/{number_of(app, Location, SCRIPT)}"),
        client.get(f"/stock/?q={SCRIPT}"),
    ]
    for page in pages:
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page


def test_lists_do_not_ask_once_a_row(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    with stocked.app_context():
        receive_goods_ago(
            *[ReceiptLine(item=f"Item {n}", quantity=1, category="Other") for n in range(30)]
        )
        engine = db.engine
    for path in ("/stock/", "/stock/?by=place", "/stock/first", "/stock/items", "/stock/partners"):
        with count_statements(engine) as statements:
            client.get(path)
        assert len(statements) <= 6, (path, statements)
