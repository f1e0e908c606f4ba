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


def test_a_phone_number_is_for_coordinators(stocked: Flask, client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    at = f"/stock/partners/{number_of(stocked, Partner, 'Bakery Lindt')}"
    said = {"name": "Bakery Lindt", "source_kind": "donation"}
    for wrong in ("ring twice", "12", "+49 <b>30</b>"):
        assert ada.post(f"{at}/edit", form(phone=wrong, **said)).status_code == 422
    saved = ada.post(f"{at}/edit", form(phone=" +49 30  1234567 ", **said))
    assert saved.status_code == 303
    assert 'href="tel:+49-30-1234567"' in ada.get(at)
    assert "1234567" in ada.get(f"{at}/edit")
    assert [path for path in (at, "/stock/partners") if "1234567" in ben.get(path)] == []
    assert client_for("cleo").raw(at).status_code == 404
