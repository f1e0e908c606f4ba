"""Duties through the pages: begun, taken, passed on, learned; what helpers and programs see."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask

from tests.builders import find_actor, make_token
from tests.clients import Client

ClientFor = Callable[[str], Client]


def begin(ada: Client, **said: str) -> str:
    form = {"command_id": str(uuid4()), "name": "Keys", "every": "2", "unit": "week"}
    start = re.search(r'name="from_on"[^>]*value="([^"]+)"', ada.get("/duties/new"))
    assert start
    answer = ada.post("/duties/new", form | {"from_on": start[1]} | said)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def press(client: Client, path: str, act: str, page: str, which: int = 0) -> int:
    """Press a button of a duty's page: its form's term goes along."""
    form = {"command_id": str(uuid4())}
    terms = re.findall(rf'/{act}"[^>]*>.*?name="term" value="([^"]+)"', page, re.S)
    if terms:
        form["term"] = terms[which]
    if act == "willing" and 'name="is_willing"' in page:
        form["is_willing"] = "yes"
    return client.post(f"{path}/{act}", form).status_code


def test_a_duty_goes_round(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    assert "None yet" in ada.get("/duties/")
    path = begin(ada, steps="Lock up\nCount the keys")
    assert "Count the keys" in ben.get(path)
    assert "1 duty asks for somebody" in ben.get("/duties/")
    assert press(ben, path, "willing", ben.get(path)) == 303
    assert "never yet" in ben.get(path)
    assert press(ben, path, "accept", ben.get(path)) == 303
    page = ada.get(path)
    assert "Ben until" in page
    assert "asks for the next one" in page
    assert press(ada, path, "learn", page) == 303
    assert "Ada learns it" in ben.get(path)
    assert press(ben, path, "pass", ben.get(path)) == 303
    assert "not this time" in ada.get(path)
    assert press(ada, path, "accept", ada.get(path)) == 303
    page = ada.get("/duties/")
    assert "Who carries how much" in page


def test_what_is_wrong_is_said_at_the_form(client_for: ClientFor) -> None:
    ada = client_for("ada")
    form = {"command_id": str(uuid4()), "name": "Keys", "every": "0", "unit": "week"}
    assert ada.post("/duties/new", form | {"from_on": "2001-01-01"}).status_code == 422
    path = begin(ada)
    taken = {"command_id": str(uuid4()), "term": "no term"}
    assert ada.post(f"{path}/accept", taken).status_code == 404
    ended = {"command_id": str(uuid4()), "last_on": ""}
    assert ada.post(f"{path}/end", ended).status_code == 422


def test_a_duty_ends(client_for: ClientFor) -> None:
    ada = client_for("ada")
    path = begin(ada)
    start = re.search(r'name="from_on"[^>]*value="([^"]+)"', ada.get("/duties/new"))
    assert start
    form = {"command_id": str(uuid4()), "last_on": start[1]}
    assert ada.post(f"{path}/end", form).status_code == 303


@pytest.mark.parametrize("address", ["/duties/new"])
def test_beginning_one_is_for_coordinators(client_for: ClientFor, address: str) -> None:
    ben = client_for("ben")
    ben.get(address, 403)
    path = begin(client_for("ada"))
    assert ben.post(f"{path}/end", {"command_id": str(uuid4())}).status_code == 403
    client_for("cleo").get(path, 404)


def test_programs_read_them(app: Flask, client_for: ClientFor) -> None:
    begin(client_for("ada"))
    with app.app_context():
        token = make_token("till", "volunteer", find_actor("ada"))
    answer = app.test_client().get("/api/v1/duties", headers={"Authorization": f"Bearer {token}"})
    told = answer.json
    assert told is not None
    assert [(one["name"], one["state"]) for one in told["duties"]] == [("Keys", "open")]
