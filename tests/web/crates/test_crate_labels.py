"""What a crate's label is on its page: replaced when it is torn, with allergens on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.builders import find_actor, make_token, receive
from tests.clients import Client
from tests.commands.shelves import put_crate, put_place

ClientFor = Callable[[str], Client]
CODE, OTHER = "7K3M-9QX2", "4FJH-22M8"


@pytest.fixture
def ada(client_for: ClientFor) -> Client:
    return client_for("ada")


@pytest.fixture
def ben(client_for: ClientFor) -> Client:
    return client_for("ben")


@pytest.fixture
def filled(app: Flask) -> str:
    with app.app_context():
        actor = find_actor("ben")
        put_place(actor, "Shelf B2")
        put_crate(actor, CODE, at="Arrivals")
        receive(actor, 8, "Rice", crate_code=CODE, date="2031-05")
    return CODE


def send(client: Client, path: str, **form: Any) -> TestResponse:
    return client.post(path, {"command_id": str(uuid4())} | form)


def test_a_torn_label_is_replaced_on_the_crates_page(app: Flask, ben: Client, filled: str) -> None:
    with app.app_context():
        put_crate(find_actor("ben"), OTHER)
    ben.get(f"/crates/{filled}/relabel")
    answer = send(ben, f"/crates/{filled}/relabel", new_code=OTHER.lower())
    assert answer.headers["Location"] == f"/crates/{OTHER}"
    page = ben.get(f"/crates/{OTHER}")
    assert "Rice" in page
    assert f"Earlier labels open it too: {filled}" in page
    for old in (f"/C/{filled}", f"/crates/{filled}"):
        assert ben.raw(old).headers["Location"] == f"/crates/{OTHER}"
    refused = send(ben, f"/crates/{OTHER}/relabel", new_code=filled)
    assert refused.status_code == 409
    fresh = send(ben, f"/crates/{OTHER}/relabel")
    assert fresh.headers["Location"].endswith("/label")


def test_phones_learn_of_a_replaced_label(ben: Client, filled: str) -> None:
    before = ben.raw("/scan/list")
    send(ben, f"/crates/{filled}/relabel")
    after = ben.raw("/scan/list", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    ((old, new),) = after.get_json()["replaced"]
    assert old == filled
    assert new in {crate[0] for crate in after.get_json()["crates"]}


def test_a_request_repeated_after_the_label_was_replaced_is_the_same_request(
    app: Flask, ben: Client, filled: str
) -> None:
    with app.app_context():
        token = make_token("probe", "volunteer", find_actor("ada"))
    headers = {"Authorization": f"Bearer {token}"}
    move = {"command_id": str(uuid4()), "to": "Shelf B2"}
    path = f"/api/v1/crates/{filled}/move"
    first = ben.http.post(path, json=move, headers=headers)
    assert first.status_code == 201
    send(ben, f"/crates/{filled}/relabel")
    again = ben.http.post(path, json=move, headers=headers)
    assert again.status_code == 200
    assert again.get_json() == first.get_json()
    told = ben.http.get(f"/api/v1/crates/{filled}", headers=headers).get_json()
    assert told["code"] != filled
    assert told["contents"][0]["allergens"] == []


def test_what_is_in_a_crate_is_told_with_its_allergens(
    app: Flask, ada: Client, ben: Client, filled: str
) -> None:
    page = ada.get("/stock/items")
    item = re.search(r'href="(/stock/items/\d+)"', page)
    assert item
    form = {
        "name": "Rice",
        "category": re.findall(r'value="(\d+)" selected', ada.get(f"{item[1]}/edit"))[0],
        "base_unit": "piece",
        "allergens-1-code": "nuts",
        "allergens-6-code": "milk",
    }
    assert send(ada, f"{item[1]}/edit", **form).status_code == 303
    assert "Contains: milk, nuts" in ben.get(f"/crates/{filled}")
    assert "Contains: milk, nuts" in ben.get(item[1])
    edited = ada.get(f"{item[1]}/edit")
    assert edited.count("checked") == 2
    odd = send(ada, f"{item[1]}/edit", **(form | {"allergens-1-code": "stones"}))
    assert odd.status_code == 422
