"""Recipes, making by them, again, taking apart and genealogy, through pages and the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from depot.models import Lot, StockEntry
from tests.builders import find_actor, make_token, on_hand, receive
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]


def stock(app: Flask) -> None:
    with app.app_context():
        ada = find_actor("ada")
        receive(ada, 40, "Carrots")
        receive(ada, 1, "Soup")


def recipe(**changed: str) -> dict[str, Any]:
    form = {
        "command_id": str(uuid4()),
        "name": "Carrot soup",
        "inputs-0-item": "Carrots",
        "inputs-0-amount": "10",
        "outputs-0-item": "Soup",
        "outputs-0-amount": "20",
        "outputs-0-keeps_days": "3",
    }
    return form | {name.replace("__", "-"): value for name, value in changed.items()}


def newest_entry(app: Flask) -> int:
    with app.app_context():
        newest = select(StockEntry.id).order_by(StockEntry.id.desc()).limit(1)
        return db.session.scalars(newest).one()


def test_a_recipe_may_name_items_that_are_new(app: Flask, client_for: ClientFor) -> None:
    stock(app)
    ada = client_for("ada")
    unknown = recipe(inputs__1__item="Turnips", inputs__1__amount="2.5")
    assert ada.post("/production/recipes/new", unknown).status_code in (404, 422)
    new = unknown | {"command_id": str(uuid4()), "inputs-1-unit": "gram"}
    assert ada.post("/production/recipes/new", new).status_code == 303
    assert "2.5 kg" in ada.get("/production/recipes/1")


def test_a_recipe_is_written_made_and_made_again(app: Flask, client_for: ClientFor) -> None:
    stock(app)
    ada, ben = client_for("ada"), client_for("ben")
    ada.get("/production/recipes/new")
    assert ada.post("/production/recipes/new", recipe()).status_code == 303
    assert ada.post("/production/recipes/1/edit", recipe(inputs__0__amount="11")).status_code == 303
    page = ben.get("/production/recipes/1")
    assert "Version 2" in page
    assert "use by 3 days after making" in page
    assert "Edit this recipe" not in page
    assert "Carrot soup" in ben.get("/production/recipes")
    planned = ben.get("/production?recipe=1&times=2")
    assert "Carrot soup, version 2, 2 times" in planned
    assert 'value="22"' in planned
    form = {
        "command_id": str(uuid4()),
        "recipe": "1",
        "times": "2",
        "inputs-0-item": "Carrots",
        "inputs-0-amount": "24",
        "outputs-0-item": "Soup",
        "outputs-0-amount": "38",
        "waste-0-item": "Carrots",
        "waste-0-amount": "3",
    }
    assert ben.post("/production", form).status_code == 303
    page = ben.get("/production")
    assert "Wasted: Carrots (3)." in page
    assert "Carrots: 24 used, 22 planned" in page
    assert "Yield of Soup: 38 of 40 planned, 95 %" in page
    again = ben.get(f"/production?again={newest_entry(app)}")
    assert 'value="24"' in again
    assert 'name="times" value="2"' in again
    assert "Again, as the last time" in ben.get("/production/recipes/1")
    assert b"Carrot soup" in ben.raw("/production/recipes.csv").data


def test_helpers_and_other_depots_do_not_write_recipes(app: Flask, client_for: ClientFor) -> None:
    stock(app)
    ada, ben, cleo = client_for("ada"), client_for("ben"), client_for("cleo")
    ada.post("/production/recipes/new", recipe())
    assert ben.post("/production/recipes/new", recipe(name="Mine")).status_code == 403
    assert ben.post("/production/recipes/1/edit", recipe()).status_code == 403
    for address in ("/recipes/1", "/recipes/1/edit", "?recipe=1", "?again=1", "/1/apart"):
        cleo.get(f"/production{address}", status=404)
    assert "Carrot soup" not in cleo.get("/production/recipes")
    assert ada.post("/production/recipes/new", recipe()).status_code == 409
    page = ada.post("/production/recipes/1/edit", recipe(inputs__0__amount="1.5"))
    assert page.status_code == 422
    assert 'id="f-inputs-0-amount-error"' in page.get_data(as_text=True)


def test_what_was_made_is_taken_apart_and_its_origin_is_shown(
    app: Flask, client_for: ClientFor
) -> None:
    stock(app)
    ben, cleo = client_for("ben"), client_for("cleo")
    made = {
        "command_id": str(uuid4()),
        "inputs-0-item": "Carrots",
        "inputs-0-amount": "5",
        "outputs-0-item": "Soup",
        "outputs-0-amount": "9",
    }
    ben.post("/production", made)
    entry_id = newest_entry(app)
    with app.app_context():
        made_here = select(Lot.id, Lot.item_id).where(Lot.produced_by_seq > 0)
        lot_id, item_id = db.session.execute(made_here).one()
    page = ben.get(f"/production/lots/{lot_id}")
    assert "What it is made of" in page
    assert "Carrots" in page
    assert b"Carrots" in ben.raw(f"/production/lots/{lot_id}.csv").data
    cleo.get(f"/production/lots/{lot_id}", status=404)
    assert f"/production/lots/{lot_id}" in ben.get(f"/stock/items/{item_id}")
    assert f"/production/lots/{lot_id}" in ben.get(f"/ledger/{entry_id}")
    assert "9 Soup" in ben.get(f"/production/{entry_id}/apart")
    form = {"command_id": str(uuid4())}
    for _ in range(2):
        assert ben.post(f"/production/{entry_id}/apart", form).status_code == 303
    assert (
        cleo.post(f"/production/{entry_id}/apart", {"command_id": str(uuid4())}).status_code == 404
    )
    refused = ben.post(f"/production/{entry_id}/apart", {"command_id": str(uuid4())})
    assert refused.status_code == 409
    assert "Soup taken apart" in ben.get("/production")
    with app.app_context():
        assert on_hand(find_actor("ada"), "Carrots") == 40


def test_programs_write_and_make_recipes(app: Flask) -> None:
    client: Any = app.test_client()
    stock(app)
    with app.app_context():
        ada = find_actor("ada")
        token = make_token("kitchen", "coordinator", ada)
        helper = make_token("scale", "volunteer", ada)
    sent = {"headers": {"Authorization": f"Bearer {token}"}}
    body = {
        "command_id": str(uuid4()),
        "name": "Carrot soup",
        "inputs": [{"item": "Carrots", "quantity": 10}],
        "outputs": [{"item": "Soup", "quantity": 20}],
    }
    saved = client.post("/api/v1/recipes", json=body, **sent)
    assert saved.status_code == 201
    assert (saved.json["id"], saved.json["version"]) == (1, 1)
    assert client.post("/api/v1/recipes", json=body, **sent).json == saved.json
    body |= {"command_id": str(uuid4()), "outputs": [{"item": "Soup", "quantity": 21}]}
    body["why"] = "the pot holds more"
    forbidden = {"Authorization": f"Bearer {helper}"}
    assert client.post("/api/v1/recipes", json=body, headers=forbidden).status_code == 403
    assert client.post("/api/v1/recipes", json=body, **sent).json["version"] == 2
    told = Client.signed_in(app, "ben").get("/open-book/settings")
    assert told.count("Why: the pot holds more") == 1
    refused = client.post("/api/v1/recipes", json=body | {"why": "x" * 501}, **sent)
    assert (refused.status_code, "why" in refused.text) == (422, True)
    listed = client.get("/api/v1/recipes", **sent).json
    assert listed["next"] is None
    assert [(row["name"], row["version"]) for row in listed["recipes"]] == [("Carrot soup", 2)]
    assert listed["recipes"][0]["outputs"][0]["quantity"] == 21
    make = {
        "command_id": str(uuid4()),
        "recipe": "Carrot soup",
        "times": 2,
        "waste": [{"item": "Carrots", "quantity": 1}],
    }
    made = client.post("/api/v1/production", json=make, headers=forbidden)
    assert made.status_code == 201
    assert made.json["recipe_version"] == 2
    assert made.json["outputs"][0]["quantity"] == 42
    assert made.json["waste"][0]["quantity"] == 1
    bare = client.post("/api/v1/production", json={"command_id": str(uuid4())}, **sent)
    assert bare.status_code == 422
