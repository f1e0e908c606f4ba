"""Partners through their pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from depot.models import Partner
from tests.clients import Client
from tests.web.stock_setup import form, number_of, stock_up

ClientFor = Callable[[str], Client]


@pytest.fixture
def stocked(app: Flask) -> Flask:
    """The application with goods in the north."""
    stock_up(app)
    return app


def test_a_partners_page_adds_up_what_came(stocked: Flask, client_for: ClientFor) -> None:
    page = client_for("ben").get(f"/stock/partners/{number_of(stocked, Partner, 'Bakery Lindt')}")
    assert "Rice" in page
    assert "Rolls" in page


def test_a_partner_is_made(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    farm = form(name="Hof Grün", source_kind="farm", note="Tuesdays")
    answer = client.post("/stock/partners/new", farm)
    assert "Tuesdays" in client.get(answer.location)
