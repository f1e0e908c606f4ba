"""Places through their pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from depot.models import Location
from tests.clients import Client
from tests.web.stock_setup import form, number_of, stock_up

ClientFor = Callable[[str], Client]


@pytest.fixture
def stocked(app: Flask) -> Flask:
    """The application with goods in the north."""
    stock_up(app)
    return app


def test_a_places_page_shows_its_crates_and_what_lies_loose(
    stocked: Flask, client_for: ClientFor
) -> None:
    client = client_for("ben")
    page = client.get(f"/stock/places/{number_of(stocked, Location, 'Arrivals')}")
    assert "/C/7K3M-9QX2" in page
    assert "Rice" in page
    crate = client.raw(f"/stock/places/{number_of(stocked, Location, '7K3M-9QX2')}")
    assert (crate.status_code, crate.location) == (302, "/C/7K3M-9QX2")


def test_places_are_made_one_in_another_and_edited(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    room = client.post("/stock/places/new", form(name="Cold room", kind="storage"))
    client.get(room.location)
    parent = number_of(app, Location, "Cold room")
    client.get(f"/stock/places/new?in={parent}")
    shelf = form(name="Shelf B2", kind="storage", parent_id=parent, is_arrivals="yes")
    page = client.get(client.post("/stock/places/new", shelf).location)
    assert "Cold room" in page
    assert "Goods arrive here" in page
    client.get(f"/stock/places/{number_of(app, Location, 'Shelf B2')}/edit")
