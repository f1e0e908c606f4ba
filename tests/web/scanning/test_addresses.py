"""Where the symbols on shelves and at hand-outs lead."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask

from depot.distribution.commands.events import PlanEvent, plan_event
from depot.locations.commands import SavePlace, save_place
from labels.symbols.addresses import event_url, place_url
from tests.builders import NOW, find_actor
from tests.clients import Client

ClientFor = Callable[[str], Client]
BASE = "http://127.0.0.1:8000"


@pytest.fixture
def shelf(app: Flask) -> int:
    """A shelf of the north."""
    with app.app_context():
        command = SavePlace(command_id=uuid4(), name="Shelf B2")
        found: int = save_place(command, find_actor("ada")).body["id"]
        return found


@pytest.fixture
def market(app: Flask) -> int:
    """A hand-out of the north."""
    with app.app_context():
        command = PlanEvent(command_id=uuid4(), name="Market", starts_at=NOW)
        found: int = plan_event(command, find_actor("ada")).body["id"]
        return found


def path_of(url: str) -> str:
    return url.removeprefix(BASE)


def test_the_symbol_of_a_shelf_opens_its_page_in_any_case(
    client_for: ClientFor, shelf: int
) -> None:
    path = path_of(place_url(BASE, shelf))
    for spelling in (path, path.lower()):
        assert "Shelf B2" in client_for("ben").get(spelling, follow=True)


def test_the_symbol_of_a_hand_out_opens_its_page_in_any_case(
    client_for: ClientFor, market: int
) -> None:
    path = path_of(event_url(BASE, market))
    for spelling in (path, path.lower()):
        assert "Market" in client_for("ben").get(spelling, follow=True)


def test_a_place_of_another_depot_is_none_and_the_page_says_what_to_do(
    client_for: ClientFor, shelf: int
) -> None:
    page = client_for("cleo").get(path_of(place_url(BASE, shelf)), status=404)
    assert "South has no place with this label" in page
    assert "See all places" in page
    assert "Shelf B2" not in page


def test_a_hand_out_of_another_depot_is_none_and_the_page_says_what_to_do(
    client_for: ClientFor, market: int
) -> None:
    page = client_for("cleo").get(path_of(event_url(BASE, market)), status=404)
    assert "South has no hand-out with this label" in page
    assert "Market" not in page


def test_a_number_that_no_table_holds_is_no_place(client_for: ClientFor) -> None:
    client_for("ben").get("/P/999999999999999999", status=404)
