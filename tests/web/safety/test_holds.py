"""Holds through their pages, their API, and wherever stock is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from depot.models import Hold, Item, Location
from tests.builders import find_actor, make_token
from tests.clients import Client
from tests.current import db
from tests.web.stock_setup import form, number_of, stock_up

ClientFor = Callable[[str], Client]
CRATE = "7K3M-9QX2"
HELD = '<span class="chip stop">on hold'
WHY = "the maker calls it back"


@pytest.fixture
def stocked(app: Flask) -> Flask:
    """The application with goods in the north."""
    stock_up(app)
    return app


def bearer(app: Flask, login: str, role: str) -> dict[str, str]:
    with app.app_context():
        token = make_token("till", role, find_actor(login))
    return {"Authorization": f"Bearer {token}"}


def post(app: Flask, path: str, headers: dict[str, str], **body: Any) -> Any:
    sent = {"command_id": str(uuid4())} | body
    return app.test_client().post(f"/api/v1{path}", json=sent, headers=headers)


def hold(client: Client, **fields: str) -> str:
    answer = client.post("/holds/new", form(reason=WHY, **fields))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def test_a_volunteer_holds_back_and_a_coordinator_lifts(
    stocked: Flask, client_for: ClientFor
) -> None:
    ben, ada = client_for("ben"), client_for("ada")
    at = hold(ben, item="Rolls")
    assert WHY in ben.get(at)
    assert "/release" not in ben.get(at)
    assert ben.post(f"{at}/release", form(reason="fine")).status_code == 403
    assert WHY in ben.get("/holds/")
    assert ada.post(f"{at}/release", form(reason="")).status_code == 422
    assert ada.post(f"{at}/release", form(reason="tested")).status_code == 303
    assert "tested" in ben.get("/holds/")
    assert ada.post(f"{at}/release", form(reason="again")).status_code == 409


def test_what_is_held_says_so_everywhere(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    crate_page, place = f"/crates/{CRATE}", number_of(stocked, Location, "Arrivals")
    item = f"/stock/items/{number_of(stocked, Item, 'Rolls')}"
    pages = (item, crate_page, f"/stock/places/{place}", "/stock/", "/stock/?by=place", "/crates")
    assert [page for page in pages if HELD in client.get(page)] == []
    _, before = _phone_list(client)
    hold(client, crate_code=CRATE)
    assert [page for page in pages if HELD not in client.get(page)] == []
    assert WHY in client.get(crate_page)
    assert WHY in client.get(item)
    held, after = _phone_list(client)
    assert (held, before != after) == ([CRATE], True)
    told = client.raw(f"/scan/look?text={CRATE}").get_json()
    assert (told["tone"], WHY in told["lines"]) == ("stop", True)


def _phone_list(client: Client) -> tuple[list[str], str]:
    answer = client.raw("/scan/list")
    return answer.get_json()["held"], answer.headers["ETag"]


def test_a_form_is_filled_in_by_where_one_comes_from(stocked: Flask, client_for: ClientFor) -> None:
    page = client_for("ben").get(f"/holds/new?crate_code={CRATE}&receipt=3&item=Rice")
    assert f'value="{CRATE}"' in page
    assert 'value="Rice"' in page
    assert 'name="receipt"' in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "at least one thing"),
        ({"item": "Unobtainium"}, "Unobtainium"),
        ({"item": "Rice", "date_from": "may 2027", "date_to": "4/27"}, "before the first"),
        ({"item": "Rice", "date_from": "someday"}, "someday"),
        ({"item": "Rice", "reason": ""}, "why it is held back"),
    ],
)
def test_a_form_that_names_nothing_keeps_what_was_typed(
    stocked: Flask, client_for: ClientFor, fields: dict[str, str], sentence: str
) -> None:
    answer = client_for("ben").post("/holds/new", form(**({"reason": WHY} | fields)))
    page = answer.get_data(as_text=True)
    assert (answer.status_code in (404, 422), sentence in page) == (True, True)
    assert fields.get("reason", WHY) in page


def test_dates_are_read_as_people_write_them(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    hold(client, item="Rice", date_from="may 2027", date_to="Q3 2027", until="2030")
    with stocked.app_context():
        found = db.session.scalars(select(Hold)).one()
        days = [str(day) for day in (found.date_from, found.date_to)]
    assert days == ["2027-05-01", "2027-09-30"]


def test_programs_hold_and_coordinators_programs_lift(stocked: Flask) -> None:
    till, boss = bearer(stocked, "ada", "volunteer"), bearer(stocked, "ada", "coordinator")
    by = {"item": "Rice"}
    answer = post(stocked, "/holds", till, reason=WHY, by=by)
    assert answer.status_code == 201
    held = answer.get_json()
    assert held == {"id": held["id"], "lots": 1, "quantity": 20}
    (rice,) = [row for row in _stock(stocked, till) if row["item"] == "Rice"]
    figures = ("quantity", "on_hand", "held", "past", "promised", "free")
    assert [rice[name] for name in figures] == [20, 20, 20, 0, 0, 0]
    release = f"/holds/{held['id']}/release"
    assert post(stocked, release, till, reason="fine").status_code == 403
    neighbour = bearer(stocked, "cleo", "coordinator")
    assert post(stocked, release, neighbour, reason="fine").status_code == 404
    assert post(stocked, release, boss, reason="fine").get_json() == {"id": held["id"]}
    assert post(stocked, release, boss, reason="fine").get_json()["code"] == "hold_lifted"
    (rice,) = [row for row in _stock(stocked, till) if row["item"] == "Rice"]
    assert [rice[name] for name in figures] == [20, 20, 0, 0, 0, 20]


def _stock(app: Flask, headers: dict[str, str]) -> list[dict[str, Any]]:
    answer = app.test_client().get("/api/v1/stock", headers=headers).get_json()
    found: list[dict[str, Any]] = answer["stock"]
    return found


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"by": {"item": "Rice"}}, "reason"),
        ({"reason": WHY}, "by"),
        ({"reason": WHY, "by": {}}, "by"),
        ({"reason": WHY, "by": {"colour": "red"}}, "by"),
        ({"reason": WHY, "by": {"date_from": "may"}}, "by"),
    ],
)
def test_the_api_names_what_is_wrong(stocked: Flask, body: dict[str, Any], field: str) -> None:
    answer = post(stocked, "/holds", bearer(stocked, "ada", "volunteer"), **body)
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == [field]


def test_the_lists_come_as_files(stocked: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    at = hold(client, item="Rice")
    assert WHY in client.get("/holds/holds.csv")
    assert "Arrivals" in client.get(f"{at}/goods.csv")
    assert client.raw("/holds/holds.xlsx").status_code == 200


def test_the_neighbour_finds_nothing(stocked: Flask, client_for: ClientFor) -> None:
    at = hold(client_for("ben"), item="Rice")
    cleo = client_for("cleo")
    assert cleo.raw(at).status_code == 404
    assert cleo.raw(f"{at}/goods.csv").status_code == 404
    assert cleo.post(f"{at}/release", form(reason="mine")).status_code == 404
    assert WHY not in cleo.get("/holds/")


def test_a_phone_knows_which_crates_hold_goods_past_their_day(
    stocked: Flask, client_for: ClientFor
) -> None:
    ben = client_for("ben")
    assert ben.raw("/scan/list").get_json()["past"] == []
    with stocked.app_context():
        item = {"item": "Pies", "quantity": 3, "crate_code": CRATE}
        till = make_token("door", "volunteer", find_actor("ada"))
    old = item | {"date": "2020-05-01", "date_kind": "use_by"}
    bearer_of = {"Authorization": f"Bearer {till}"}
    sent = post(stocked, "/receipts", bearer_of, source={"kind": "donation"}, lines=[old])
    assert sent.status_code == 201, sent.get_data(as_text=True)
    assert ben.raw("/scan/list").get_json()["past"] == [CRATE]


def test_a_hand_out_of_what_is_called_back_is_stopped_and_says_why(
    stocked: Flask, client_for: ClientFor
) -> None:
    ben = client_for("ben")
    back = ben.post("/recalls/new", form(name="Rolls: metal in it", item="Rolls"))
    assert back.status_code == 303
    assert "Rolls: metal in it" in ben.get("/")
    page = f"/crates/{CRATE}/take-out"
    fields = {"which": "all", "what_for": "issue"}
    refused = ben.post(page, form(**fields))
    assert refused.status_code == 409
    assert "Rolls: metal in it" in refused.get_data(as_text=True)
