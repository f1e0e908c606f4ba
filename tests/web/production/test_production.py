"""Cook or pack, through the page and the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.models import Category, Item
from tests.builders import find_actor, on_hand, receive
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]


def cooked(**changed: str) -> dict[str, Any]:
    form = {
        "command_id": str(uuid4()),
        "inputs-0-item": "Carrots",
        "inputs-0-amount": "10",
        "inputs-1-item": "Fruit and veg, loose",
        "inputs-1-amount": "2,5",
        "outputs-0-item": "Soup",
        "outputs-0-amount": "12.5",
        "outputs-0-unit": "gram",
        "outputs-0-category": "Meals",
        "outputs-0-date": f"{utc_now() + timedelta(days=3):%Y-%m-%d}",
        "outputs-0-date_kind": "use_by",
    }
    return form | {name.replace("__", "-"): value for name, value in changed.items()}


def stock(app: Flask) -> None:
    with app.app_context():
        ada = find_actor("ada")
        receive(ada, 12, "Carrots")
        receive(ada, 9_000, "Fruit and veg, loose")


def test_soup_is_cooked_and_shown_with_what_went_in(app: Flask, client_for: ClientFor) -> None:
    stock(app)
    client = client_for("ben")
    client.get("/production")
    assert client.post("/production", cooked()).status_code == 303
    page = client.get("/production")
    assert "Made: Soup (12.5 kg)." in page
    assert "10 Carrots, no date, Donation" in page
    with app.app_context():
        ada = find_actor("ada")
        assert on_hand(ada, "Soup") == 12_500
        assert on_hand(ada, "Fruit and veg, loose") == 6_500
        category = db.session.scalars(
            select(Category.name)
            .join(Item, Item.category_id == Category.id)
            .where(Item.name == "Soup")
        ).one()
        assert category == "Meals"


def test_the_same_form_twice_is_one_pot(app: Flask, client_for: ClientFor) -> None:
    stock(app)
    client, form = client_for("ben"), cooked()
    for _ in range(2):
        assert client.post("/production", form).status_code == 303
    with app.app_context():
        assert on_hand(find_actor("ada"), "Soup") == 12_500


def test_errors_stand_at_the_line_and_what_was_typed_is_kept(
    app: Flask, client_for: ClientFor
) -> None:
    stock(app)
    client = client_for("ben")
    answer = client.post("/production", cooked(inputs__0__amount="1.5"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "counted in pieces" in page
    assert 'id="f-inputs-0-amount-error"' in page
    unknown = client.post("/production", cooked(inputs__0__item="<script>alert(1)</script>"))
    page = unknown.get_data(as_text=True)
    assert unknown.status_code == 404
    assert "<script>alert" not in page
    nothing = client.post("/production", {"command_id": str(uuid4())})
    assert "What went in?" in nothing.get_data(as_text=True)


def test_another_depots_kitchen_is_not_seen(app: Flask, client_for: ClientFor) -> None:
    stock(app)
    client_for("ben").post("/production", cooked())
    cleo = client_for("cleo")
    assert "Carrots" not in cleo.get("/production")
    assert cleo.post("/production", cooked()).status_code == 404
