"""The API's frame: tokens, JSON only, one shape of errors, its description."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from depot.people.commands import access
from tests.builders import find_actor, make_token, on_hand
from tests.clients import Client

RECEIPT: dict[str, Any] = {
    "source": {"kind": "rescue", "partner": "SuperFresh"},
    "lines": [{"item": "Beans", "quantity": 24, "date": "2027-05"}],
}


def bearer(app: Flask, login: str = "ada", role: str = "volunteer") -> dict[str, str]:
    with app.app_context():
        token = make_token("till", role, find_actor(login))
    return {"Authorization": f"Bearer {token}"}


def test_a_receipt_posts_once_and_answers_the_same(app: Flask) -> None:
    http, headers = app.test_client(), bearer(app)
    body = RECEIPT | {"command_id": str(uuid4())}
    first = http.post("/api/v1/receipts", json=body, headers=headers)
    second = http.post("/api/v1/receipts", json=body, headers=headers)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json
    assert first.get_json()["seq"] == 1
    other = body | {"note": "another"}
    reused = http.post("/api/v1/receipts", json=other, headers=headers)
    assert (reused.status_code, reused.get_json()["code"]) == (409, "command_id_reused")
    with app.app_context():
        assert on_hand(find_actor("ada"), "Beans") == 24


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"surprise": 1}, "surprise"),
        ({"command_id": "no"}, "command_id"),
        ({"occurred_at": "yesterday"}, "occurred_at"),
        ({"lines": []}, "lines"),
        ({"source": {"kind": "magic"}}, "source"),
        ({"lines": [{"item": "Beans", "quantity": 0}]}, "lines"),
        ({"lines": [{"item": "Beans", "quantity": -1}]}, "lines"),
        ({"lines": [{"item": "Beans", "quantity": 2.5}]}, "lines"),
        ({"lines": [{"item": "Beans", "quantity": True}]}, "lines"),
        ({"lines": [{"item": "Beans", "quantity": "2"}]}, "lines"),
        ({"lines": [{"item": "Beans", "quantity": 10**30}]}, "lines"),
        ({"lines": [{"item": "Be\x07ns", "quantity": 1}]}, "lines"),
        ({"lines": [{"item": "Be\u202ens", "quantity": 1}]}, "lines"),
        ({"lines": [{"item": "Be\ud800ns", "quantity": 1}]}, "lines"),
        ({"lines": [{"item": "B" * 500, "quantity": 1}]}, "lines"),
        ({"lines": [{"item": "Beans", "quantity": 1, "date": "2027-02-31"}]}, "date"),
        ({"lines": [{"item": "Beans", "quantity": 1, "date": "9999-01-01"}]}, "date"),
        ({"lines": [{"item": "Beans"}]}, "quantity"),
        ({"occurred_at": "2999-01-01T00:00:00Z"}, "occurred_at"),
        ({"occurred_at": "1970-01-01T00:00:00Z"}, "occurred_at"),
    ],
)
def test_bad_input_names_its_field_and_writes_nothing(
    app: Flask, change: dict[str, Any], field: str
) -> None:
    body = RECEIPT | {"command_id": str(uuid4())} | change
    answer = app.test_client().post("/api/v1/receipts", json=body, headers=bearer(app))
    assert answer.status_code == 422
    assert field in answer.get_json()["errors"], answer.get_json()
    with app.app_context():
        assert on_hand(find_actor("ada"), "Beans") == 0


def test_without_a_token_that_counts_there_is_no_door(app: Flask) -> None:
    http = app.test_client()
    for headers in ({}, {"Authorization": "Bearer nope"}, {"Authorization": "Basic eDp5"}):
        answer = http.post("/api/v1/receipts", json={}, headers=headers)
        assert (answer.status_code, answer.get_json()["code"]) == (401, "unauthenticated")


def test_broken_json_and_other_content_types_are_refused(app: Flask) -> None:
    http, headers = app.test_client(), bearer(app)
    json_type = {"Content-Type": "application/json"}
    broken = http.post("/api/v1/receipts", data="{", headers=headers | json_type)
    assert (broken.status_code, broken.get_json()["code"]) == (400, "bad_request")
    form = http.post("/api/v1/receipts", data={"a": "b"}, headers=headers)
    assert form.status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"count":' + "9" * 9_000 + "}",
        '{"count":',
        b"\xff",
        "NaN",
    ],
    ids=["deep lists", "deep objects", "a number without end", "cut off", "not UTF-8", "NaN"],
)
def test_a_body_that_cannot_be_read_is_refused_and_is_no_bug(app: Flask, body: str | bytes) -> None:
    headers = bearer(app) | {"Content-Type": "application/json"}
    answer = app.test_client().post("/api/v1/crates", data=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert answer.get_json()["code"] in ("bad_request", "invalid")


def test_no_body_at_all_names_what_is_missing(app: Flask) -> None:
    headers = bearer(app) | {"Content-Type": "application/json"}
    answer = app.test_client().post("/api/v1/crates", headers=headers)
    assert answer.status_code == 422
    assert set(answer.get_json()["errors"]) == {"command_id", "count"}


def test_a_revoked_token_is_none(app: Flask) -> None:
    headers = bearer(app)
    with app.app_context():
        access.revoke_token(access.RevokeToken(command_id=uuid4(), token_id=1), find_actor("ada"))
    answer = app.test_client().post("/api/v1/receipts", json={}, headers=headers)
    assert answer.status_code == 401


def test_the_description_is_open_and_so_is_its_page(app: Flask) -> None:
    client = Client(app.test_client())
    described = client.raw("/api/v1/openapi.json")
    assert described.get_json()["openapi"] == "3.1.0"
    assert "/api/v1/receipts" in described.get_json()["paths"]
    assert "/api/v1/receipts" in client.get("/api/v1/docs")


def test_the_newest_emoji_is_a_letter_and_a_noncharacter_is_none(app: Flask) -> None:
    http, headers = app.test_client(), bearer(app)
    for note, status in (("\U0001fae9 thanks", 201), ("\ufffe", 422), ("\ufdd0", 422)):
        body = RECEIPT | {"command_id": str(uuid4()), "note": note}
        assert http.post("/api/v1/receipts", json=body, headers=headers).status_code == status


def test_two_spellings_of_a_new_name_are_one_item(app: Flask) -> None:
    lines = [{"item": "Oat milk", "quantity": 2}, {"item": "OAT  milk", "quantity": 3}]
    body = RECEIPT | {"command_id": str(uuid4()), "lines": lines}
    answer = app.test_client().post("/api/v1/receipts", json=body, headers=bearer(app))
    assert answer.status_code == 201
    with app.app_context():
        assert on_hand(find_actor("ada"), "Oat milk") == 5
