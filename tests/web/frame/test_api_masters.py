"""Programs make, read and change what pages do: items, partners, places, plans, needs, imports."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from depot.base.clock import utc_now
from tests.builders import find_actor, make_token
from tests.web.depot_addresses import MARK, North, bearer, furnish

API = "/api/v1"
Answer = tuple[int, dict[str, Any]]


class Program:
    """A coordinator's program of a depot."""

    def __init__(self, app: Flask, login: str = "ada") -> None:
        self.http: FlaskClient = app.test_client()
        self.headers = bearer(app, login)

    def get(self, path: str) -> Any:
        answer = self.http.get(API + path, headers=self.headers)
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()

    def send(self, method: str, path: str, body: dict[str, Any]) -> Answer:
        sent = {"command_id": str(uuid4())} | body
        answer = self.http.open(API + path, method=method, json=sent, headers=self.headers)
        return answer.status_code, answer.get_json()


@pytest.fixture
def north(app: Flask) -> North:
    return furnish(app)


@pytest.fixture
def ada(app: Flask, north: North) -> Program:
    assert north
    return Program(app)


MASTERS = [
    (
        "/items",
        {
            "name": "Quince",
            "category": f"{MARK} greens",
            "unit": "piece",
            "unit_weight_milligrams": 250_000,
            "allergens": ["nuts"],
            "allergens_known": True,
            "diets": ["halal"],
            "shelf_life": {"amount": 3, "unit": "day"},
            "shelf_life_source": "the orchard",
            "names": {"es": "Membrillo"},
            "note": "hard",
        },
        {"note": "soft", "shelf_life": None},
    ),
    (
        "/partners",
        {
            "name": "Mill",
            "source_kind": "farm",
            "mail_address": "mill@example.org",
            "phone": "+49 30 1",
            "is_agency": True,
            "language": "fr",
            "note": "rings twice",
        },
        {"name": "Old mill", "phone": ""},
    ),
    (
        "/locations",
        {"name": "Loft", "kind": "quarantine", "note": "up", "walk_position": 3},
        {"walk_position": None, "kind": "storage"},
    ),
]
every_master = pytest.mark.parametrize(("path", "body", "change"), MASTERS)


@every_master
def test_what_is_made_is_read_as_it_was_said(
    ada: Program, path: str, body: dict[str, Any], change: dict[str, Any]
) -> None:
    status, made = ada.send("POST", path, body)
    assert status == 201, made
    own = f"{path}/{made['id']}"
    told = ada.get(own)
    assert {name: told[name] for name in body} == body
    listed = ada.get(f"{path}?limit=500")[path[1:]]
    (row,) = [one for one in listed if one["id"] == made["id"]]
    assert row.items() <= told.items()

    assert ada.send("PATCH", own, change)[0] == 201
    assert ada.get(own) == told | change, "what is not said stays as it is"
    assert ada.send("PATCH", own, {"archived": True})[0] == 201
    assert ada.get(own) == told | change | {"archived": True}


@every_master
def test_a_change_that_is_sent_again_does_nothing_even_after_another(
    ada: Program, path: str, body: dict[str, Any], change: dict[str, Any]
) -> None:
    own = f"{path}/{ada.send('POST', path, body)[1]['id']}"
    first = change | {"command_id": str(uuid4())}
    assert ada.send("PATCH", own, first)[0] == 201
    assert ada.send("PATCH", own, {"note": "later"})[0] == 201
    assert ada.send("PATCH", own, first)[0] == 200
    assert ada.get(own)["note"] == "later"


@every_master
def test_what_cannot_be_is_refused_at_its_field(
    app: Flask, ada: Program, path: str, body: dict[str, Any], change: dict[str, Any]
) -> None:
    made = ada.send("POST", path, body)[1]
    own = f"{path}/{made['id']}"
    assert ada.send("POST", path, body)[1]["code"] == "name_taken"
    for wrong, field in (({"surprise": 1}, "surprise"), ({"name": " "}, "name")):
        for method, address in (("POST", path), ("PATCH", own)):
            sent = (body if method == "POST" else {}) | {"name": "Other"} | wrong
            status, told = ada.send(method, address, sent)
            assert (status, list(told["errors"])) == (422, [field]), (method, wrong)
    if "language" in body:
        told = ada.send("PATCH", own, {"language": "tlh"})[1]
        assert told["errors"] == {"language": ["That language is not known here."]}
    cleo = Program(app, "cleo")
    assert cleo.send("PATCH", own, change)[0] == 404
    assert cleo.http.get(API + own, headers=cleo.headers).status_code == 404


def test_items_take_names_away_and_refuse_languages_that_are_none(ada: Program) -> None:
    item = MASTERS[0][1]
    own = f"/items/{ada.send('POST', '/items', item)[1]['id']}"
    assert ada.send("PATCH", own, {"names": {"fr": "Coing"}})[0] == 201
    assert ada.get(own)["names"] == {"es": "Membrillo", "fr": "Coing"}
    assert ada.send("PATCH", own, {"names": {"es": ""}})[0] == 201
    assert ada.get(own)["names"] == {"fr": "Coing"}
    assert ada.send("PATCH", own, {"names": {"xx": "Q"}})[1]["errors"].keys() == {"names"}
    assert ada.send("PATCH", own, {"diets": ["vegan"], "allergens": ["eggs"]})[0] == 422


def test_a_volunteers_program_reads_a_partner_without_how_it_is_reached(
    app: Flask, ada: Program
) -> None:
    own = f"/partners/{ada.send('POST', '/partners', MASTERS[1][1])[1]['id']}"
    with app.app_context():
        token = make_token("scale", "volunteer", find_actor("ada"))
    headers = {"Authorization": f"Bearer {token}"}
    told = ada.http.get(API + own, headers=headers).get_json()
    assert (told["name"], told["mail_address"], told["phone"]) == ("Mill", "", "")
    body = {"command_id": str(uuid4()), "note": "x"}
    assert ada.http.patch(API + own, json=body, headers=headers).status_code == 403


def test_a_plan_is_read_as_it_was_written(ada: Program, north: North) -> None:
    own = f"/events/{north.ids['event_id']}"
    assert ada.get(own)["name"] == f"{MARK} market"
    body = {"lines": [{"item": f"{MARK} kale", "quantity": 3}]}
    written = ada.send("PUT", f"{own}/plan", body)[1]
    assert ada.get(f"{own}/plan") == written
    assert [line["planned"] for line in written["lines"]] == [3]


def test_a_rule_of_needs_is_read_as_it_was_said_and_everybody_reads_it_at_once(
    ada: Program, north: North
) -> None:
    rule = {
        "said": "short",
        "said_until": (utc_now().date() + timedelta(days=9)).isoformat(),
        "note": "no glass",
        "minimum_quantity": 5000,
        "share_permille": 100,
        "is_left_out": False,
    }
    number = north.ids["category_id"]
    assert ada.send("PUT", f"/needs/category/{number}", rule) == (201, {"name": f"{MARK} greens"})
    rows = {(row["kind"], row["id"]): row for row in ada.get("/needs")["needs"]}
    assert rows["category", number]["rule"] == rule
    assert rows["category", number]["is_short"]
    assert ada.send("PUT", f"/needs/item/{north.ids['item_id']}", {"note": "no stalks"})[0] == 201
    rows = {(row["kind"], row["id"]): row for row in ada.get("/needs")["needs"]}
    assert rows["item", north.ids["item_id"]]["rule"]["note"] == "no stalks"
    assert ada.send("PUT", f"/needs/category/{number}", rule | {"share_permille": 1001})[0] == 422


def test_a_table_is_taken_in_whole_or_not_and_undone(ada: Program) -> None:
    bad = {"kind": "items", "csv": "name,category\nMedlar,Fruit\n,Fruit\n"}
    status, told = ada.send("POST", "/imports", bad)
    assert (status, told["code"]) == (422, "rows_have_problems")
    assert list(told["errors"]["rows"]) == ["3"]
    names = {item["name"] for item in ada.get("/items?limit=500")["items"]}
    assert "Medlar" not in names
    status, told = ada.send("POST", "/imports", bad | {"skip_problems": True})
    assert (status, told["kind"], told["new"], told["left_out"]) == (201, "items", 1, 1)
    newest = ada.get("/imports")["imports"][0]
    assert (newest["kind"], newest["is_undone"]) == ("items", False)
    assert ada.send("POST", f"/imports/{newest['id']}/undo", {})[1]["removed"] == newest["rows"]
    assert ada.get("/imports")["imports"][0]["is_undone"]
    named = {"kind": "locations", "csv": "Wo\nLoft\n", "columns": {"name": "Wo"}}
    assert ada.send("POST", "/imports", named)[1]["new"] == 1


def test_what_waits_is_settled_by_programs_too(ada: Program) -> None:
    waiting = ada.get("/discrepancies?state=open")["discrepancies"]
    assert waiting
    first = waiting[0]
    path = f"/discrepancies/{first['id']}/settle"
    assert ada.send("POST", path, {"resolution": "perhaps"})[0] == 422
    status, told = ada.send("POST", path, {"resolution": "accepted"})
    assert (status, told["resolution"]) == (201, "accepted")
    assert first["id"] not in {
        row["id"] for row in ada.get("/discrepancies?state=open")["discrepancies"]
    }
    settled = ada.get("/discrepancies?state=settled")["discrepancies"]
    assert (settled[0]["id"], settled[0]["resolution"]) == (first["id"], "accepted")
    page = ada.get("/discrepancies?limit=1")
    more = ada.get(f"/discrepancies?limit=1&after={page['next']}") if page["next"] else None
    assert more is None or more["discrepancies"][0]["id"] < page["discrepancies"][0]["id"]
