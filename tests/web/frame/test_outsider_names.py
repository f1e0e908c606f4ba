"""What the south writes can name nothing of the north, by id, by name or by code."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

import pytest
from flask import Flask

from tests.web.depot_addresses import PLACE, North, bearer, furnish, row_counts

Body = dict[str, Any]
_RICE: Final = {"item": "Rice", "quantity": 1}


@pytest.fixture
def north(app: Flask) -> North:
    """The north, with one of everything in it."""
    return furnish(app)


def _foreign(ids: dict[str, Any], crate: str) -> list[tuple[str, Body]]:
    """Writes of the south whose body names something of the north; `crate` is the south's own."""
    code, place = ids["code"], PLACE
    gift: Body = {"source": {"kind": "donation"}}
    item = {"item": ids["item_id"], "quantity": 1}
    lot = {"lot_id": ids["lot_id"], "quantity": 1}
    own_lot = {"lot_id": ids["south_lot"]}
    loose = {"category": ids["category_id"], "weight_grams": 5}
    new = {"item": "New", "quantity": 1}
    made = {"inputs": [{"item": "Rice", "quantity": 1}], "outputs": [new]}
    used = {"inputs": [_RICE], "outputs": [new]}
    at_south = f"/events/{ids['south_event']}"
    return [
        ("/receipts", gift | {"lines": [item]}),
        ("/receipts", gift | {"lines": [loose]}),
        ("/receipts", gift | {"lines": [new | {"category": ids["category_id"]}]}),
        ("/receipts", gift | {"lines": [_RICE | {"crate_code": code}]}),
        ("/receipts", gift | {"lines": [_RICE | {"location": place}]}),
        ("/receipts", {"source": {"kind": "rescue", "partner": ids["partner_id"]}, "lines": [new]}),
        (f"/crates/{crate}/move", {"to": code}),
        (f"/crates/{crate}/move", {"to": place}),
        (f"/crates/{crate}/take-out", {"reason": "issue", "event_id": ids["event_id"]}),
        (f"/crates/{crate}/take-out", {"reason": "use", "lines": [item]}),
        (f"/crates/{crate}/take-out", {"reason": "use", "lines": [lot]}),
        (f"/crates/{crate}/take-out", {"reason": "use", "lines": [_RICE | lot]}),
        (f"/crates/{crate}/take-out", {"reason": "use", "lines": [item | own_lot]}),
        (f"/crates/{crate}/fill", {"source": code}),
        (f"/crates/{crate}/fill", {"source": place}),
        (f"/crates/{crate}/fill", {"source": "Arrivals", "lines": [lot]}),
        (f"/crates/{crate}/count", {"lines": [{"lot_id": ids["lot_id"], "counted_quantity": 1}]}),
        (f"/crates/{crate}/count", {"found": [item]}),
        (f"/crates/{crate}/count", {"found": [new | {"category": ids["category_id"]}]}),
        (f"{at_south}/issues", {"crate_code": code}),
        (f"{at_south}/issues", {"lines": [item]}),
        (f"{at_south}/issues", {"lines": [_RICE | {"location": place}]}),
        (f"{at_south}/issues", {"lines": [_RICE | {"location": code}]}),
        (f"{at_south}/returns", {"crate_code": code}),
        (f"{at_south}/returns", {"lines": [item]}),
        (f"{at_south}/returns", {"lines": [_RICE | {"location": place}]}),
        ("/production", made | {"inputs": [item]}),
        ("/production", made | {"inputs": [_RICE | {"lot_id": ids["lot_id"]}]}),
        ("/production", made | {"inputs": [_RICE | {"crate_code": code}]}),
        ("/production", made | {"inputs": [_RICE | {"location": place}]}),
        ("/production", used | {"outputs": [item]}),
        ("/production", used | {"outputs": [new | {"category": ids["category_id"]}]}),
        ("/production", used | {"outputs": [new | {"crate_code": code}]}),
        ("/production", used | {"outputs": [new | {"location": place}]}),
    ]


def test_nothing_of_the_north_can_be_named_in_what_the_south_writes(
    app: Flask, north: North
) -> None:
    http, headers = app.test_client(), bearer(app, "cleo")

    def post(path: str, body: Body) -> Any:
        sent = {"command_id": str(uuid4())} | body
        return http.post(f"/api/v1{path}", json=sent, headers=headers)

    crate = post("/crates", {"count": 1}).get_json()["codes"][0]
    event = post("/events", {"name": "South", "starts_at": "2026-11-24T10:00:00Z"}).get_json()
    post("/receipts", {"source": {"kind": "donation"}, "lines": [_RICE | {"crate_code": crate}]})
    held = http.get(f"/api/v1/crates/{crate}", headers=headers).get_json()["contents"]
    souths = {"south_event": event["id"], "south_lot": held[0]["lot_id"]}
    before = row_counts(app)
    for path, body in _foreign(north.ids | souths, crate):
        answer = post(path, body)
        assert answer.status_code in (404, 422), (path, body, answer.get_json())
        assert answer.get_json()["errors"], (path, body, answer.get_json())
        assert row_counts(app) == before, (path, body)
