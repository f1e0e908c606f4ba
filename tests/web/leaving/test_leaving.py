"""Leaving through the pages, the file about oneself, and what others read of who left."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.base.names import LEFT
from depot.db.transaction import transaction
from depot.models import Item, Person
from depot.open_book.giving import decided, give_role
from depot.words.reader import Reader
from tests.builders import PASSWORD, find_actor, make_token, receive
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]


def leave(client: Client, name: str, password: str = PASSWORD, **said: str) -> int:
    form = {"command_id": str(uuid4()), "name": name, "password": password} | said
    return client.post("/account/leave", form).status_code


def test_ben_leaves_in_two_steps_and_everything_else_stays(
    app: Flask, client_for: ClientFor
) -> None:
    with app.app_context():
        receive(find_actor("ben"), 24, "Rice")
    ben = client_for("ben")
    assert "/account/leave" in ben.get("/account")
    page = ben.get("/account/leave")
    assert "What goes" in page
    assert "What stays" in page
    assert "/account/leave/confirm" in page
    assert 'type="password"' in ben.get("/account/leave/confirm")
    assert leave(ben, "Ada") == 422
    assert leave(ben, "Ben", "wrong") == 401
    assert leave(ben, "ben") == 303
    assert "You have left, and your name with you" in ben.get("/sign-in")
    ben.get("/account", 302)
    ada = client_for("ada")
    ledger = ada.get("/ledger/")
    assert LEFT in ledger
    assert "Ben" not in ledger
    assert LEFT in ada.get("/open-book/")
    assert "Ben" not in ada.get("/people/journal")


def test_what_a_wrong_password_was_is_not_shown_again(client_for: ClientFor) -> None:
    ben = client_for("ben")
    form = {"command_id": str(uuid4()), "name": "Ben", "password": "my other password"}
    answer = ben.post("/account/leave", form)
    assert answer.status_code == 401
    assert "my other password" not in answer.text


def test_the_last_coordinator_is_told_what_to_do(client_for: ClientFor) -> None:
    ada = client_for("ada")
    assert "You are the last coordinator of North" in ada.get("/account/leave")
    answer = ada.post(
        "/account/leave", {"command_id": str(uuid4()), "name": "Ada", "password": PASSWORD}
    )
    assert answer.status_code == 422
    assert "depot person erase" in answer.text


def test_each_reader_is_told_in_their_language(
    app: Flask, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On pages, in sentences, in files; programs get the English words, as they get all others."""
    with app.app_context():
        receive(find_actor("ben"), 24, "Rice")
        token = make_token("till", "coordinator", find_actor("ada"))
        rice = db.session.scalars(select(Item.id).where(Item.name == "Rice")).one()
    assert leave(client_for("ben"), "Ben") == 303
    ada = client_for("ada")
    told = "jemand, der ging"
    item_file = f"/stock/items/{rice}/movements.csv"
    real = Reader.name
    monkeypatch.setattr(
        Reader, "name", lambda self, value: told if value == LEFT else real(self, value)
    )
    for path in ("/ledger/", "/open-book/", "/people/journal", "/ledger/list.csv", item_file):
        answer = ada.http.get(path)
        assert answer.status_code == 200
        assert LEFT not in answer.text, path
        assert told in answer.text, path
    said = app.test_client().get("/api/v1/entries", headers={"Authorization": f"Bearer {token}"})
    assert LEFT in said.text


def test_the_file_about_oneself(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        receive(find_actor("ben"), 24, "Rice")
    answer = client_for("ben").http.get("/account/everything.json")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=about-me-")
    told = json.loads(answer.text)
    assert told["person"][0]["name"] == "Ben"
    assert len(told["stock_entry"]) == 1
    assert app.test_client().get("/account/everything.json").status_code == 302


def test_a_coordinator_erases_who_asks_for_it(app: Flask, client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    assert "/people/erase/" in ada.get("/people/")
    ben.get("/people/erase/", 403)
    assert "Ben" in ada.get("/people/erase/?q=be")
    assert "Ben" not in ada.get("/people/erase/?q=zzz")
    with app.app_context():
        number = find_actor("ben").person_id
        stranger = find_actor("cleo").person_id
    ada.get(f"/people/erase/{stranger}", 404)
    assert "Erase Ben" in ada.get(f"/people/erase/{number}")
    form = {"command_id": str(uuid4()), "why": "asked by letter"}
    assert ada.post(f"/people/erase/{number}", form).status_code == 303
    ada.get(f"/people/erase/{number}", 404)
    settings = ada.get("/open-book/settings")
    assert f"Erased on request: person {number}" in settings
    assert "asked by letter" in settings
    ben.get("/account", 302)
    with app.app_context():
        left = db.session.scalars(select(Person.name).where(Person.id == number)).one()
        assert left == LEFT


def test_of_who_coordinates_another_depot_the_page_says_what_must_happen_first(
    app: Flask, client_for: ClientFor
) -> None:
    with app.app_context():
        cleo, ben = find_actor("cleo"), find_actor("ben").person_id or 0
        with transaction() as session:
            why = decided(cleo, "let_in", utc_now())
            give_role(session, cleo.depot_id, ben, "coordinator", why)
    page = client_for("ada").get(f"/people/erase/{ben}")
    assert "They coordinate another depot, too. That has to end there first." in page
    assert "There a coordinator ends their access" in page
    assert "Erase them" not in page
    assert "South" not in page
