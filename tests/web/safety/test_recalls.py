"""Recalls through their pages, their API, their files and their notice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from depot.models import Lot, Partner, Recall
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.current import db
from tests.web.stock_setup import form, stock_up

ClientFor = Callable[[str], Client]
GTIN = "4006381333931"
WHY = "Tomatoes: glass in it"


@pytest.fixture
def stocked(app: Flask) -> Flask:
    """The application with goods in the north, some of a lot with a product's code."""
    stock_up(app)
    line = {"item": "Tomatoes", "quantity": 12, "gtin": GTIN, "lot_code": "L1"}
    more = {"item": "Tomatoes", "quantity": 5, "lot_code": "L2"}
    body = {"source": {"kind": "donation", "partner": "Hill farm"}, "lines": [line, more]}
    assert post(app, "/receipts", bearer(app, "ada", "volunteer"), **body).status_code == 201
    return app


def bearer(app: Flask, login: str, role: str) -> dict[str, str]:
    with app.app_context():
        token = make_token("till", role, find_actor(login))
    return {"Authorization": f"Bearer {token}"}


def post(app: Flask, path: str, headers: dict[str, str], **body: Any) -> Any:
    sent = {"command_id": str(uuid4())} | body
    return app.test_client().post(f"/api/v1{path}", json=sent, headers=headers)


def get(app: Flask, path: str, headers: dict[str, str]) -> Any:
    return app.test_client().get(f"/api/v1{path}", headers=headers)


def call_back(client: Client, **fields: str) -> str:
    answer = client.post("/recalls/new", form(name=WHY, **fields))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def test_it_is_called_back_found_told_and_closed(stocked: Flask, client_for: ClientFor) -> None:
    ben, ada = client_for("ben"), client_for("ada")
    assert "Nothing is called back" in ben.get("/recalls/")
    assert ben.post("/recalls/new", form(name=WHY)).status_code == 422
    at = call_back(ben, gtin=GTIN, lot_code="l1")
    page = ben.get(at)
    assert WHY in page
    assert "Hill farm" in page
    assert "/close" not in page
    assert "by mail" not in page
    with stocked.app_context():
        lot = db.session.scalar(select(Lot.id).where(Lot.lot_code == "L1"))
    kept = ben.post(f"{at}/findings", form(lot=lot, quantity="4", outcome="found_kept"))
    assert kept.status_code == 303
    assert "kept apart: 4" in ben.get(at)
    too_many = ben.post(f"{at}/findings", form(lot=lot, quantity="40", outcome="not_found"))
    assert too_many.status_code == 409
    assert "The book has 12" in too_many.get_data(as_text=True)
    gone = ben.post(f"{at}/findings", form(lot=lot, quantity="3", outcome="not_found"))
    assert gone.status_code == 303
    assert "not there when somebody looked" in ben.get(at)
    assert "were not found" in ada.get("/to-look-at/")
    assert ben.post(f"{at}/notices", form(way="phone")).status_code == 422
    assert ben.post(f"{at}/notices", form(way="phone", name="The radio")).status_code == 303
    assert "The radio" in ada.get(at)
    assert ben.post(f"{at}/close", form()).status_code == 403
    assert ada.post(f"{at}/close", form(note="all is well")).status_code == 303
    assert "all is well" in ben.get("/recalls/")
    for name in ("here", "gone", "findings", "told"):
        assert ben.raw(f"{at}/{name}.csv").status_code == 200
    assert WHY in ben.get("/recalls/recalls.csv")


def test_whom_to_ring_is_told_to_coordinators(stocked: Flask, client_for: ClientFor) -> None:
    with stocked.app_context():
        db.session.execute(update(Partner).values(phone="030 7654321"))
        db.session.commit()
    at = call_back(client_for("ben"), gtin=GTIN, lot_code="l1")
    assert 'href="tel:030-7654321"' in client_for("ada").get(at)
    assert "7654321" not in client_for("ben").get(at)
    for role, phone in (("volunteer", ""), ("coordinator", "030 7654321")):
        seen = get(stocked, at, bearer(stocked, "ada", role)).get_json()
        assert {one["phone"] for one in seen["contacts"] if one["kind"] == "donor"} == {phone}


def test_its_notice_is_printed(stocked: Flask, client_for: ClientFor) -> None:
    ben = client_for("ben")
    at = call_back(ben, item="Tomatoes")
    number = at.rsplit("/", 1)[1]
    notice = ben.get(f"/papers/recalls/{number}")
    assert WHY in notice
    assert "do not eat it" in notice
    assert ben.raw(f"/papers/recalls/{number}.pdf").data.startswith(b"%PDF")


def test_programs_call_back_and_see_it_whole(stocked: Flask, client_for: ClientFor) -> None:
    till, boss = bearer(stocked, "ada", "volunteer"), bearer(stocked, "ada", "coordinator")
    sent = {"name": WHY, "by": {"gtin": GTIN, "lot_code": "L1"}, "command_id": str(uuid4())}
    first = post(stocked, "/recalls", till, **sent)
    assert (first.status_code, first.get_json()["quantity"]) == (201, 12)
    again = post(stocked, "/recalls", till, **sent)
    assert (again.status_code, again.get_json()) == (200, first.get_json())
    at = f"/recalls/{first.get_json()['id']}"
    seen = get(stocked, at, till).get_json()
    assert seen["state"] == "open"
    (here,) = seen["here"]
    assert (here["location"], here["item"], here["quantity"]) == ("Arrivals", "Tomatoes", 12)
    assert {one["kind"] for one in seen["contacts"]} == {"donor", "coordinator"}
    wrong = post(stocked, f"{at}/findings", till, outcome="found_kept", lot=999)
    assert wrong.status_code == 404
    found = post(
        stocked, f"{at}/findings", till, outcome="found_destroyed", lot=here["lot"], quantity=12
    )
    assert (found.status_code, found.get_json()["outcome"]) == (201, "found_destroyed")
    told = post(stocked, f"{at}/notices", till, way="phone", name="Radio")
    assert told.status_code == 201
    seen = get(stocked, at, till).get_json()
    assert seen["here"] == []
    (gone,) = seen["gone"]
    assert (gone["kind"], gone["quantity"], gone["entry_id"]) == (
        "loss",
        12,
        found.get_json()["entry_id"],
    )
    assert [one["name"] for one in seen["notices"]] == ["Radio"]
    assert post(stocked, f"{at}/close", till).status_code == 403
    assert post(stocked, f"{at}/close", boss, note="done").status_code == 201
    assert post(stocked, f"{at}/close", boss).get_json()["code"] == "recall_closed"
    (listed,) = get(stocked, "/recalls", till).get_json()["recalls"]
    assert (listed["state"], listed["close_note"]) == ("closed", "done")


def test_the_neighbour_finds_nothing(stocked: Flask, client_for: ClientFor) -> None:
    at = call_back(client_for("ben"), item="Tomatoes")
    cleo = client_for("cleo")
    for path in (at, f"{at}/here.csv", f"/papers{at}"):
        assert cleo.raw(path).status_code == 404
    for act in ("findings", "notices", "close"):
        sent = form(outcome="found_kept", way="phone", name="x")
        assert cleo.post(f"{at}/{act}", sent).status_code == 404
    theirs = bearer(stocked, "cleo", "coordinator")
    assert get(stocked, f"/api{at}"[4:], theirs).status_code == 404
    assert get(stocked, "/recalls", theirs).get_json()["recalls"] == []


def test_no_mail_goes_where_no_server_is(stocked: Flask, client_for: ClientFor) -> None:
    ada = client_for("ada")
    at = call_back(ada, item="Tomatoes")
    with stocked.app_context():
        assert db.session.scalar(select(Recall.id)) is not None
    refused = ada.post(f"{at}/notices", form(way="mail", name="Hill farm"))
    assert refused.status_code == 422
    assert "No mail server" in refused.get_data(as_text=True)
