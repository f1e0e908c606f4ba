"""Visits by card through the pages, the API, the outbox of a phone, and in the report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from depot.base.clock import utc_now
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.distribution.commands.visits import (
    CountVisit,
    SaveVisitSetting,
    count_visit,
    save_visit_setting,
)
from depot.distribution.queries.visits import visits_in
from tests.builders import find_actor, make_token, receive
from tests.clients import Client
from tests.current import db
from tests.web.visits.bodies import CARD

ClientFor = Callable[[str], Client]


def form(**values: str) -> dict[str, str]:
    return {"command_id": str(uuid4())} | values


@pytest.fixture
def event_id(app: Flask) -> int:
    with app.app_context():
        ada = find_actor("ada")
        save_visit_setting(SaveVisitSetting(command_id=uuid4(), is_on=True), ada)
        planned = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=utc_now())
        return plan_event(planned, ada).answer.id


def test_a_card_is_counted_at_the_table_once(client_for: ClientFor, event_id: int) -> None:
    client = client_for("ben")
    page = f"/hand-outs/{event_id}/visits"
    said = []
    for card in (CARD, CARD.lower(), "nonsense"):
        answer = client.post(page, form(card=card, adults="2"), follow_redirects=True)
        said.append(answer.text)
    assert "here for the first time" in said[0]
    assert "counted at this hand-out already" in said[1]
    assert "That is no visit card" in said[2]
    assert "nonsense" in said[2]
    assert "Count by card" in client.get(f"/hand-outs/{event_id}")


def test_cards_are_off_until_used_and_then_printed(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    assert "Print cards" not in ada.get("/hand-outs/cards")
    assert ben.post("/hand-outs/cards", form(is_on="yes")).status_code == 403
    ada.post("/hand-outs/cards", form(is_on="yes"))
    assert "Print cards" in ada.get("/hand-outs/cards")
    made = ada.post("/hand-outs/cards/print", form(cards="11"))
    assert made.mimetype == "application/pdf"
    assert made.data.startswith(b"%PDF")
    assert "no-store" in made.headers["Cache-Control"]
    assert ada.post("/hand-outs/cards/print", form(cards="100000")).status_code == 422
    assert ben.post("/hand-outs/cards/print", form(cards="1")).status_code == 403


def test_months_and_any_days_tell_visits_and_households(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    today = utc_now().date()
    with app.app_context():
        ben = find_actor("ben")
        receive(ben, 5, "Rice")
        count_visit(CountVisit(command_id=uuid4(), event_id=event_id, card=CARD), ben)
    client = client_for("ben")
    days = f"from={today - timedelta(days=3)}&to={today + timedelta(days=1)}"
    page = client.get(f"/hand-outs/visits?{days}")
    assert "Different households" in page
    assert 'id="asked"' in page
    assert 'id="asked"' not in client.get("/hand-outs/visits?from=2026-02-02&to=2026-01-01")
    assert 'id="asked"' not in client.get("/hand-outs/visits?from=x")
    assert "Different households" in client.raw("/hand-outs/visits/list.csv").text
    assert client.raw("/hand-outs/visits/list.xlsx").data.startswith(b"PK")
    assert 'id="visits"' in client.get(f"/reports/period?period={today:%Y-%m}")
    assert 'id="visits"' not in client.get("/reports/period?period=2020-01")


def test_programs_count_visits_and_read_them(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    client = client_for("ada")
    with app.app_context():
        key = make_token("till", "volunteer", find_actor("ada"))
    headers = {"Authorization": f"Bearer {key}"}
    body = {"command_id": str(uuid4()), "card": CARD, "children": 2}
    path = f"/api/v1/events/{event_id}/visits"
    first = client.http.post(path, json=body, headers=headers)
    again = client.http.post(path, json=body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json()
    assert first.get_json()["is_new"]
    wrong = client.http.post(path, json=form(card="7K3M-9QX2"), headers=headers)
    assert (wrong.status_code, wrong.get_json()["code"]) == (422, "bad_card")
    today = utc_now().date()
    asked = f"/api/v1/visits?from={today - timedelta(days=2)}&to={today + timedelta(days=1)}"
    told = client.http.get(asked, headers=headers).get_json()
    assert (told["visits"], told["households"], told["new_households"]) == (1, 1, 1)
    assert client.http.get("/api/v1/visits", headers=headers).status_code == 422


def test_what_a_phone_kept_counts_once_however_it_comes(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    client = client_for("ben")
    command = {
        "type": "visit",
        "command_id": str(uuid4()),
        "occurred_at": utc_now().isoformat(),
        "event_id": event_id,
        "card": CARD,
    }
    with app.app_context():
        key = make_token("phone", "volunteer", find_actor("ada"))
    headers = {"Authorization": f"Bearer {key}"}
    for expected in ("posted", "repeated"):
        body = {"device_id": str(uuid4()), "commands": [command]}
        answer = client.http.post("/api/v1/sync", json=body, headers=headers).get_json()
        assert [row["result"] for row in answer["results"]] == [expected]
    with app.app_context():
        today = utc_now().date()
        near = timedelta(days=1)
        found = visits_in(db.session(), find_actor("ben").depot_id, today - near, today + near)
        assert (found.visits, found.by_card) == (1, 1)
