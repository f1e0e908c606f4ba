"""Names in several languages, in the item's form and wherever the item is shown or typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from depot.app import create_app
from depot.models import Item
from depot.words.languages import Languages
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.conftest import config_for
from tests.translations import translated
from tests.web.stock_setup import form, number_of, stock_up

ClientFor = Callable[[str], Client]


@pytest.fixture
def app(tmp_path: Path, sqlite_url: str) -> Flask:
    """The application with goods in the north, in English, Arabic and Spanish."""
    words = translated(tmp_path / "words", "es", {"Stock": "Existencias"})
    translated(words, "ar", {})
    app = create_app(replace(config_for(tmp_path, sqlite_url), languages=Languages((words,))))
    stock_up(app)
    return app


def test_a_name_in_another_language_is_written_shown_and_found(
    app: Flask, client_for: ClientFor
) -> None:
    ada, number = client_for("ada"), number_of(app, Item, "Rolls")
    page = ada.get(f"/stock/items/{number}/edit")
    assert '<label for="f-names-1-name" lang="ar" dir="rtl">العربية</label>' in page
    said = {"name": "Rolls", "category": "1", "base_unit": "piece"}
    names = {"names-0-language": "ar", "names-0-name": "خبز صغير", "names-1-language": "es"}
    sent = form(**said, **names, **{"names-1-name": "Panecillos"})
    assert ada.post(f"/stock/items/{number}/edit", sent).status_code == 303
    assert 'value="Panecillos"' in ada.get(f"/stock/items/{number}/edit")
    assert '<bdi lang="ar">خبز صغير</bdi>' in ada.get(f"/stock/items/{number}")
    for address in (f"/stock/items/{number}", "/stock/items", "/stock/", "/crates/7K3M-9QX2"):
        assert "Panecillos" in ada.get(f"{address}?language=es"), address
        assert "Panecillos" not in ada.get(f"{address}?language=de").replace(
            '">Panecillos</bdi>', ""
        ), address
    assert "Panecillos" in ada.get("/stock/items?language=es&q=panecillo")
    assert "Rolls" in ada.get("/stock/items?q=panecillo")
    assert "Panecillos" not in client_for("cleo").get("/stock/items?language=es")


def test_a_program_is_told_all_names_and_finds_by_each(app: Flask, client_for: ClientFor) -> None:
    ada, number = client_for("ada"), number_of(app, Item, "Rice")
    sent = form(name="Rice", category="1", base_unit="piece")
    names = {"names-0-language": "es", "names-0-name": "Arroz"}
    assert ada.post(f"/stock/items/{number}/edit", sent | names).status_code == 303
    with app.app_context():
        token = make_token("till", "volunteer", find_actor("ada"))
    heads = {"Authorization": f"Bearer {token}", "Accept-Language": "es"}
    (rice,) = [
        one
        for one in app.test_client().get("/api/v1/items", headers=heads).get_json()["items"]
        if one["id"] == number
    ]
    assert (rice["name"], rice["names"]) == ("Rice", {"es": "Arroz"})
