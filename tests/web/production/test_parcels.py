"""Parcels through pages and the API: written, multiplied out, and an event's plan."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask import Flask

from blueprints.frame.errors import status_of
from depot.base.clock import utc_now
from depot.production import errors
from tests.builders import find_actor, make_token, receive
from tests.clients import Client

ClientFor = Callable[[str], Client]


def stock(app: Flask) -> None:
    with app.app_context():
        ada = find_actor("ada")
        receive(ada, 40, "Rice")
        receive(ada, 5, "Tuna")
        receive(ada, 9, "Sardines")
        receive(ada, 30, "Chickpeas")


def parcel(**changed: str) -> dict[str, Any]:
    form = {
        "command_id": str(uuid4()),
        "name": "Standard",
        "lines-0-item": "Rice",
        "lines-0-household": "1",
        "lines-0-adult": "1",
        "lines-1-item": "Tuna",
        "lines-1-adult": "1",
        "lines-1-child": "1",
        "lines-1-swaps": "Sardines",
        "lines-1-instead": "vegan: Chickpeas\nvegetarian: -",
    }
    return form | {name.replace("__", "-"): value for name, value in changed.items()}


def test_a_parcel_is_written_shown_and_edited(app: Flask, client_for: ClientFor) -> None:
    stock(app)
    ada, ben = client_for("ada"), client_for("ben")
    assert ada.post("/production/parcels/new", parcel()).status_code == 303
    page = ben.get("/production/parcels/1")
    assert "1 a household · 1 an adult" in page
    assert "Or instead: Sardines" in page
    assert "vegan: Chickpeas" in page
    assert "vegetarian: nothing of it" in page
    assert "Nobody said that these are vegan:" in page
    assert "Allergens not known" in page
    assert "Edit this parcel" not in page
    edit = ada.get("/production/parcels/1/edit")
    assert "vegetarian: -" in edit
    changed = parcel(lines__0__adult="2")
    assert ada.post("/production/parcels/1/edit", changed).status_code == 303
    assert "Version 2" in ben.get("/production/parcels/1")
    assert "Standard" in ben.get("/production/parcels")
    assert ben.get("/production/parcels/new", status=403)
    assert ben.post("/production/parcels/new", parcel(name="Mine")).status_code == 403


def test_what_is_wrong_stands_at_its_field(app: Flask, client_for: ClientFor) -> None:
    stock(app)
    ada = client_for("ada")
    for changed, sentence in (
        ({"lines__1__instead": "vegan Chickpeas"}, "Write the diet, a colon"),
        ({"lines__1__swaps": "Moon dust"}, "Moon dust"),
        ({"lines__0__item": "", "lines__0__adult": "2"}, "Which item, or which category?"),
        ({"sizes": "Small\nLarge", "lines__0__sizes": "1 / x"}, "“x”"),
    ):
        page = ada.post("/production/parcels/new", parcel(**changed))
        assert page.status_code in (404, 422), changed
        assert sentence in page.text
    assert "No parcel yet" in ada.get("/production/parcels")


def test_a_parcel_of_sizes_and_choices(app: Flask, client_for: ClientFor) -> None:
    stock(app)
    ada = client_for("ada")
    form = {
        "command_id": str(uuid4()),
        "name": "By size",
        "sizes": "Small\nLarge",
        "lines-0-item": "Tuna",
        "lines-0-choices": "Sardines\nChickpeas",
        "lines-0-sizes": "1 / 3",
    }
    assert ada.post("/production/parcels/new", form).status_code == 303
    page = ada.get("/production/parcels/1")
    assert "One of: Tuna, Sardines, Chickpeas" in page
    assert "Small: 1 · Large: 3" in page
    assert 'value="1 / 3"' in ada.get("/production/parcels/1/edit")
    needs = ada.get("/production/parcels/1/households?households-0-1=2&households-0-2=4")
    assert "To take along for 6 households" in needs
    assert "5 Tuna · 5 Sardines · 4 Chickpeas" in needs


def test_a_grid_shows_what_is_needed_before_anything_is_saved(
    app: Flask, client_for: ClientFor
) -> None:
    stock(app)
    ada, ben = client_for("ada"), client_for("ben")
    ada.post("/production/parcels/new", parcel())
    assert "Work out what it needs" in ben.get("/production/parcels/1/households")
    grid = "households-0-2-1=4&households-1-1-0=3&more-0-adults=7&more-0-count=1"
    address = f"/production/parcels/1/households?{grid}"
    page = ben.get(address)
    assert "To take along for 8 households: 18 adults, 4 children" in page
    assert "Tuna, vegan" in page
    assert "5 short" in page
    sheet = re.findall(r'href="(/production/parcels/1/households\.pdf[^"]*)"', page)[0]
    pdf = ben.raw(html.unescape(sheet))
    assert (pdf.content_type, pdf.data[:4]) == ("application/pdf", b"%PDF")
    assert client_for("cleo").raw(html.unescape(sheet)).status_code == 404
    assert ben.raw("/production/parcels/1/households.pdf").status_code == 302
    hostile = ben.get(f"{address}&_scheme=javascript&_external=1&_anchor=x")
    assert [words for words in ("javascript", "#x") if f'href="{words}' in hostile] == []
    assert "javascript" not in ben.get("/papers/stock?_scheme=javascript&_external=1")
    file = ben.get(address.replace("households?", "households.csv?"))
    assert "Sardines" in file
    assert "This must be a whole number." in ben.get(
        "/production/parcels/1/households?households-0-1-0=x"
    )
    assert "How many households?" in ben.get("/production/parcels/1/households?more-0-adults=7")
    assert ben.get("/production/parcels/1/households?event=999", status=404)
    assert client_for("cleo").get("/production/parcels/1/households", status=404)


def test_programs_write_read_and_change_parcels(app: Flask, client_for: ClientFor) -> None:
    stock(app)
    client: Any = app.test_client()
    with app.app_context():
        ada = find_actor("ada")
        sent = {"Authorization": f"Bearer {make_token('planner', 'coordinator', ada)}"}
        helper = {"Authorization": f"Bearer {make_token('scale', 'volunteer', ada)}"}
    body = {
        "command_id": str(uuid4()),
        "name": "Standard",
        "lines": [
            {
                "item": "Rice",
                "per": {"household": 1, "adult": 1},
                "swaps": ["Chickpeas"],
                "instead": [{"diet": "vegan"}],
            }
        ],
    }
    made = client.post("/api/v1/parcels", json=body, headers=sent)
    assert made.json == {"id": 1, "name": "Standard", "version": 1}
    change = {"command_id": str(uuid4()), "name": "Weekday"}
    changed = client.patch("/api/v1/parcels/1", json=change, headers=sent)
    assert (changed.status_code, changed.json["version"]) == (201, 1)
    assert client.patch("/api/v1/parcels/1", json=change, headers=sent).status_code == 200
    mine = body | {"command_id": str(uuid4()), "name": "Mine"}
    assert client.post("/api/v1/parcels", json=mine, headers=helper).status_code == 403
    found = client.get("/api/v1/parcels/1", headers=sent).json
    assert found == client.get("/api/v1/parcels", headers=helper).json["parcels"][0]
    assert found["name"] == "Weekday"
    assert found["lines"][0]["per"] == {"household": 1, "adult": 1, "child": 0, "sizes": []}
    assert found["lines"][0]["instead"] == [{"diet": "vegan", "item": None}]


def planned_event(ada: Client, days: int) -> str:
    form = {
        "command_id": str(uuid4()),
        "name": "Saturday",
        "starts_at": f"{(utc_now() + timedelta(days=days)).date()}T10:00",
    }
    return ada.post("/hand-outs/new", form).headers["Location"].rsplit("/", 1)[1]


def test_a_grid_becomes_the_plan_of_a_hand_out(app: Flask, client_for: ClientFor) -> None:
    stock(app)
    ada, ben = client_for("ada"), client_for("ben")
    ada.post("/production/parcels/new", parcel())
    small = {"command_id": str(uuid4()), "name": "Small", "lines-0-item": "Rice"}
    ada.post("/production/parcels/new", small | {"lines-0-household": "1"})
    event = planned_event(ada, 3)
    assert f"households?event={event}" in ben.get(f"/production/parcels?event={event}")
    page = "/production/parcels/1/households"
    shown = ben.get(f"{page}?event={event}&households-0-2-0=2")
    assert "Make it the plan of Saturday" in shown
    assert "Make it the plan" not in ben.get(f"{page}?households-0-2-0=2")
    sent = {"command_id": str(uuid4()), "grid": f"event={event}&households-0-2-0=2"}
    saved = ben.post(page, sent)
    assert (saved.status_code, saved.headers["Location"]) == (303, f"/hand-outs/{event}")
    assert 'value="2"' in ben.get(f"{page}?event={event}")
    both = ben.get(f"/production/parcels/2/households?event={event}&households-0-1-0=1")
    assert "With the other parcels of this plan: Standard" in both
    alone = f"/production/parcels/2/households?event={event}&households-0-1-0=1&alone=yes"
    assert "With the other parcels" not in ben.get(alone)
    nothing = ben.post(page, {"command_id": str(uuid4()), "grid": "households-0-2-0=2"})
    assert nothing.status_code == 404
    wrong = ben.post(page, {"command_id": str(uuid4()), "grid": f"event={event}&more-0-adults=2"})
    assert "How many households?" in wrong.text


def test_programs_plan_by_parcels(app: Flask, client_for: ClientFor) -> None:
    stock(app)
    ada = client_for("ada")
    ada.post("/production/parcels/new", parcel())
    event = planned_event(ada, 3)
    client: Any = app.test_client()
    with app.app_context():
        sent = {"Authorization": f"Bearer {make_token('p', 'volunteer', find_actor('ada'))}"}
    grid = [{"adults": 2, "children": 1, "count": 3}, {"adults": 1, "count": 1, "diet": "vegan"}]
    body = {"command_id": str(uuid4()), "parcels": [{"parcel": "Standard", "households": grid}]}
    plan = f"/api/v1/events/{event}/plan"
    answer = client.put(plan, json=body, headers=sent)
    assert answer.status_code == 201
    lines = {one["item"]: (one["planned"], one["short"]) for one in answer.json["lines"]}
    assert lines == {"Rice": (11, 0), "Tuna": (5, 0), "Sardines": (4, 0), "Chickpeas": (1, 0)}
    assert client.put(plan, json=body, headers=sent).status_code == 200
    for wrong in ({"lines": [], **body}, {}):
        refused = wrong | {"command_id": str(uuid4())}
        assert client.put(plan, json=refused, headers=sent).status_code == 422
    halal = [{"parcel": 1, "households": [{"adults": 1, "count": 1, "diet": "halal"}]}]
    refused = {"command_id": str(uuid4()), "parcels": halal}
    no = client.put(plan, json=refused, headers=sent)
    assert (no.status_code, no.json["code"]) == (422, "no_variant")


def test_each_refusal_of_making_has_its_status() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    named = [kind for kind in kinds if kind.__module__ == errors.__name__]
    assert len(named) > 9
    assert {kind.__name__: status_of(kind()) for kind in named if status_of(kind()) >= 500} == {}
