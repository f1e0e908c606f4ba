"""The pick list on a phone: ticked, scanned, taken instead, also without a connection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.distribution.commands.plans import PlanGoods, PlannedGoods, plan_goods
from depot.distribution.fetched import picks_at
from depot.models import Item
from tests.builders import find_actor, make_token, receive
from tests.clients import Client
from tests.commands.shelves import put_crate
from tests.current import db
from tests.web.phone_client import Phone, form, make_command

ClientFor = Callable[[str], Client]
CODE = "7K3M-9QX2"


@pytest.fixture
def event_id(app: Flask) -> int:
    """A hand-out of tomorrow that is to have six of rice, which stand in a crate, and two peas."""
    with app.app_context():
        ada = find_actor("ada")
        put_crate(ada, CODE, at="Arrivals")
        receive(ada, 8, "Rice", crate_code=CODE, category="Other")
        receive(ada, 9, "Beans", category="Other")
        receive(ada, 1, "Peas", category="Other")
        starts_at = utc_now() + timedelta(days=1)
        plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=starts_at)
        found: int = plan_event(plan, ada).answer.id
        lines = (PlannedGoods("Rice", 6), PlannedGoods("Peas", 2))
        plan_goods(PlanGoods(command_id=uuid4(), event_id=found, lines=lines), ada)
        return found


def fetched(app: Flask, event_id: int) -> list[int]:
    with app.app_context():
        ada = find_actor("ada")
        return sorted(picks_at(db.session(), ada.depot_id, event_id).values())


def send(client: Client, event_id: int, **typed: str) -> Any:
    sent = {"command_id": str(uuid4())} | typed
    return client.post(f"/hand-outs/{event_id}/picking", sent)


def test_the_list_says_what_is_fetched_and_what_could_stand_in(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    ben = client_for("ben")
    page = ben.get(f"/hand-outs/{event_id}/picking")
    assert "0 of 2 picked" in page
    assert page.index("data-autofocus") < page.index("0 of 2 picked")
    assert "not enough here; free instead: Beans (9), Rice (2)" in page
    assert send(ben, event_id, crate_code=CODE.lower()).status_code == 303
    assert fetched(app, event_id) == [6]
    assert "1 of 2 picked" in ben.get(f"/hand-outs/{event_id}/picking")
    sheet = ben.get(f"/hand-outs/{event_id}")
    assert "How it stands" in sheet
    assert "short: 1" in sheet


def test_something_else_is_taken_instead(app: Flask, client_for: ClientFor, event_id: int) -> None:
    ben = client_for("ben")
    typed = {"lines-0-item": "Beans", "lines-0-amount": "1", "instead_of": "Peas"}
    assert send(ben, event_id, **typed).status_code == 303
    page = ben.get(f"/hand-outs/{event_id}")
    assert "instead: 1 of Beans" in page
    assert "short:" not in page


def test_what_is_wrong_stands_at_its_field(client_for: ClientFor, event_id: int) -> None:
    ben = client_for("ben")
    for typed, sentence in (
        ({}, "Type or scan a code, or choose an item."),
        ({"lines-0-item": "Beans", "lines-0-amount": "30"}, "Count it there first."),
    ):
        answer = send(ben, event_id, **typed)
        assert answer.status_code in (409, 422)
        assert sentence in answer.get_data(as_text=True)


def test_a_phone_delivers_later_what_was_picked(app: Flask, event_id: int) -> None:
    ben = Phone(app, "ben")
    results = ben.sync(
        make_command("picks", event_id=event_id, crate_code=CODE),
        form(
            "pick",
            {"event_id": event_id},
            **{"lines-0-item": "Beans", "lines-0-amount": "1", "instead_of": "Peas"},
        ),
        make_command("picks", event_id=event_id, crate_code=CODE),
    )
    assert [one["result"] for one in results] == ["posted", "posted", "refused"]
    assert results[0]["message"] == "Picked: Rice (6)."
    assert results[1]["message"] == "Picked: Beans (1), instead of Peas."
    assert results[2]["code"] == "not_on_the_list"
    assert fetched(app, event_id) == [1, 6]


def test_programs_pick_and_read_what_is_promised(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    with app.app_context():
        token = make_token("desk", "volunteer", find_actor("ada"))
    http, headers = app.test_client(), {"Authorization": f"Bearer {token}"}
    body = {"command_id": str(uuid4()), "crate_code": CODE}
    for status in (201, 200):
        answer = http.post(f"/api/v1/events/{event_id}/picks", json=body, headers=headers)
        assert answer.status_code == status
        (line,) = answer.get_json()["lines"]
        assert (line["item"], line["quantity"]) == ("Rice", 6)
    found = http.get("/api/v1/stock", headers=headers).get_json()["stock"]
    rows = {row["item"]: row for row in found}
    assert [rows["Rice"][name] for name in ("on_hand", "promised", "free")] == [8, 6, 2]
    assert rows["Peas"]["free"] == 0
    lots = http.get("/api/v1/stock?by=lot", headers=headers).get_json()["stock"]
    told = [(one["item"], one["location"], one["promised"], one["free"]) for one in lots]
    assert ("Rice", CODE, 6, 2) in told
    assert ("Peas", "Arrivals", 1, 0) in told
    refused = http.get("/api/v1/stock?by=lot&diet=halal", headers=headers)
    assert refused.status_code == 422
    with app.app_context():
        rice = db.session.scalars(select(Item.id).where(Item.name == "Rice")).one()
    page = client_for("ben").get(f"/stock/items/{rice}")
    assert "promised to this hand-out" in page


def test_a_crate_says_for_which_hand_out_it_was_picked(
    client_for: ClientFor, event_id: int
) -> None:
    ben = client_for("ben")
    assert "Picked for" not in ben.get(f"/crates/{CODE}")
    send(ben, event_id, crate_code=CODE)
    assert "Picked for Saturday" in ben.get(f"/crates/{CODE}")


def test_a_phone_keeps_how_much_is_promised_and_free(
    app: Flask, client_for: ClientFor, event_id: int
) -> None:
    told = client_for("ben").raw("/scan/list").get_json()
    names = dict(told["items"])
    assert {names[item]: words for item, words in told["promised"]} == {
        "Rice": "6 promised, 2 free",
        "Peas": "1 promised, 0 free",
    }
    assert client_for("cleo").raw("/scan/list").get_json()["promised"] == []


def test_another_depot_picks_nothing(client_for: ClientFor, event_id: int) -> None:
    cleo = client_for("cleo")
    assert cleo.raw(f"/hand-outs/{event_id}/picking").status_code == 404
    assert send(cleo, event_id, crate_code=CODE).status_code == 404
