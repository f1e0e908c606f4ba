"""Items and categories through their pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from depot.intake.receipt_lines import ReceiptLine
from depot.models import Category, Item
from tests.clients import Client
from tests.web.stock_setup import form, number_of, receive_goods_ago, stock_up

ClientFor = Callable[[str], Client]


@pytest.fixture
def stocked(app: Flask) -> Flask:
    """The application with goods in the north."""
    stock_up(app)
    return app


def test_an_items_page_tells_where_it_is_and_what_happened(
    stocked: Flask, client_for: ClientFor
) -> None:
    with stocked.app_context():
        receive_goods_ago(ReceiptLine(item="Rolls", quantity=5), hours_ago=1)
    page = client_for("ben").get(f"/stock/items/{number_of(stocked, Item, 'Rolls')}")
    for words in ("7K3M-9QX2", "from Bakery Lindt", "14 here afterwards", "9 here afterwards"):
        assert words in page


def test_what_happened_goes_on_older_with_the_running_balance(
    stocked: Flask, client_for: ClientFor
) -> None:
    with stocked.app_context():
        for _ in range(30):
            receive_goods_ago(ReceiptLine(item="Rice", quantity=1))
    client, number = client_for("ben"), number_of(stocked, Item, "Rice")
    first = client.get(f"/stock/items/{number}")
    assert "50 here afterwards" in first
    assert "20 here afterwards" not in first
    older = first.partition(f"/stock/items/{number}?after=")[2].partition('"')[0]
    rest = client.get(f"/stock/items/{number}?after={older}")
    assert "20 here afterwards" in rest
    assert "25 here afterwards" in rest
    assert "26 here afterwards" not in rest
    client.get(f"/stock/items/{number}?after={10**30}")


def test_a_coordinator_makes_and_edits_an_item(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    client.get("/stock/items/new")
    other = number_of(app, Category, "Other")
    wanted = {"name": "Olive oil", "category": other, "base_unit": "millilitre"}
    answer = client.post("/stock/items/new", form(**wanted, unit_weight="916"))
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "916 g a litre" in page
    number = number_of(app, Item, "Olive oil")
    edit = client.get(f"/stock/items/{number}/edit")
    assert 'value="916"' in edit
    changed = form(**(wanted | {"name": "Olive oil, 1 l"}), archived="yes")
    assert client.post(f"/stock/items/{number}/edit", changed).status_code == 303
    assert "no longer in use" in client.get("/stock/items")


def test_a_wrong_field_is_named_and_what_was_typed_is_kept(
    app: Flask, client_for: ClientFor
) -> None:
    client = client_for("ada")
    wrong = form(name="Oil", base_unit="piece", unit_weight="heavy", note="keep me")
    answer = client.post("/stock/items/new", wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="f-unit_weight-error"' in page
    assert 'id="f-category-error"' in page
    assert "keep me" in page


def test_a_name_that_is_taken_is_said_at_its_field(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    other = number_of(stocked, Category, "Other")
    answer = client.post("/stock/items/new", form(name="RICE", category=other, base_unit="piece"))
    assert answer.status_code == 409
    assert 'id="f-name-error"' in answer.get_data(as_text=True)


def test_a_category_is_made_and_edited(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    seeds = form(
        name="Seeds", shelf_life_amount=6, shelf_life_unit="month", average_unit_weight="12,5"
    )
    assert client.post("/stock/categories/new", seeds).status_code == 303
    number = number_of(app, Category, "Seeds")
    page = client.get(f"/stock/categories/{number}/edit")
    assert 'value="12.5"' in page
    assert 'value="6"' in page
    assert '<option value="month" selected>' in page
    assert "6 months after best before" in client.get("/stock/categories")


def test_a_number_in_a_counted_sentence_is_grouped(client_for: ClientFor) -> None:
    days = {"shelf_life_amount": "1,095", "shelf_life_unit": "day"}
    assert (
        client_for("ada").post("/stock/categories/new", form(name="Salt", **days)).status_code
        == 303
    )
    assert "1,095 days after best before" in client_for("ben").get("/stock/categories")
