"""A body for each write of the API that is done once, in an order in which all can be done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from depot.base.clock import utc_now
from tests.web.decisions.bodies import decision_bodies
from tests.web.depot_addresses import PLACE
from tests.web.network.bodies import network_bodies
from tests.web.production.bodies import making
from tests.web.rota.bodies import FACTS
from tests.web.series.bodies import A_DAY, LAST_ON, SAID
from tests.web.tasks.bodies import task_bodies
from tests.web.visits.bodies import CARD

Body = dict[str, Any]
_EVENT: Final = {"name": "Market", "starts_at": "2026-11-28T10:00:00+00:00"}
_BEANS: Final = {"item": "Beans", "quantity": 3}


def _goods(ids: dict[str, Any]) -> list[tuple[str, str, Body]]:
    """Return those of goods, crates, fridges and holds."""
    crate, kale = "/crates/{code}", {"item": ids["kale"], "quantity": 1}
    return [
        ("POST", "/receipts", {"source": {"kind": "donation"}, "lines": [_BEANS]}),
        ("POST", "/production", {"inputs": [_BEANS], "outputs": [{"item": "Soup", "quantity": 1}]}),
        ("POST", "/crates", {"count": 1}),
        (
            "POST",
            "/crates/pack",
            {"source": PLACE, "lines": [kale]},
        ),
        ("POST", "/crates/tags", {"crate_codes": [ids["code"]], "add": ["dry"]}),
        ("POST", "/crates/move", {"crate_codes": [ids["code"]], "to": PLACE}),
        ("POST", f"{crate}/move", {"to": PLACE}),
        (
            "POST",
            f"{crate}/fill",
            {"source": PLACE, "lines": [kale]},
        ),
        ("POST", f"{crate}/count", {"lines": [{"item": ids["kale"], "counted_quantity": 1}]}),
        ("POST", "/crates/hold", {"crate_codes": [ids["code"]], "reason": "Glass"}),
        ("POST", f"{crate}/take-out", {"reason": "use"}),
        ("POST", f"{crate}/retire", {}),
        ("POST", "/locations/{location_id}/count", {"complete": True, "lines": []}),
        ("POST", "/locations/{location_id}/temperatures", {"celsius": 4.5}),
        ("POST", "/temperatures/{reading_id}/strike-out", {"reason": "Wrong fridge"}),
        ("POST", "/holds", {"reason": "Glass", "by": {"lot_code": "no such lot"}}),
        ("POST", "/join-links", {"uses_max": 9}),
        ("POST", "/join-links/{link_id}/close", {}),
        ("POST", "/webhooks", {"name": "Shop", "address": "https://example.org/depot"}),
        ("POST", "/webhooks/{webhook_id}/end", {}),
        ("POST", "/webhooks/{webhook_id}/resume", {}),
        ("POST", "/webhooks/{webhook_id}/test", {}),
        ("POST", "/devices", {"name": "Door tablet", "idle_minutes": 20}),
        ("POST", "/devices/pins", {"asks_pin": True}),
        ("POST", "/devices/{device_id}/end", {}),
        ("POST", "/notes", {"text": "The side door sticks."}),
        ("POST", "/notes/{note_id}/take-down", {}),
        ("POST", "/asked-acts/{act_id}/withdraw", {}),
        ("POST", "/holds/{hold_id}/release", {"reason": "Looked at"}),
    ]


def _recalls(ids: dict[str, Any]) -> list[tuple[str, str, Body]]:
    """Return those of recalls."""
    return [
        ("POST", "/recalls", {"name": "Glass", "by": {"lot_code": "no such lot"}}),
        (
            "POST",
            "/recalls/{recall_id}/findings",
            {"outcome": "found_kept", "lot": ids["recalled_lot"], "quantity": 1},
        ),
        ("POST", "/recalls/{recall_id}/notices", {"way": "phone", "name": "The radio"}),
        ("POST", "/recalls/{recall_id}/close", {"note": "All found"}),
    ]


#: A photo of one white pixel.
_PIXEL: Final = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="
)


def _masters() -> list[tuple[str, str, Body]]:
    """Return those of items, partners, places, needs, imports and what waits to be looked at."""
    return [
        ("POST", "/items", {"name": "Quince", "category": "Bread", "unit": "piece"}),
        ("PATCH", "/items/{item_id}", {"note": "Curly"}),
        ("PUT", "/items/{item_id}/photo", {"photo": _PIXEL}),
        ("POST", "/items/{item_id}/photo/remove", {}),
        ("POST", "/partners", {"name": "Mill"}),
        ("PATCH", "/partners/{partner_id}", {"note": "Rings twice"}),
        ("POST", "/locations", {"name": "Loft"}),
        ("PATCH", "/locations/{location_id}", {"note": "Left of the door"}),
        ("PUT", "/needs/category/{category_id}", {"note": "no glass"}),
        ("PUT", "/needs/item/{item_id}", {"note": "no stalks"}),
        ("POST", "/imports", {"kind": "items", "csv": "name,category\nMedlar,Fruit\n"}),
        ("POST", "/imports/{import_id}/undo", {}),
        ("POST", "/discrepancies/{discrepancy_id}/settle", {"resolution": "accepted"}),
    ]


def _requests(ids: dict[str, Any]) -> list[tuple[str, str, Body]]:
    """Return those of what agencies ask for."""
    kale = {"item": ids["kale"], "quantity": 1}
    return [
        (
            "POST",
            "/requests",
            {
                "partner_id": ids["requests.partner_id"],
                "needed_on": (utc_now().date() + timedelta(days=3)).isoformat(),
                "lines": [kale],
            },
        ),
        ("POST", "/requests/{request_id}/approve", {}),
        ("POST", "/requests/{request_id}/hand-over", {}),
        ("POST", "/requests/{other_request_id}/decline", {"answer": "Not this week"}),
    ]


def bodies(ids: dict[str, Any]) -> list[tuple[str, str, Body]]:
    """Return method, address as the description writes it, and body, all of the north's things.

    What an address names is filled in by the caller: `{event_id}` is a hand-out that is planned.
    """
    sheet, event = "/count-sheets/{sheet_id}", "/events/{event_id}"
    place = {"location_id": ids["location_id"]}
    return [
        *_requests(ids),
        *making(ids),
        *_goods(ids),
        *_recalls(ids),
        *_masters(),
        *network_bodies(ids),
        *decision_bodies(),
        ("POST", "/count-sheets", place),
        ("POST", f"{sheet}/found", {"item": "Figs", "quantity": 2}),
        ("POST", f"{sheet}/lines", {"lines": [{"number": 1, "quantity": 1}]}),
        ("POST", f"{sheet}/crates", {"crate": ids["other_code"]}),
        ("POST", f"{sheet}/post", {}),
        ("POST", f"{sheet}/undo", {}),
        ("POST", "/count-sheets/{open_sheet_id}/call-off", {}),
        ("POST", "/events", _EVENT),
        ("PUT", event, _EVENT | {"name": "Fair"}),
        ("PUT", f"{event}/plan", {"lines": [{"item": "Fresh", "quantity": 1}]}),
        ("POST", f"{event}/picks", {"lines": [{"item": "Fresh", "quantity": 1}]}),
        ("POST", f"{event}/issues", {"lines": [{"item": "Fresh", "quantity": 1}]}),
        ("POST", f"{event}/returns", {"lines": [{"item": "Fresh", "quantity": 1}]}),
        ("POST", f"{event}/people", {"households": 3}),
        ("POST", f"{event}/visits", {"card": CARD}),
        ("POST", f"{event}/name-sheet", {"name": "Ines", "people": 3}),
        ("POST", f"{event}/parcels", {"parcel": "Bag", "adults": 1}),
        ("POST", "/playbooks", {"key": "community-fridge"}),
        ("POST", f"{event}/close", {}),
        ("POST", "/events/{planned_id}/call-off", {}),
        ("POST", "/activities", {"facts": FACTS}),
        ("POST", "/activities/{activity}/take", {"person_id": ids["person_id"]}),
        ("POST", "/activities/{activity}/seek-stand-in", {"person_id": ids["person_id"]}),
        ("POST", "/activities/{activity}/give-back", {"person_id": ids["person_id"]}),
        ("POST", "/activities/{activity}/ask", {"person_id": ids["person_id"]}),
        *task_bodies(ids),
        ("POST", "/series", SAID),
        ("POST", "/series/{series_id}/change", SAID),
        ("POST", "/series/{series_id}/except", {"on": A_DAY}),
        ("POST", "/series/{series_id}/end", {"last_on": LAST_ON}),
        ("POST", "/entries/{entry_id}/reversal", {}),
        ("POST", "/reports/filed", {"period": "2026-10"}),
        ("POST", "/reports/weekly/{week}/file", {}),
    ]
