"""What is this? The look-up of a scan, for people and for pages' scripts; learning; keeping."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.crates.commands.crates import RetireCrate, retire_crate
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.items.commands.item_codes import LearnCode, learn_code
from depot.models import ItemCode
from labels.symbols.addresses import event_url, place_url
from labels.symbols.codes import code_url
from tests.builders import NOW, find_actor, receive
from tests.clients import Client
from tests.commands.shelves import location_id_of, put_crate
from tests.current import db
from tests.statements import count_statements

ClientFor = Callable[[str], Client]
BASE = "https://depot.example"
EAN, GTIN = "5000112637922", "05000112637922"
CRATE, NOBODYS = "7K3M-9QX2", "355Q-AKGZ"


@pytest.fixture
def ids(app: Flask) -> dict[str, Any]:
    """A crate, a blank and a retired one, a hand-out, and beans whose code is known."""
    with app.app_context():
        ada = find_actor("ada")
        blank, old = create_crates(CreateCrates(command_id=uuid4(), count=2), ada).body["codes"]
        retire_crate(RetireCrate(command_id=uuid4(), crate_code=old), ada)
        put_crate(ada, CRATE, at="Arrivals", state="in_use")
        receive(ada, 36, "Beans", crate_code=CRATE, date="2027-05")
        learn_code(LearnCode(command_id=uuid4(), code=EAN, item="Beans", pack_quantity=12), ada)
        plan = PlanEvent(command_id=uuid4(), name="Market", starts_at=NOW)
        return {
            "blank": blank,
            "old": old,
            "event": plan_event(plan, ada).body["id"],
            "place": location_id_of(ada, "Arrivals"),
        }


def look(client: Client, text: str) -> dict[str, Any]:
    answer = client.http.get("/scan/look", query_string={"text": text})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def page(client: Client, text: str) -> str:
    answer = client.http.get("/scan/what", query_string={"text": text})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("spelling", ["7k3m 9qx2", CRATE, code_url(BASE, CRATE)])
def test_a_crate_is_told_with_where_it_is_and_what_is_in_it(
    client_for: ClientFor, ids: dict[str, Any], spelling: str
) -> None:
    found = look(client_for("ben"), spelling)
    assert (found["kind"], found["code"], found["href"]) == ("crate", CRATE, f"/crates/{CRATE}")
    assert found["lines"] == ["Crate at Arrivals", "Beans: 36, best before May 2027"]
    assert [one["text"] for one in found["actions"]][:3] == ["Move", "Take out", "Count"]
    assert found["tone"] == "in"


def test_each_sort_of_scan_has_its_kind(client_for: ClientFor, ids: dict[str, Any]) -> None:
    ben = client_for("ben")
    kinds = {
        ids["blank"]: "blank_crate",
        ids["old"]: "retired_crate",
        place_url(BASE, ids["place"]): "place",
        event_url(BASE, ids["event"]): "event",
        EAN: "item",
        f"(01){GTIN}(10)A1": "item",
        NOBODYS: "unknown_crate",
        "96385074": "unknown_code",
        "ART-4711": "unknown_code",
        "https://example.org/menu": "not_a_code",
        "WIFI:S:depot;;": "not_a_code",
        "": "not_a_code",
    }
    assert {text: look(ben, text)["kind"] for text in kinds} == kinds
    for text in kinds:
        page(ben, text)


def test_a_place_is_found_by_its_name_too(client_for: ClientFor, ids: dict[str, Any]) -> None:
    assert look(client_for("ben"), "arrivals")["code"] == str(ids["place"])


def test_a_known_product_fills_the_fields_of_a_line(
    client_for: ClientFor, ids: dict[str, Any]
) -> None:
    found = look(client_for("ben"), f"]C101{GTIN}15270500310300120010A1")
    assert found["item"]["name"] == "Beans"
    assert found["fills"] == {
        "scanned": f"(01){GTIN}(15)270500(3103)001200(10)A1",
        "item": "Beans",
        "quantity": "12",
        "weight": "1.2",
        "date": "2027-05",
        "date_kind": "best_before",
        "lot_code": "A1",
    }
    assert found["gs1"]["gtin"] == GTIN
    assert "best before May 2027" in found["lines"]


def test_the_crates_places_and_events_of_another_depot_are_as_unknown_as_nobodys(
    client_for: ClientFor, ids: dict[str, Any]
) -> None:
    cleo = client_for("cleo")
    ours, nobodys = look(cleo, CRATE), look(cleo, NOBODYS)
    assert {**ours, "code": "", "title": "", "actions": []} == {
        **nobodys, "code": "", "title": "", "actions": []
    }  # fmt: skip
    for text in (place_url(BASE, ids["place"]), event_url(BASE, ids["event"])):
        assert look(cleo, text)["kind"] == "unknown_code"
    assert look(cleo, EAN)["item"] is None
    assert "Beans" not in page(cleo, EAN)


def test_a_misspelt_code_gets_a_near_one(client_for: ClientFor, ids: dict[str, Any]) -> None:
    found = look(client_for("ben"), "7K3M-9QX8")
    assert [one["text"] for one in found["near"]] == [CRATE]
    assert "Did you mean" in page(client_for("ben"), "7K3M-9QX8")


@pytest.mark.parametrize(
    ("text", "most"), [(CRATE, 3), (f"{BASE}/P/1", 2), (EAN, 3), ("96385074", 3), ("ART-4711", 5)]
)
def test_a_look_up_costs_few_statements(
    app: Flask, client_for: ClientFor, ids: dict[str, Any], text: str, most: int
) -> None:
    ben = client_for("ben")
    look(ben, text)
    with app.app_context():
        engine = db.engine
    with count_statements(engine) as seen:
        look(ben, text)
    assert len(seen) <= most, seen


def test_a_script_is_told_in_json_that_nobody_is_signed_in(client_for: ClientFor) -> None:
    answer = client_for("").http.get("/scan/look?text=x")
    assert answer.status_code == 401
    assert answer.is_json


def test_a_code_is_learned_on_its_page_and_known_afterwards(
    client_for: ClientFor, ids: dict[str, Any]
) -> None:
    ben = client_for("ben")
    assert "Say what it is" in page(ben, "96385074")
    assert "96385074" in ben.get("/scan/learn?code=96385074")
    sent = {"command_id": str(uuid4()), "code": "96385074", "item": "Oat milk", "amount": "6"}
    answer = ben.post("/scan/learn", sent, follow_redirects=True)
    told = answer.get_data(as_text=True)
    assert "Known from now on: Oat milk." in told
    assert "6 in it" in told
    assert look(ben, "96385074")["item"]["pack_quantity"] == 6


def test_what_is_weighed_is_learned_in_the_depot_s_unit(
    app: Flask, client_for: ClientFor, ids: dict[str, Any]
) -> None:
    with app.app_context():
        ada = find_actor("ada")
        receive(ada, 5000, "Flour", unit="gram")
    sent = {"command_id": str(uuid4()), "code": "96385074", "item": "flour", "amount": "2.5"}
    client_for("ben").post("/scan/learn", sent)
    found = look(client_for("ben"), "96385074")
    assert found["item"]["pack_quantity"] == 2500
    assert found["fills"]["weight"] == "2.5"
    assert "quantity" not in found["fills"]


def test_another_item_is_taken_only_when_it_is_said_so(
    client_for: ClientFor, ids: dict[str, Any]
) -> None:
    ben = client_for("ben")
    sent = {"command_id": str(uuid4()), "code": EAN, "item": "Rice"}
    answer = ben.post("/scan/learn", sent)
    assert answer.status_code == 409
    asked = answer.get_data(as_text=True)
    assert "stands for “Beans” here" in asked
    assert 'name="instead"' in asked
    ben.post("/scan/learn", sent | {"instead": "yes"})
    assert look(ben, EAN)["item"]["name"] == "Rice"


def test_a_product_s_codes_stand_on_its_page_and_can_be_forgotten(
    app: Flask, client_for: ClientFor, ids: dict[str, Any]
) -> None:
    ben = client_for("ben")
    item_id = look(ben, EAN)["item"]["id"]
    shown = ben.get(f"/stock/items/{item_id}")
    assert EAN in shown
    assert "12 in it" in shown
    address = shown.split('action="/scan/codes/')[1].split('"')[0]
    answer = ben.post(f"/scan/codes/{address}", {"command_id": str(uuid4())}, follow_redirects=True)
    assert "Forgotten" in answer.get_data(as_text=True)
    assert look(ben, EAN)["kind"] == "unknown_code"


def test_an_unknown_code_is_kept_and_settled_by_a_coordinator(
    client_for: ClientFor, ids: dict[str, Any]
) -> None:
    sent = {"command_id": str(uuid4()), "text": "96385074"}
    answer = client_for("ben").post("/scan/keep", sent, follow_redirects=True)
    assert "A coordinator will look at it." in answer.get_data(as_text=True)
    ada = client_for("ada")
    look_at = ada.get("/to-look-at/")
    assert "nobody knows it" in look_at
    assert "Say what it is" in look_at
    assert "Never mind" in look_at
    number = look_at.split('action="/to-look-at/')[1].split('"')[0]
    settled = {"command_id": str(uuid4()), "resolution": "ignored"}
    answer = ada.post(f"/to-look-at/{number}", settled, follow_redirects=True)
    assert "Looked at: never mind." in answer.get_data(as_text=True)


def test_an_unknown_label_can_become_a_crate_from_the_list(
    client_for: ClientFor, ids: dict[str, Any]
) -> None:
    client_for("ben").post("/scan/keep", {"command_id": str(uuid4()), "text": NOBODYS})
    assert f'href="/C/{NOBODYS}"' in client_for("ada").get("/to-look-at/")


def test_a_scan_with_what_no_symbol_holds_is_read_without_it(client_for: ClientFor) -> None:
    assert look(client_for("ben"), "96385074\x00\x07")["gs1"]["gtin"] == "00000096385074"
    sent = {"command_id": str(uuid4()), "text": "bad\x07code"}
    answer = client_for("ben").post("/scan/keep", sent)
    assert answer.status_code == 422


@pytest.mark.parametrize(("chosen", "known_by"), [(1, "00016946000066"), (0, "00000001694666")])
def test_eight_digits_right_in_two_ways_are_asked_about(
    ids: dict[str, Any], client_for: ClientFor, app: Flask, chosen: int, known_by: str
) -> None:
    ben = client_for("ben")
    page = ben.get("/scan/learn?code=01694666")
    assert "Which number is it?" in page
    numbers = ("]E401694666", "016946000066")
    assert all(f'value="{number}"' in page for number in numbers)
    sent = {"command_id": str(uuid4()), "code": numbers[chosen], "item": "Gum"}
    assert ben.post("/scan/learn", sent).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(ItemCode.code).order_by(ItemCode.id.desc())).first() == (
            known_by
        )
    assert "Gum" in ben.get("/scan/what?text=01694666")
    assert "Which number is it?" not in ben.get("/scan/learn?code=01694666")
