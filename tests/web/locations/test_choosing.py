"""Choosing a place: as a tree with what is said of each, found by typing, no row of 200 buttons."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask

from depot.locations.commands import SavePlace, save_place
from tests.builders import clock, find_actor
from tests.clients import Client
from tests.commands.shelves import put_crate

ClientFor = Callable[[str], Client]
CODE = "7K3M-9QX2"
#: What indents a place in a list.
EM = "\N{EM SPACE}"


def put(name: str, note: str = "", parent_id: int | None = None) -> int:
    made = save_place(
        SavePlace(command_id=uuid4(), name=name, note=note, kind="storage", parent_id=parent_id),
        find_actor("ada"),
        clock,
    )
    return made.answer.id


@pytest.fixture
def ada(app: Flask, client_for: ClientFor) -> Client:
    with app.app_context():
        cellar = put("Cellar", "down the stairs, cool")
        put("Rack 10", parent_id=cellar)
        put("Rack 9", "left of the door", cellar)
        put_crate(find_actor("ada"), CODE, at="Cellar")
    return client_for("ada")


@pytest.fixture
def many(app: Flask, ada: Client) -> Client:
    with app.app_context():
        for number in range(12):
            put(f"Hall {number}")
    return ada


def test_the_filter_of_the_crates_is_a_tree_with_descriptions(ada: Client) -> None:
    page = ada.get("/crates")
    first = page.index("Cellar · down the stairs, cool</option>")
    assert first < page.index(f"{EM}Rack 9 · left of the door</option>")
    assert page.index(f"{EM}Rack 9") < page.index(f"{EM}Rack 10</option>")


def test_where_a_crate_goes_is_found_by_typing_its_name_or_description(many: Client) -> None:
    page = many.get(f"/crates/{CODE}/move")
    assert '<option value="Rack 9">Cellar · left of the door</option>' in page
    assert 'list="f-other-list"' in page
    assert page.count('type="radio"') == 8


def test_a_crate_is_filled_from_a_place_chosen_of_a_tree(many: Client) -> None:
    page = many.get(f"/crates/{CODE}/fill?from=Rack 9")
    assert f'<option value="Rack 9" selected>{EM}Rack 9 · left of the door</option>' in page


def test_the_places_page_shows_descriptions_and_finds_by_them(ada: Client) -> None:
    page = ada.get("/stock/places")
    assert "down the stairs, cool" in page
    found = ada.get("/stock/places?q=LEFT door")
    assert "Rack 9" in found
    assert "Rack 10" not in found
    assert "Arrivals" not in found
    inside = ada.get("/stock/places?q=cellar rack")
    assert "Rack 9" in inside
    assert "Rack 10" in inside
    assert "No place is like that." in ada.get("/stock/places?q=attic")


def test_a_roll_call_of_many_places_asks_with_a_list(many: Client) -> None:
    page = many.get("/scan/roll-call")
    assert "<select" in page
    number = page.split(f'">{EM}Rack 9')[0].rsplit('value="', 1)[1]
    answer = many.raw(f"/scan/roll-call?place={number}")
    assert answer.headers["Location"].endswith(f"/{number}")


def test_the_scan_page_offers_a_list_of_many_places_and_those_used_lately_first(
    app: Flask, ada: Client
) -> None:
    assert "scan-all-places" not in ada.get("/scan")
    with app.app_context():
        for number in range(12):
            put(f"Hall {number}")
    page = ada.get("/scan")
    assert "scan-all-places" in page
    assert '<option value="Rack 9">Cellar · left of the door</option>' in page
    assert page.split("data-places=")[1].index("Cellar") < 60


@pytest.mark.parametrize("paper", ["stock", "count"])
def test_papers_of_few_places_have_tabs_and_of_many_a_list(
    app: Flask, ada: Client, paper: str
) -> None:
    page = ada.get(f"/papers/{paper}")
    assert 'name="place"' not in page
    assert "Rack 9" in page.split('aria-label="Which place"')[1].split("</nav>")[0]
    with app.app_context():
        for number in range(12):
            put(f"Hall {number}")
    page = ada.get(f"/papers/{paper}")
    assert 'aria-label="Which place"' not in page
    assert f"{EM}Rack 9 · left of the door</option>" in page
