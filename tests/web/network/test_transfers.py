"""Goods between depots through their pages and their API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.models import DepotLink, Transfer
from tests.builders import find_actor, make_token, on_hand
from tests.clients import Client
from tests.commands.network.linked import link
from tests.current import db
from tests.web.stock_setup import form, stock_up

ClientFor = Callable[[str], Client]
CRATE = "7K3M-9QX2"


@pytest.fixture
def linked(app: Flask) -> Flask:
    """The north with rice and a crate of rolls; north and south work together."""
    stock_up(app)
    with app.app_context():
        link(find_actor("ada"), find_actor("cleo"))
    return app


def number(app: Flask, login: str) -> int:
    """Return the number of the newest transfer in somebody's depot."""
    with app.app_context():
        own = Transfer.depot_id == find_actor(login).depot_id
        return db.session.scalars(select(Transfer.id).where(own).order_by(-Transfer.id)).all()[0]


def stocked(app: Flask, login: str, item: str) -> int:
    with app.app_context():
        return on_hand(find_actor(login), item)


def test_a_van_is_loaded_and_unloaded(linked: Flask, client_for: ClientFor) -> None:
    ben, cleo = client_for("ben"), client_for("cleo")
    sent = ben.post(
        "/transfers/send",
        form(to_depot="south", crate_codes=CRATE) | {"lines-0-item": "Rice", "lines-0-amount": "8"},
    )
    assert sent.status_code == 303, sent.get_data(as_text=True)
    assert "on the way" in ben.get(str(sent.location))
    assert "Went to South" in ben.get(f"/crates/{CRATE}")
    assert "From North" in cleo.get("/")
    at = f"/transfers/{number(linked, 'cleo')}"
    assert "Rolls" in cleo.get(at)
    page = cleo.get(f"{at}/receive")
    assert CRATE in page
    came = cleo.post(f"{at}/receive", form(crate_codes=CRATE, complete="yes") | _loose(page))
    assert came.status_code == 303, came.get_data(as_text=True)
    shown = cleo.get(at)
    told = ("did not come whole", "2 missing", "1 broken")
    assert [words for words in told if words not in shown] == []
    assert "did not come whole" in ben.get(str(sent.location))
    assert "Came from North" in cleo.get(f"/crates/{CRATE}")
    assert (stocked(linked, "cleo", "Rice"), stocked(linked, "cleo", "Rolls")) == (5, 9)
    assert "8 were sent" in client_for("ada").get("/to-look-at/")
    assert "8 were sent" in cleo.get("/to-look-at/")


def _loose(page: str) -> dict[str, str]:
    """Return what is typed at the one loose line of the page: five came well, one broken."""
    number = page.split("lines-")[1].split("-")[0]
    return {
        f"lines-{number}-line": number,
        f"lines-{number}-good": "5",
        f"lines-{number}-damaged": "1",
    }


def test_all_of_it_came_with_one_press(linked: Flask, client_for: ClientFor) -> None:
    client_for("ben").post("/transfers/send", form(to_depot="south", crate_codes=CRATE))
    at = f"/transfers/{number(linked, 'cleo')}"
    cleo = client_for("cleo")
    assert cleo.post(f"{at}/receive", form(everything="yes")).status_code == 303
    assert stocked(linked, "cleo", "Rolls") == 9
    again = cleo.post(f"{at}/receive", form(everything="yes"))
    assert (again.status_code, stocked(linked, "cleo", "Rolls")) == (303, 9)


def test_what_is_asked_for_is_sent_or_declined(linked: Flask, client_for: ClientFor) -> None:
    ben, cleo = client_for("ben"), client_for("cleo")
    line = {"lines-0-item": "Rice", "lines-0-amount": "4 pieces"}
    assert cleo.post("/transfers/ask", form(from_depot="north") | line).status_code == 303
    asked = number(linked, "ben")
    assert "asked for" in ben.get("/")
    assert 'value="Rice"' in ben.get(f"/transfers/send?asked={asked}")
    ben.post("/transfers/send", form(to_depot="south", asked_id=asked) | line)
    assert "on the way" in cleo.get(f"/transfers/{number(linked, 'cleo')}")
    cleo.post("/transfers/ask", form(from_depot="north") | line)
    refused = number(linked, "ben")
    assert ben.post(f"/transfers/{refused}/decline", form()).status_code == 303
    assert "not sent" in cleo.get(f"/transfers/{number(linked, 'cleo')}")
    assert ben.post(f"/transfers/{refused}/decline", form()).status_code == 409


def test_depots_join_by_a_code_that_counts_once(app: Flask, client_for: ClientFor) -> None:
    ada, cleo = client_for("ada"), client_for("cleo")
    page = ada.post("/network/invite", form()).get_data(as_text=True)
    code = page.split('<p class="code">')[1].split("<")[0]
    assert ada.post("/network/join", form(code=code)).status_code == 410
    assert cleo.post("/network/join", form(code=code.lower())).status_code == 303
    assert cleo.post("/network/join", form(code=code)).status_code == 410
    assert "North" in cleo.get("/network/")
    assert "South" in ada.get("/network/")
    with app.app_context():
        assert len(db.session.scalars(select(DepotLink.other_id)).all()) == 2
        south = find_actor("cleo").depot_id
    assert ada.post(f"/network/{south}/leave", form()).status_code == 303
    assert "North" not in cleo.get("/network/")


def test_only_what_is_agreed_is_seen_of_another_depot(linked: Flask, client_for: ClientFor) -> None:
    ada, cleo = client_for("ada"), client_for("cleo")
    with linked.app_context():
        north, south = find_actor("ada").depot_id, find_actor("cleo").depot_id
    assert "Rice" not in cleo.get(f"/depots/{north}/stock")
    assert ada.post(f"/network/{south}", form(shares="chosen")).status_code == 422
    assert ada.post(f"/network/{south}", form(shares="all")).status_code == 303
    page = cleo.get(f"/depots/{north}/stock")
    assert [words for words in ("Rice", "20") if words not in page] == []
    assert [words for words in ("Arrivals", "Bakery Lindt", CRATE) if words in page] == []
    assert "Rice" in cleo.raw(f"/depots/{north}/stock.csv").get_data(as_text=True)
    assert "Rice" not in ada.get(f"/depots/{south}/stock")  # it is agreed one way


def test_surplus_is_taken_until_its_hour(linked: Flask, client_for: ClientFor) -> None:
    ben, cleo = client_for("ben"), client_for("cleo")
    until = (utc_now() + timedelta(days=1)).date().isoformat() + "T18:00"
    offered = ben.post("/offers/", form(item="Rice", amount="12", ends_at=until))
    assert offered.status_code == 303, offered.get_data(as_text=True)
    assert "Rice" in cleo.get("/")
    page = cleo.get("/offers/")
    take = page.split('action="/offers/')[1].split('"')[0]
    assert cleo.post(f"/offers/{take}", form(amount="13")).status_code == 409
    assert cleo.post(f"/offers/{take}", form(amount="10")).status_code == 303
    assert cleo.post(f"/offers/{take}", form()).status_code == 303
    assert cleo.post(f"/offers/{take}", form()).status_code == 409
    assert "asked for" in ben.get("/transfers/")
    past = (utc_now() - timedelta(days=1)).date().isoformat() + "T18:00"
    assert ben.post("/offers/", form(item="Rice", amount="2", ends_at=past)).status_code == 422


def test_programs_send_and_receive(linked: Flask) -> None:
    north, south = (_program(linked, login) for login in ("ada", "cleo"))
    sent = north("POST", "/transfers", to_depot="south", lines=[{"item": "Rice", "quantity": 6}])
    assert (sent.status_code, sent.json["state"]) == (201, "sent")
    (listed,) = south("GET", "/transfers").json["transfers"]
    assert (listed["direction"], listed["other"], listed["state"]) == ("in", "North", "sent")
    came = south(
        "POST",
        f"/transfers/{listed['id']}/receive",
        lines=[{"item": "Rice", "quantity": 4, "damaged": 1}],
        complete=True,
    )
    assert came.status_code == 201, came.json
    (lacking,) = came.json["missing"]
    assert (lacking["sent"], lacking["arrived"], lacking["damaged"], lacking["missing"]) == (
        6,
        4,
        1,
        1,
    )
    assert north("GET", f"/transfers/{sent.json['id']}").json["state"] == "arrived"
    undo = north("POST", f"/entries/{sent.json['entry_id']}/reversal", reason="oops")
    assert (undo.status_code, undo.json["code"]) == (409, "not_reversible")
    week = (utc_now().date()).isocalendar()
    report = south("GET", f"/reports/weekly?week={week.year}-W{week.week:02}").json
    rice = next(row for row in report["items"] if row["item"] == "Rice")
    assert (rice["transferred"], rice["lost"], rice["closing"]) == (5, 1, 4)


def _program(app: Flask, login: str) -> Callable[..., Any]:
    with app.app_context():
        token = make_token("till", "coordinator", find_actor(login))
    headers = {"Authorization": f"Bearer {token}"}

    def ask(method: str, path: str, **body: Any) -> Any:
        sent = {"command_id": str(uuid4())} | body if method != "GET" else None
        client = app.test_client()
        return client.open(f"/api/v1{path}", method=method, json=sent, headers=headers)

    return ask


def test_lists_are_files_too(linked: Flask, client_for: ClientFor) -> None:
    ben = client_for("ben")
    ben.post("/transfers/send", form(to_depot="south", crate_codes=CRATE))
    at = number(linked, "ben")
    for path in ("/transfers/transfers", f"/transfers/{at}/lines", "/offers/offers"):
        for ending in ("csv", "xlsx"):
            assert ben.raw(f"{path}.{ending}").status_code == 200
    assert "Rolls" in ben.raw(f"/transfers/{at}/lines.csv").get_data(as_text=True)
