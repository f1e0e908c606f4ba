"""Codes on packages fill the forms at the door and at a crate, without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from depot.items.commands.item_codes import LearnCode, learn_code
from tests.builders import find_actor, make_token, on_hand, receive, stock_at
from tests.clients import Client
from tests.commands.shelves import put_crate

ClientFor = Callable[[str], Client]
EAN, GTIN = "5000112637922", "05000112637922"
CRATE = "7K3M-9QX2"
_INPUT = re.compile(r'<input[^>]*\bname="([^"]+)"[^>]*>')
_VALUE = re.compile(r'\bvalue="([^"]*)"')


def fields_of(page: str) -> dict[str, str]:
    """Return the text fields of a page as a browser would send them."""
    found = {}
    for tag in _INPUT.finditer(page):
        if 'type="radio"' in tag[0] or 'type="checkbox"' in tag[0]:
            if " checked" not in tag[0]:
                continue
        value = _VALUE.search(tag[0])
        found[tag[1]] = unescape(value[1]) if value else ""
    return found


@pytest.fixture
def known(app: Flask) -> None:
    """Beans in packs of twelve, flour in bags of 2.5 kg, and a crate with beans."""
    with app.app_context():
        ada = find_actor("ada")
        put_crate(ada, CRATE, at="Arrivals", state="in_use")
        receive(ada, 36, "Beans", crate_code=CRATE, date="2027-05")
        receive(ada, 5000, "Flour", unit="gram")
        for code, item, pack in ((EAN, "Beans", 12), ("96385074", "Flour", 2500)):
            learn_code(LearnCode(command_id=uuid4(), code=code, item=item, pack_quantity=pack), ada)


def donation(**more: str) -> dict[str, str]:
    return {"command_id": str(uuid4()), "source": "anyone", "what": "items"} | more


def looked_up(client: Client, path: str, form: dict[str, str]) -> dict[str, str]:
    answer = client.post(path, form)
    assert answer.status_code == 200
    return fields_of(answer.get_data(as_text=True))


def test_a_scan_at_the_door_fills_a_line_which_is_then_saved(
    app: Flask, client_for: ClientFor, known: None
) -> None:
    ben = client_for("ben")
    scan = f"(01){GTIN}(17)261231(10)A1"
    form = looked_up(ben, "/donations/look", donation(scan=scan))
    assert form["lines-0-item"] == "Beans"
    assert form["lines-0-quantity"] == "12"
    assert (form["lines-0-date"], form["lines-0-date_kind"]) == ("2026-12-31", "use_by")
    assert (form["lines-0-lot_code"], form["lines-0-scanned"]) == ("A1", scan)
    assert form["scan"] == ""
    assert ben.post("/donations/new", form).status_code == 303
    with app.app_context():
        assert on_hand(find_actor("ben"), "Beans") == 48


def test_the_same_pack_once_more_adds_to_its_line(client_for: ClientFor, known: None) -> None:
    ben = client_for("ben")
    form = looked_up(ben, "/donations/look", donation(scan=EAN))
    form = looked_up(ben, "/donations/look", form | {"scan": EAN})
    assert form["lines-0-quantity"] == "24"
    form = looked_up(ben, "/donations/look", form | {"scan": "96385074"})
    assert (form["lines-1-item"], form["lines-1-weight"]) == ("Flour", "2.5")


def test_what_is_typed_stays(client_for: ClientFor, known: None) -> None:
    typed = donation(scan=EAN) | {"lines-0-item": "Rice", "lines-0-quantity": "3", "note": "hello"}
    form = looked_up(client_for("ben"), "/donations/look", typed)
    assert (form["lines-0-item"], form["lines-0-quantity"]) == ("Rice", "3")
    assert form["lines-1-item"] == "Beans"
    assert form["command_id"] == typed["command_id"]


def test_saving_with_a_code_not_looked_up_looks_it_up_first(
    app: Flask, client_for: ClientFor, known: None
) -> None:
    form = looked_up(client_for("ben"), "/donations/new", donation(scan=EAN))
    assert form["lines-0-item"] == "Beans"
    with app.app_context():
        assert on_hand(find_actor("ben"), "Beans") == 36


def test_an_unknown_code_is_learned_by_writing_its_item(client_for: ClientFor, known: None) -> None:
    ben = client_for("ben")
    answer = ben.post("/donations/look", donation(scan="0036000291452"))
    page = answer.get_data(as_text=True)
    assert "Write the item: then it is known." in page
    form = fields_of(page) | {"lines-0-item": "Oat milk", "lines-0-quantity": "4"}
    assert ben.post("/donations/new", form).status_code == 303
    assert fields_of(ben.get("/donations/new?scan=036000291452"))["lines-0-item"] == "Oat milk"


def test_an_unknown_code_without_its_item_is_asked_about(
    client_for: ClientFor, known: None
) -> None:
    ben = client_for("ben")
    form = looked_up(ben, "/donations/look", donation(scan="0036000291452"))
    answer = ben.post("/donations/new", form | {"lines-0-quantity": "4"})
    assert answer.status_code == 404
    assert "Nobody has said yet what 036000291452 is." in answer.get_data(as_text=True)


def test_a_crate_s_label_says_where_the_donation_goes(client_for: ClientFor, known: None) -> None:
    form = looked_up(client_for("ben"), "/donations/look", donation(scan=CRATE.lower()))
    assert form["crate_code"] == CRATE


@pytest.mark.parametrize("scan", ["", "https://example.org/"])
def test_what_fills_nothing_says_so(client_for: ClientFor, known: None, scan: str) -> None:
    page = client_for("ben").post("/donations/look", donation(scan=scan)).get_data(as_text=True)
    assert "Scan or type a code first." in page or "That is no code of a product" in page


def test_packs_scanned_at_a_count_add_up_in_the_row_of_their_lot(
    app: Flask, client_for: ClientFor, known: None
) -> None:
    ben = client_for("ben")
    path = f"/crates/{CRATE}/count"
    form = fields_of(ben.get(path))
    for _ in range(2):
        form = looked_up(ben, f"{path}/look", form | {"scan": EAN})
    assert form["lines-0-amount"] == "24"
    form = looked_up(ben, f"{path}/look", form | {"scan": "96385074"})
    assert (form["found-0-item"], form["found-0-amount"]) == ("Flour", "2.5")
    assert ben.post(path, form).status_code == 303
    with app.app_context():
        assert stock_at(find_actor("ben"), CRATE) == {"Beans": 24, "Flour": 2500}


def test_another_date_than_the_book_s_is_a_row_of_its_own(
    client_for: ClientFor, known: None
) -> None:
    scan = f"(01){GTIN}(15)280131"
    form = fields_of(client_for("ben").get(f"/crates/{CRATE}/count?scan={scan}"))
    assert form["lines-0-amount"] == ""
    assert (form["found-0-item"], form["found-0-date"]) == ("Beans", "2028-01-31")


def test_a_pack_scanned_into_a_crate_fills_the_row_it_is_taken_from(
    client_for: ClientFor, known: None
) -> None:
    page = client_for("ben").get(f"/crates/{CRATE}/fill?scan=96385074")
    assert fields_of(page)["lines-0-amount"] == "2.5"


def test_an_unknown_code_at_a_crate_leads_to_where_it_is_taught(
    client_for: ClientFor, known: None
) -> None:
    page = client_for("ben").get(f"/crates/{CRATE}/count?scan=036000291452")
    assert "Nobody has said yet what this is." in page
    assert 'href="/scan/learn?code=036000291452"' in page


def test_a_code_never_looked_up_is_not_dropped_when_a_phone_delivers_the_form(
    client_for: ClientFor, known: None
) -> None:
    ben = client_for("ben")
    form: dict[str, Any] = {
        "type": "form",
        "form": "crate-count",
        "command_id": str(uuid4()),
        "args": {"code": CRATE},
        "fields": {"scan": EAN, "found-0-item": "Rice", "found-0-amount": "1"},
    }
    batch = {"device_id": "phone", "commands": [form]}
    answer = ben.http.post("/sync", json=batch, headers={"Origin": "http://localhost"}).get_json()
    (told,) = answer["results"]
    assert told["result"] == "refused"
    assert "not looked up" in told["message"]


def test_a_phone_offline_at_the_door_just_sends_what_it_read(
    app: Flask, client_for: ClientFor, known: None
) -> None:
    form = {
        "type": "form",
        "form": "donation",
        "command_id": str(uuid4()),
        "args": {},
        "fields": {"source": "anyone", "what": "items", "scan": EAN},
    }
    batch = {"device_id": "phone", "commands": [form]}
    headers = {"Origin": "http://localhost"}
    answer = client_for("ben").http.post("/sync", json=batch, headers=headers).get_json()
    assert answer["results"][0]["result"] == "posted", answer
    with app.app_context():
        assert on_hand(find_actor("ben"), "Beans") == 48


def test_a_program_sends_what_it_scanned(app: Flask, known: None) -> None:
    with app.app_context():
        token = make_token("till", "volunteer", find_actor("ada"))
    headers = {"Authorization": f"Bearer {token}"}
    sent = {
        "command_id": str(uuid4()),
        "source": {"kind": "donation"},
        "lines": [{"scanned": f"]C101{GTIN}10A1\x1d15270600"}],
    }
    http = app.test_client()
    answer = http.post("/api/v1/receipts", json=sent, headers=headers)
    assert answer.status_code == 201, answer.get_json()
    assert answer.get_json()["lines"][0]["quantity"] == 12
    unknown = sent | {"command_id": str(uuid4()), "lines": [{"scanned": "036000291452"}]}
    refused = http.post("/api/v1/receipts", json=unknown, headers=headers)
    assert (refused.status_code, refused.get_json()["code"]) == (404, "unknown_code")


def test_a_newly_learned_code_asks_how_many_are_in_it(
    app: Flask, client_for: ClientFor, known: None
) -> None:
    ben = client_for("ben")
    answer = ben.post("/donations/look", donation(scan="0036000291452"))
    form = fields_of(answer.get_data(as_text=True))
    assert form["lines-0-is_new"] == "yes", "the page shows the question by this"
    assert form["lines-0-pack"] == ""
    sent = form | {"lines-0-item": "Oat milk", "lines-0-pack": "6"}
    assert ben.post("/donations/new", sent).status_code == 303
    with app.app_context():
        assert on_hand(find_actor("ben"), "Oat milk") == 6, "one pack came, unless it says more"
    again = looked_up(ben, "/donations/look", donation(scan="036000291452"))
    assert (again["lines-0-quantity"], again["lines-0-is_new"]) == ("6", "")
