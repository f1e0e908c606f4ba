"""The depot's own settings."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.clients import Client

ClientFor = Callable[[str], Client]
GOOD = {
    "name": "North Pantry",
    "time_zone": "America/Chicago",
    "week_start": "7",
    "weight_unit": "lb",
    "paper_size": "Letter",
}


def test_a_coordinator_changes_the_depots_settings(client_for: ClientFor) -> None:
    ada = client_for("ada")
    assert ada.post("/settings/", GOOD | {"command_id": str(uuid4())}).status_code == 303
    page = ada.get("/settings/")
    assert "The settings are saved." in page
    assert 'value="America/Chicago"' in page
    assert "North Pantry" in client_for("ben").get("/")
    assert "North Pantry" not in client_for("cleo").get("/")


@pytest.mark.parametrize(
    ("field", "value"),
    [("time_zone", "Mars/Base"), ("week_start", "8"), ("weight_unit", "st"), ("name", " ")],
)
def test_a_wrong_setting_stands_at_its_field(client_for: ClientFor, field: str, value: str) -> None:
    ada = client_for("ada")
    answer = ada.post("/settings/", GOOD | {"command_id": str(uuid4()), field: value})
    assert answer.status_code == 422
    assert f'id="f-{field}' in answer.get_data(as_text=True)
    assert "North Pantry" not in ada.get("/")


def test_a_volunteer_has_no_door_to_the_settings(client_for: ClientFor) -> None:
    ben = client_for("ben")
    assert ben.raw("/settings/").status_code == 403
    assert ben.post("/settings/", GOOD | {"command_id": str(uuid4())}).status_code == 403
