"""The outsider at her own addresses, with ids and codes of the other depot in what she sends."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.distribution.commands.events import PlanEvent, plan_event
from tests.builders import NOW, find_actor, receive
from tests.clients import Client
from tests.web.depot_addresses import PLACE, North, bearer, depot_rows, furnish, send

Body = dict[str, Any]
ClientFor = Callable[[str], Client]
#: What the answer may be: nothing of that name is here, or nothing can be made of it.
REFUSED = {HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY}
DONE = {HTTPStatus.OK, HTTPStatus.CREATED}


@pytest.fixture
def north(app: Flask) -> North:
    """The north, with one of everything in it."""
    return furnish(app)


def things_of(app: Flask, login: str) -> dict[str, str]:
    """Return a filled crate and a hand-out of somebody's depot, by what addresses call them."""
    with app.app_context():
        who = find_actor(login)
        made = create_crates(CreateCrates(command_id=uuid4(), count=1), who)
        code = made.answer.codes[0]
        receive(who, 9, "Beans", crate_code=code)
        plan = PlanEvent(command_id=uuid4(), name="Market", starts_at=NOW)
        return {"crate": code, "event": str(plan_event(plan, who).answer.id)}


def sent_to_programs(ids: dict[str, Any]) -> list[tuple[str, Body]]:
    """Return every address of the API with a body that names something of the north."""
    item, lot, category = ids["item_id"], ids["lot_id"], ids["category_id"]
    beans = {"item": "Beans", "quantity": 1}
    kinds: Body = {"source": {"kind": "donation"}}
    crate, event = "/crates/{crate}", "/events/{event}"
    return [
        (
            "/receipts",
            {"source": kinds["source"] | {"partner": ids["partner_id"]}, "lines": [beans]},
        ),
        ("/receipts", kinds | {"lines": [{"item": item, "quantity": 1}]}),
        ("/receipts", kinds | {"lines": [{"category": category, "weight_grams": 500}]}),
        ("/receipts", kinds | {"lines": [beans | {"crate_code": ids["code"]}]}),
        ("/receipts", kinds | {"lines": [beans | {"location": PLACE}]}),
        (f"{crate}/take-out", {"reason": "use", "lines": [{"item": item, "quantity": 1}]}),
        (f"{crate}/take-out", {"reason": "use", "lines": [{"lot_id": lot, "quantity": 1}]}),
        (f"{crate}/take-out", {"reason": "issue", "event_id": ids["event_id"]}),
        (f"{crate}/fill", {"source": ids["code"]}),
        (f"{crate}/fill", {"source": PLACE}),
        (f"{crate}/fill", {"source": "Arrivals", "lines": [{"lot_id": lot, "quantity": 1}]}),
        (f"{crate}/move", {"to": ids["code"]}),
        (f"{crate}/move", {"to": PLACE}),
        (f"{crate}/count", {"lines": [{"lot_id": lot, "counted_quantity": 4}]}),
        (f"{crate}/count", {"lines": [{"item": item, "counted_quantity": 4}]}),
        (f"{crate}/count", {"found": [{"item": item, "quantity": 4}]}),
        (f"{crate}/count", {"found": [{"item": "Figs", "quantity": 4, "category": category}]}),
        (f"{event}/issues", {"lines": [{"item": item, "quantity": 1}]}),
        (f"{event}/issues", {"crate_code": ids["code"]}),
        (f"{event}/returns", {"lines": [{"item": item, "quantity": 1}]}),
        (f"{event}/returns", {"crate_code": ids["code"], "lines": [beans]}),
        ("/items", {"name": "Quince", "category": category, "unit": "piece"}),
        ("/locations", {"name": "Attic", "parent_id": ids["location_id"]}),
        ("/production", {"inputs": [{"item": item, "quantity": 1}], "outputs": [beans]}),
        ("/production", {"inputs": [beans | {"crate_code": ids["code"]}], "outputs": [beans]}),
        ("/production", {"inputs": [beans], "outputs": [{"item": item, "quantity": 1}]}),
        ("/production", {"inputs": [beans], "outputs": [beans | {"location": PLACE}]}),
    ]


def sent_from_pages(ids: dict[str, Any]) -> list[tuple[str, Body]]:
    """Return the forms whose fields name things by id or code, with what is the north's."""
    category = str(ids["category_id"])
    brought = {"source": str(ids["partner_id"]), "what": "items", "lines-0-item": "Beans"}
    crate = "/crates/{crate}"
    return [
        ("/donations/new", brought | {"lines-0-quantity": "1"}),
        ("/donations/new", {"source": "anyone", "what": category, "weight": "2"}),
        (f"{crate}/take-out", {"which": "all", "what_for": f"issue-{ids['event_id']}"}),
        (f"{crate}/fill", {"which": "all", "source": ids["code"]}),
        (f"{crate}/fill", {"which": "all", "source": PLACE}),
        (f"{crate}/move", {"to": ids["code"]}),
        ("/stock/items/new", {"name": "Plums", "category": category, "base_unit": "piece"}),
        ("/stock/places/new", {"name": "Rack", "kind": "storage", "parent_id": ids["location_id"]}),
    ]


def test_a_program_of_another_depot_does_nothing_with_the_norths_things(
    app: Flask, client_for: ClientFor, north: North
) -> None:
    cleo, headers, own = client_for("cleo"), bearer(app, "cleo"), things_of(app, "cleo")
    before, moved = depot_rows(app, "north"), ledger_of(app, "south")
    of_another_lot = {"item": "Beans", "quantity": 1, "lot_id": north.ids["lot_id"]}
    made = {"inputs": [of_another_lot], "outputs": [{"item": "Beans", "quantity": 1}]}
    for path, body in [*sent_to_programs(north.ids), ("/production", made)]:
        answer = send(cleo, "/api/v1" + path.format(**own), body, headers)
        assert answer.status_code in REFUSED, (path, body, answer.get_data(as_text=True))
    assert depot_rows(app, "north") == before
    assert ledger_of(app, "south") == moved


def test_a_form_of_another_depot_does_nothing_with_the_norths_things(
    app: Flask, client_for: ClientFor, north: North
) -> None:
    cleo, own = client_for("cleo"), things_of(app, "cleo")
    before, moved = depot_rows(app, "north"), ledger_of(app, "south")
    for path, body in sent_from_pages(north.ids):
        answer = send(cleo, path.format(**own), body, {})
        assert answer.status_code in REFUSED, (path, body, answer.get_data(as_text=True))
    assert depot_rows(app, "north") == before
    assert ledger_of(app, "south") == moved


def ledger_of(app: Flask, slug: str) -> dict[str, list[str]]:
    """Return what a depot's ledger and its lists hold; that a token was used is not in it."""
    return {name: rows for name, rows in depot_rows(app, slug).items() if name != "api_token"}


def test_the_norths_own_people_do_all_of_it(
    app: Flask, client_for: ClientFor, north: North
) -> None:
    """The walks above would prove nothing if what is sent were refused for another reason."""
    ada, headers = client_for("ada"), bearer(app, "ada")
    for path, body in sent_to_programs(north.ids):
        answer = send(ada, "/api/v1" + path.format(**things_of(app, "ada")), body, headers)
        assert answer.status_code in DONE, (path, body, answer.get_data(as_text=True))
    for path, body in sent_from_pages(north.ids):
        answer = send(ada, path.format(**things_of(app, "ada")), body, {})
        assert answer.status_code == HTTPStatus.SEE_OTHER, (
            path,
            body,
            answer.get_data(as_text=True),
        )
