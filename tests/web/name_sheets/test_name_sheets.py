"""Sign-in sheets through the pages and the API: printed, typed, read by right, taken along."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask

from depot.base.clock import utc_now
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.people.queries import access_events
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]
SETTING = {"is_on": "yes", "years": "3", "columns": "Signature", "statement": "I am in need."}


def form(**values: str) -> dict[str, str]:
    return {"command_id": str(uuid4())} | values


@pytest.fixture
def event_id(app: Flask) -> int:
    with app.app_context():
        planned = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=utc_now())
        return plan_event(planned, find_actor("ada")).answer.id


def turn_on(client: Client) -> None:
    answer = client.post("/sign-in-sheets/settings", form(**SETTING), follow_redirects=True)
    assert "Sign-in sheets are kept." in answer.text


def test_off_by_default(client_for: ClientFor, event_id: int) -> None:
    client = client_for("ben")
    assert "Sign-in sheet" not in client.get(f"/hand-outs/{event_id}")
    assert "No sign-in sheets are kept here." in client.get(f"/sign-in-sheets/{event_id}")
    assert client.raw(f"/papers/events/{event_id}/name-sheet").status_code == 422


def test_printed_typed_read_and_taken_along(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    ada, page = client_for("ada"), f"/sign-in-sheets/{event_id}"
    turn_on(ada)
    paper = ada.get(f"/papers/events/{event_id}/name-sheet")
    assert all(words in paper for words in ("I am in need.", "Signature", "kept for 3 years"))
    assert ada.raw(f"/papers/events/{event_id}/name-sheet.pdf").status_code == 200
    ben = client_for("ben")
    assert page in ben.get(f"/hand-outs/{event_id}")
    typed = ben.post(page, form(name="Ines Roth", people="3"), follow_redirects=True).text
    assert "Households on the sheet: 1" in typed
    assert "Ines" not in typed
    assert ben.post(page, form(name="", people="3")).status_code == 422
    for client in (ben, ada):
        assert client.raw(f"{page}/names").status_code == 403
        assert client.raw(f"{page}/names.csv").status_code == 403
    with app.app_context():
        number = find_actor("ben").person_id
    let = ada.post(f"/sign-in-sheets/readers/{number}", form(reads_names="yes", why="folder"))
    assert let.status_code == 303
    assert "may read the sign-in sheets" in client_for("ada").get("/open-book/")
    names = ben.raw(f"{page}/names")
    assert "Ines Roth" in names.text
    assert "no-store" in names.headers["Cache-Control"]
    assert "Ines Roth" in ben.get(f"{page}/names.csv")
    assert "Ines" not in ben.get("/sign-in-sheets/list.csv")
    with app.app_context():
        kinds = {row.kind for row in access_events(db.session(), 1, None, 99)}
    assert {"names_read", "names_taken_along"} <= kinds


def test_a_line_is_taken_off_by_who_reads(app: Flask, client_for: ClientFor, event_id: int) -> None:
    ada, page = client_for("ada"), f"/sign-in-sheets/{event_id}"
    turn_on(ada)
    ada.post(page, form(name="Ines Roth", people="3"))
    with app.app_context():
        number = find_actor("ada").person_id
    ada.post(f"/sign-in-sheets/readers/{number}", form(reads_names="yes"))
    line = ada.get(f"{page}/names").split("/strike/")[1].split('"')[0]
    assert client_for("ben").post(f"{page}/strike/{line}", form()).status_code == 403
    gone = ada.post(f"{page}/strike/{line}", form(), follow_redirects=True).text
    assert "nothing of it is kept" in gone
    assert "Ines Roth" not in gone


def test_programs_write_and_never_read(client_for: ClientFor, app: Flask, event_id: int) -> None:
    turn_on(client_for("ada"))
    with app.app_context():
        token = make_token("till", "volunteer", find_actor("ada"))
    program = {"Authorization": f"Bearer {token}"}
    body = {"command_id": str(uuid4()), "name": "Ines Roth", "people": 3}
    client = app.test_client()
    address = f"/api/v1/events/{event_id}/name-sheet"
    assert client.post(address, json=body, headers=program).status_code == 201
    assert client.post(address, json=body, headers=program).status_code == 200
    told = client.get("/api/v1/name-sheets", headers=program)
    assert told.get_json()["sheets"][0]["lines"] == 1
    assert "Ines" not in told.text
    assert client.get(f"/sign-in-sheets/{event_id}/names", headers=program).status_code in (
        302,
        403,
    )
