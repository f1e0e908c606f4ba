"""The ledger's pages and API: reading, undoing, settling."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.entries.queries.discrepancies import open_count
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.goods_lines import GoodsLine
from depot.models import Discrepancy, StockEntry
from depot.people.commands.starting_words import ARRIVALS
from depot.stock.commands.take_out import TakeOut, take_out
from tests.builders import find_actor, make_token, on_hand
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]
API = "/api/v1"


def log(app: Flask, login: str, quantity: int, item: str, days_ago: int = 0, note: str = "") -> int:
    """Log a donation as somebody, some days ago, and return its entry."""
    command = ReceiveGoods(
        command_id=uuid4(),
        source_kind="donation",
        partner="Bakery Lindt",
        note=note,
        lines=(ReceiptLine(item=item, quantity=quantity, date="2027-05"),),
    )
    with app.app_context():
        outcome = receive_goods(
            command, find_actor(login), lambda: utc_now() - timedelta(days=days_ago)
        )
        assert outcome.entry_id is not None
        return outcome.entry_id


def take_more_than_there_is(app: Flask) -> int:
    """Log 8 and take 10, which leaves one thing to look at; return the entry of the taking."""
    log(app, "ben", 8, "Chickpeas")
    with app.app_context():
        ben = find_actor("ben")
        command = TakeOut(
            command_id=uuid4(),
            place=ARRIVALS,
            lines=(GoodsLine(item="Chickpeas", quantity=10),),
            reason="damaged",
        )
        outcome = take_out(command, ben)
        assert outcome.entry_id is not None
        return outcome.entry_id


def undo(client: Client, entry_id: int, reason: str = "") -> Any:
    form = {"command_id": str(uuid4()), "reason": reason}
    return client.post(f"/ledger/{entry_id}/undo", form)


def test_the_ledger_lists_what_happened_with_its_undo(app: Flask, client_for: ClientFor) -> None:
    entry_id = log(app, "ben", 24, "Rye bread", note="two sacks")
    page = client_for("ben").get("/ledger/")
    assert "Bakery Lindt, Rye bread" in page
    assert "+24" in page
    assert "two sacks" in page
    assert f"/ledger/{entry_id}/undo" in page


def test_an_undo_in_a_list_stays_where_it_was_pressed(app: Flask, client_for: ClientFor) -> None:
    ben = client_for("ben")
    entry_id = log(app, "ben", 24, "Rye bread")
    for address in ("/ledger/?kind=receipt", "/", "/?since=then"):
        page = ben.get(address)
        row = f'id="entry-{entry_id}"'
        assert row in page
        stays = re.findall(r'name="next" value="([^"]*)"', page)
        assert f"{address}#entry-{entry_id}" in stays
    form = {"command_id": str(uuid4()), "next": stays[-1]}
    done = ben.post(f"/ledger/{entry_id}/undo", form)
    assert done.location == f"/?since=then#entry-{entry_id}"
    assert row in ben.get("/?since=then")


def test_an_undo_leads_to_no_other_site(app: Flask, client_for: ClientFor) -> None:
    entry_id = log(app, "ben", 24, "Rye bread")
    form = {"command_id": str(uuid4()), "next": "//evil.example/"}
    done = client_for("ben").post(f"/ledger/{entry_id}/undo", form)
    assert done.location == f"/ledger/{entry_id}"


def test_an_empty_ledger_says_what_to_do_first(client_for: ClientFor) -> None:
    assert "Log a donation" in client_for("ben").get("/ledger/")


def test_an_undo_shows_the_pair_both_ways(app: Flask, client_for: ClientFor) -> None:
    entry_id = log(app, "ben", 24, "Rye bread")
    client = client_for("ben")
    answer = undo(client, entry_id, "counted twice")
    assert (answer.status_code, answer.location) == (303, f"/ledger/{entry_id}")
    page = client.get(f"/ledger/{entry_id}")
    assert "Undone. Both lines stay in the book." in page
    assert "Undone by" in page
    with app.app_context():
        undone = db.session.scalars(
            select(StockEntry).where(StockEntry.reverses_id == entry_id)
        ).one()
        assert undone.note == "counted twice"
        assert on_hand(find_actor("ben"), "Rye bread") == 0
    other = client.get(f"/ledger/{undone.id}")
    assert "This undoes" in other
    assert f'href="/ledger/{entry_id}"' in other
    assert f"/ledger/{undone.id}/undo" not in other


def test_undoing_twice_says_so(app: Flask, client_for: ClientFor) -> None:
    entry_id = log(app, "ben", 24, "Rye bread")
    client = client_for("ben")
    undo(client, entry_id)
    again = undo(client, entry_id)
    assert again.status_code == 409
    assert "Entry 1 was already undone, by entry 2." in again.get_data(as_text=True)


def test_the_same_undo_twice_is_one(app: Flask, client_for: ClientFor) -> None:
    entry_id = log(app, "ben", 24, "Rye bread")
    client, form = client_for("ben"), {"command_id": str(uuid4())}
    for _ in range(2):
        assert client.post(f"/ledger/{entry_id}/undo", form).status_code == 303


@pytest.mark.parametrize(
    ("author", "days_ago", "status"),
    [("ben", 3, 303), ("ada", 0, 303), ("ada", 3, 403)],
    ids=["their own", "of today", "an old one of somebody else"],
)
def test_a_volunteer_undoes(
    app: Flask, client_for: ClientFor, author: str, days_ago: int, status: int
) -> None:
    entry_id = log(app, author, 24, "Rye bread", days_ago)
    client = client_for("ben")
    offered = f'action="/ledger/{entry_id}/undo"' in client.get(f"/ledger/{entry_id}")
    assert offered == (status == 303)
    assert undo(client, entry_id).status_code == status


def test_a_coordinator_undoes_anything(app: Flask, client_for: ClientFor) -> None:
    entry_id = log(app, "ben", 24, "Rye bread", days_ago=400)
    assert undo(client_for("ada"), entry_id).status_code == 303


def test_an_outsider_sees_and_undoes_nothing(app: Flask, client_for: ClientFor) -> None:
    entry_id = log(app, "ben", 24, "Rye bread", note="two sacks")
    take_more_than_there_is(app)
    cleo = client_for("cleo")
    assert "Rye bread" not in cleo.get("/ledger/")
    cleo.get(f"/ledger/{entry_id}", status=404)
    assert undo(cleo, entry_id).status_code == 404
    assert "Chickpeas" not in cleo.get("/to-look-at/")
    with app.app_context():
        thing_id = db.session.scalars(select(Discrepancy.id)).one()
    form = {"command_id": str(uuid4()), "resolution": "accepted"}
    assert cleo.post(f"/to-look-at/{thing_id}", form).status_code == 404
    with app.app_context():
        assert open_count(db.session(), find_actor("ben").depot_id) == 1


@pytest.mark.parametrize("entry_id", ["0", "999999", str(10**30)])
def test_an_entry_that_is_not_there_is_not_found(client_for: ClientFor, entry_id: str) -> None:
    ada = client_for("ada")
    ada.get(f"/ledger/{entry_id}", status=404)
    assert undo(ada, int(entry_id)).status_code == 404


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("kind=receipt", {"Rye bread", "Chickpeas"}),
        ("kind=write_off", {"Chickpeas"}),
        ("item=rye", {"Rye bread"}),
        ("person=ada", {"Rye bread"}),
        ("partner=lindt", {"Rye bread", "Chickpeas"}),
        ("text=SACKS", {"Rye bread"}),
        ("place=arriv", {"Rye bread", "Chickpeas"}),
        ("place=nowhere", set()),
        ("item=100%25", set()),
        ("since=2020-01-01", {"Rye bread", "Chickpeas"}),
        ("until=2020-01-01", set()),
        ("item=&kind=", {"Rye bread", "Chickpeas"}),
    ],
)
def test_filters_narrow_the_list(
    app: Flask, client_for: ClientFor, question: str, found: set[str]
) -> None:
    log(app, "ada", 24, "Rye bread", note="two sacks")
    take_more_than_there_is(app)
    page = client_for("ben").get(f"/ledger/?{question}").partition("</details>")[2]
    assert {item for item in ("Rye bread", "Chickpeas") if item in page} == found


@pytest.mark.parametrize(
    "question",
    [
        "kind=magic",
        "since=soon",
        "after=0",
        "after=x",
        "limit=1000",
        "nonsense=1",
        "since=2026-02-01&until=2026-01-01",
    ],
)
def test_a_filter_that_cannot_be_read_is_refused(
    app: Flask, client_for: ClientFor, question: str
) -> None:
    client_for("ben").get(f"/ledger/?{question}", status=422)
    answer = app.test_client().get(f"{API}/entries?{question}", headers=bearer(app))
    assert answer.status_code == 422, answer.get_data(as_text=True)
    assert answer.get_json()["errors"]


def test_a_coordinator_accepts_a_thing_in_one_step(app: Flask, client_for: ClientFor) -> None:
    take_more_than_there_is(app)
    ada = client_for("ada")
    page = ada.get("/to-look-at/")
    assert "2 more than the book" in page
    assert "The book said 8, it was 10." in page
    with app.app_context():
        thing_id = db.session.scalars(select(Discrepancy.id)).one()
    form = {"command_id": str(uuid4()), "resolution": "accepted"}
    assert ada.post(f"/to-look-at/{thing_id}", form).status_code == 303
    page = ada.get("/to-look-at/")
    assert "Nothing waits." in page
    assert "right as it is · Ada" in page


def test_a_coordinator_undoes_the_entry_behind_a_thing(app: Flask, client_for: ClientFor) -> None:
    take_more_than_there_is(app)
    ada = client_for("ada")
    with app.app_context():
        thing_id = db.session.scalars(select(Discrepancy.id)).one()
    form = {"command_id": str(uuid4()), "resolution": "undone"}
    assert ada.post(f"/to-look-at/{thing_id}", form).status_code == 303
    assert "entry undone · Ada" in ada.get("/to-look-at/")
    with app.app_context():
        assert on_hand(find_actor("ben"), "Chickpeas") == 8


def test_volunteers_do_not_settle_things(app: Flask, client_for: ClientFor) -> None:
    take_more_than_there_is(app)
    ben = client_for("ben")
    ben.get("/to-look-at/", status=403)
    form = {"command_id": str(uuid4()), "resolution": "accepted"}
    assert ben.post("/to-look-at/1", form).status_code == 403


def bearer(app: Flask, login: str = "ada") -> dict[str, str]:
    with app.app_context():
        token = make_token("till", "volunteer", find_actor(login))
    return {"Authorization": f"Bearer {token}"}


def test_the_api_pages_through_the_entries(app: Flask) -> None:
    for quantity in (1, 2, 3):
        log(app, "ben", quantity, "Rye bread")
    http, headers = app.test_client(), bearer(app)
    first = http.get(f"{API}/entries?limit=2", headers=headers).get_json()
    assert [entry["seq"] for entry in first["entries"]] == [3, 2]
    rest = http.get(f"{API}/entries?limit=2&after={first['next']}", headers=headers).get_json()
    assert [entry["seq"] for entry in rest["entries"]] == [1]
    assert rest["next"] is None
    line = rest["entries"][0]["lines"][0]
    assert (line["item"], line["quantity"], line["lot"]["date"]) == ("Rye bread", 1, "2027-05")
    assert line["source"] == {"kind": "supplier", "name": None}


def test_the_api_undoes_once(app: Flask) -> None:
    entry_id = log(app, "ben", 24, "Rye bread")
    http, headers = app.test_client(), bearer(app)
    body = {"command_id": str(uuid4()), "reason": "twice"}
    first, again = (
        http.post(f"{API}/entries/{entry_id}/reversal", json=body, headers=headers)
        for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json()
    assert first.get_json()["reverses_seq"] == 1
    other = body | {"reason": "something else"}
    reused = http.post(f"{API}/entries/{entry_id}/reversal", json=other, headers=headers)
    assert (reused.status_code, reused.get_json()["code"]) == (409, "command_id_reused")
    new = body | {"command_id": str(uuid4())}
    done = http.post(f"{API}/entries/{entry_id}/reversal", json=new, headers=headers)
    assert (done.status_code, done.get_json()["code"]) == (409, "already_reversed")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"command_id": "no id"},
        {"command_id": str(uuid4()), "reason": 7},
        {"command_id": str(uuid4()), "reason": "a\x00b"},
        {"command_id": str(uuid4()), "reason": "long " * 1000},
        {"command_id": str(uuid4()), "entry_id": 1},
    ],
)
def test_the_api_refuses_what_it_cannot_read(app: Flask, body: dict[str, Any]) -> None:
    entry_id = log(app, "ben", 24, "Rye bread")
    path = f"{API}/entries/{entry_id}/reversal"
    answer = app.test_client().post(path, json=body, headers=bearer(app))
    assert answer.status_code == 422
    assert answer.get_json()["errors"]


def test_the_api_hides_other_depots(app: Flask) -> None:
    entry_id = log(app, "ben", 24, "Rye bread")
    http, headers = app.test_client(), bearer(app, "cleo")
    assert http.get(f"{API}/entries", headers=headers).get_json()["entries"] == []
    assert http.get(f"{API}/entries/{entry_id}", headers=headers).status_code == 404
    body = {"command_id": str(uuid4()), "reason": ""}
    path = f"{API}/entries/{entry_id}/reversal"
    assert http.post(path, json=body, headers=headers).status_code == 404
