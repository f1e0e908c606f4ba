"""Donations through the page and the API."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from blueprints.intake.pages import RECENT_PARTNERS
from depot.models import Category, Partner, StockEntry
from tests.builders import find_actor, on_hand
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]


def category_id(app: Flask, name: str) -> int:
    with app.app_context():
        north = find_actor("ada").depot_id
        return db.session.scalars(
            select(Category.id).where(Category.depot_id == north, Category.name == name)
        ).one()


def test_a_weighed_donation_takes_a_source_a_category_and_one_number(
    app: Flask, client_for: ClientFor
) -> None:
    client = client_for("ben")
    client.get("/donations/new")
    form = {
        "command_id": str(uuid4()),
        "source": "anyone",
        "what": str(category_id(app, "Bread")),
        "weight": "12,5",
    }
    answer = client.post("/donations/new", form)
    assert answer.status_code == 303
    page = client.get("/")
    assert "Saved: Bread, loose, 12.5 kg" in page
    with app.app_context():
        assert on_hand(find_actor("ben"), "Bread, loose") == 12_500


def test_the_same_form_twice_is_one_donation(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    form = {
        "command_id": str(uuid4()),
        "source": "new",
        "partner": "Bakery Lindt",
        "what": "items",
        "lines-0-item": "Rye bread",
        "lines-0-quantity": "24",
    }
    assert client.post("/donations/new", form).status_code == 303
    assert client.post("/donations/new", form).status_code == 303
    with app.app_context():
        assert on_hand(find_actor("ben"), "Rye bread") == 24
        assert db.session.scalars(select(Partner.name)).all() == ["Bakery Lindt"]


def test_errors_stand_at_the_field_and_what_was_typed_is_kept(client_for: ClientFor) -> None:
    client = client_for("ben")
    form = {
        "command_id": str(uuid4()),
        "source": "anyone",
        "what": "items",
        "lines-0-item": "<script>alert(1)</script>",
        "lines-0-quantity": "1e30",
    }
    answer = client.post("/donations/new", form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "This must be a whole number." in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_same_again_fills_the_form_in(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    form = {
        "command_id": str(uuid4()),
        "source": "new",
        "partner": "SuperFresh",
        "what": str(category_id(app, "Bread")),
        "weight": "3",
    }
    client.post("/donations/new", form)
    with app.app_context():
        entry = db.session.scalars(select(StockEntry.id)).one()
        donor = db.session.scalars(select(Partner.id)).one()
    page = client.get(f"/donations/new?again={entry}")
    assert re.search(rf'name="source" value="{donor}"[^>]* checked', page), "the donor's own button"
    assert 'value="SuperFresh"' not in page
    assert 'value="3"' in page
    for number in range(RECENT_PARTNERS):
        form |= {"command_id": str(uuid4()), "partner": f"Shop {number}"}
        client.post("/donations/new", form)
    page = client.get(f"/donations/new?again={entry}")
    assert 'value="SuperFresh"' in page, "a donor without a button is typed"
    assert "SuperFresh" not in client_for("cleo").get(f"/donations/new?again={entry}")
