"""What goods are worth, through its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from tests.builders import find_actor, receive
from tests.clients import Client

ClientFor = Callable[[str], Client]
PATH = "/reports/values"
SCRIPT = "<script>alert(1)</script>"


def form(**values: Any) -> dict[str, Any]:
    return {"command_id": str(uuid4())} | values


def worth(**values: Any) -> dict[str, Any]:
    rate = {"amount": "1.93", "per": "kg", "valid_from": "2026-01-01", "source": f"Study {SCRIPT}"}
    return form(**(rate | values))


@pytest.fixture
def flour(app: Flask) -> None:
    with app.app_context():
        monday = datetime(2026, 11, 16, 12, tzinfo=UTC)
        receive(find_actor("ada"), 3000, "Flour", unit="gram", at=monday)


@pytest.mark.usefixtures("flour")
def test_it_is_off_then_told_with_its_rate_and_source(client_for: ClientFor) -> None:
    ada = client_for("ada")
    week = "/reports/weekly?week=2026-W47"
    assert "In-kind value" not in ada.get(week)
    assert "describes the goods and does not value them" in ada.get(PATH)
    assert ada.post(PATH, form(currency="usd", in_reports="yes")).status_code == 303
    assert ada.post(f"{PATH}/new", worth()).status_code == 303
    page = ada.get(week)
    assert "In-kind value" in page
    assert "$5.79" in page
    assert SCRIPT not in page
    assert SCRIPT not in ada.get(PATH)
    listed = ada.raw(f"{PATH}/list.csv").get_data(as_text=True)
    assert "1.93" in listed
    assert ada.post(f"{PATH}/1/drop", form()).status_code == 303
    assert "$5.79" not in ada.get(week)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("amount", "1.935"),
        ("amount", "-1"),
        ("amount", "2 kg"),
        ("amount", SCRIPT),
        ("about", "Nothing by that name"),
        ("per", "tonne"),
        ("valid_from", "May"),
        ("source", ""),
    ],
)
def test_what_is_wrong_stands_at_its_field(client_for: ClientFor, field: str, text: str) -> None:
    ada = client_for("ada")
    ada.post(PATH, form(currency="USD"))
    answer = ada.post(f"{PATH}/new", worth(**{field: text}))
    assert answer.status_code == 422
    assert SCRIPT not in answer.get_data(as_text=True)


def test_no_currency_is_refused_in_words(client_for: ClientFor) -> None:
    ada = client_for("ada")
    refused = ada.post(PATH, form(currency="dollars"))
    assert refused.status_code == 422
    first = ada.post(f"{PATH}/new", worth())
    assert first.status_code == 422
    assert "currency" in first.get_data(as_text=True)
