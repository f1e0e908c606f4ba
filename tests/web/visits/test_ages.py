"""People by the depot's own age bands, through the pages and the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from depot.base.clock import utc_now
from depot.distribution.commands.events import PlanEvent, plan_event
from tests.builders import find_actor, make_token, receive
from tests.clients import Client

ClientFor = Callable[[str], Client]


def form(**values: str) -> dict[str, str]:
    return {"command_id": str(uuid4())} | {
        name.replace("__", "-"): value for name, value in values.items()
    }


@pytest.fixture
def event_id(app: Flask) -> int:
    with app.app_context():
        ada = find_actor("ada")
        receive(ada, 5, "Rice")
        planned = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=utc_now())
        return plan_event(planned, ada).answer.id


def test_people_are_asked_for_by_the_ages_that_were_chosen(
    client_for: ClientFor, event_id: int
) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    page = f"/hand-outs/{event_id}/people"
    assert "Seniors" in ben.get(page)
    chosen = ada.post("/hand-outs/ages", form(begins="0, 5 12;18, 66"), follow_redirects=True)
    assert "66 and over" in chosen.text
    asked = ben.get(page)
    assert "5 to 11 years" in asked
    assert 'name="seniors"' not in asked
    sent = form(
        households="2",
        bands__0__from_age="0",
        bands__0__people="",
        bands__1__from_age="5",
        bands__1__people="3",
        bands__3__from_age="18",
        bands__3__people="2",
    )
    assert ben.post(page, sent).status_code == 303
    today = utc_now().date()
    days = f"from={today - timedelta(days=2)}&to={today + timedelta(days=1)}"
    assert 'id="ages"' in ben.get(f"/hand-outs/visits?{days}")
    report = ben.get(f"/reports/period?period={today:%Y-%m}")
    assert 'id="own-ages"' in report
    assert "5 to 11 years" in report
    wrong = ben.post(page, form(households="1", bands__0__from_age="7", bands__0__people="1"))
    assert wrong.status_code == 422


@pytest.mark.parametrize("begins", ["", "5, 18", "0, 18, x", "0, 18, 18", "0, 60", "0 18 999999"])
def test_ages_that_cannot_be_are_asked_for_again(client_for: ClientFor, begins: str) -> None:
    ada = client_for("ada")
    answer = ada.post("/hand-outs/ages", form(begins=begins))
    assert answer.status_code == 422
    assert client_for("ben").post("/hand-outs/ages", form(begins="0, 18")).status_code == 403


def test_programs_say_people_by_band_or_as_ever(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    client = client_for("ada")
    client.post("/hand-outs/ages", form(begins="0 5 18 66"))
    with app.app_context():
        key = make_token("till", "volunteer", find_actor("ada"))
    headers = {"Authorization": f"Bearer {key}"}

    def count(**body: object) -> int:
        sent = {"command_id": str(uuid4()), "households": 1} | body
        path = f"/api/v1/events/{event_id}/people"
        return client.http.post(path, json=sent, headers=headers).status_code

    assert count(bands=[{"from_age": 5, "people": 2}, {"from_age": 66, "people": 1}]) == 201
    assert count(adults=2, children=1, seniors=0) == 201
    assert count(bands=[{"from_age": 5}]) == 422
    assert count(bands=[{"from_age": 5, "people": 2}], adults=1) == 422
    today = utc_now().date()
    asked = f"/api/v1/visits?from={today - timedelta(days=2)}&to={today + timedelta(days=1)}"
    told = client.http.get(asked, headers=headers).get_json()
    assert told["bands"] == [
        {"from_age": 5, "to_age": 17, "people": 2},
        {"from_age": 66, "to_age": None, "people": 1},
    ]
