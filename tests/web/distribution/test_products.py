"""A product's code at a hand-out's page: handed out, or asked about in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from depot.base.clock import utc_now
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.items.commands.item_codes import LearnCode, learn_code
from tests.builders import find_actor, make_token, on_hand, receive
from tests.clients import Client

ClientFor = Callable[[str], Client]
EAN, NEW = "5000112637922", "036000291452"


@pytest.fixture
def event_id(app: Flask) -> int:
    with app.app_context():
        ada = find_actor("ada")
        receive(ada, 60, "Beans")
        taught = LearnCode(command_id=uuid4(), code=EAN, item="Beans", pack_quantity=12)
        learn_code(taught, ada)
        command = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=utc_now())
        return plan_event(command, ada).answer.id


def typed(**more: str) -> dict[str, str]:
    return {"command_id": str(uuid4()), "times": "1"} | more


def left(app: Flask) -> int:
    with app.app_context():
        return on_hand(find_actor("ben"), "Beans")


def test_a_product_s_code_hands_one_pack_out(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    ben, path = client_for("ben"), f"/hand-outs/{event_id}/hand-out"
    answer = ben.post(path, typed(crate_code=EAN))
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/hand-out"), "ready for the next code"
    assert "Handed out: Beans (12)" in ben.get(path)
    ben.post(path, typed(crate_code=f"(01)0{EAN}", times="3"))
    assert left(app) == 60 - 12 - 36


def test_an_unknown_product_is_learned_where_it_is_handed_out(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    ben, path = client_for("ben"), f"/hand-outs/{event_id}/hand-out"
    answer = ben.post(path, typed(crate_code=NEW))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Nobody has said yet what 036000291452 is." in page
    assert 'id="f-learn_item-error"' in page
    assert f'value="{NEW}"' in page, "what was scanned stays"
    named = typed(crate_code=NEW, learn_item="Beans", learn_pack="6", times="2")
    assert ben.post(path, named).status_code == 303
    assert ben.post(path, typed(crate_code=NEW)).status_code == 303
    assert left(app) == 60 - 12 - 6


def test_a_misspelt_crate_is_still_no_product(client_for: ClientFor, event_id: int) -> None:
    answer = client_for("ben").post(
        f"/hand-outs/{event_id}/hand-out", typed(crate_code="7K3M-9QX3", learn_item="")
    )
    assert answer.status_code == 404
    assert 'id="f-learn_item-error"' not in answer.get_data(as_text=True)


def test_a_phone_that_was_offline_delivers_what_it_scanned(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    form: dict[str, Any] = {
        "type": "form",
        "form": "hand-out",
        "command_id": str(uuid4()),
        "args": {"event_id": event_id},
        "fields": {"crate_code": EAN, "times": "2"},
    }
    scanned = {
        "type": "issue",
        "command_id": str(uuid4()),
        "event_id": event_id,
        "lines": [{"scanned": EAN}],
    }
    unknown = form | {"command_id": str(uuid4()), "fields": {"crate_code": NEW}}
    batch = {"device_id": "phone", "commands": [form, scanned, unknown]}
    headers = {"Origin": "http://localhost"}
    answer = client_for("ben").http.post("/sync", json=batch, headers=headers).get_json()
    posted, also, refused = answer["results"]
    assert (posted["result"], also["result"]) == ("posted", "posted"), answer
    assert refused["result"] == "refused"
    assert "learn_item" in refused["body"]["errors"]
    assert left(app) == 60 - 24 - 12


def test_a_program_sends_what_it_scanned_or_says_what_and_how_many(
    app: Flask, event_id: int
) -> None:
    with app.app_context():
        token = make_token("till", "volunteer", find_actor("ada"))
    headers = {"Authorization": f"Bearer {token}"}
    path = f"/api/v1/events/{event_id}/issues"

    def send(line: dict[str, Any]) -> Any:
        sent = {"command_id": str(uuid4()), "lines": [line]}
        return app.test_client().post(path, json=sent, headers=headers)

    assert send({"scanned": EAN, "times": 2}).status_code == 201
    assert send({"item": "Beans"}).status_code == 422
    assert send({"quantity": 2}).status_code == 422
    assert send({"scanned": NEW}).get_json()["code"] == "unknown_code"
    assert left(app) == 36
