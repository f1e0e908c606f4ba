"""Crates that are ticked in the list: moved, printed and held back in one act, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from tests.builders import find_actor, make_token, receive
from tests.clients import Client
from tests.commands.shelves import put_crate, put_place
from tests.stock_text import Standing, crates

ClientFor = Callable[[str], Client]
ONE, TWO, EMPTY = "7K3M-9QX2", "4FJH-22M8", "BN6R-5CS3"


@pytest.fixture
def ben(app: Flask, client_for: ClientFor) -> Client:
    with app.app_context():
        actor = find_actor("ben")
        put_place(actor, "Shelf B2")
        for code, item in ((ONE, "Rice"), (TWO, "Beans")):
            put_crate(actor, code, at="Arrivals")
            receive(actor, 8, item, crate_code=code, date="2031-05")
        put_crate(actor, EMPTY, at="Arrivals")
    return client_for("ben")


def send(client: Client, path: str, **form: Any) -> Any:
    return client.post(path, {"command_id": str(uuid4())} | form)


def where(app: Flask) -> dict[str, str]:
    with app.app_context():
        found = crates(find_actor("ben"))
        return {row.code: row.place for row in found if isinstance(row, Standing)}


def test_contents_lead_each_row_and_the_code_stands_under_them(ben: Client) -> None:
    page = ben.get("/crates?state=filled")
    row = page[page.index("<b>Rice: 8") : page.index(ONE, page.index("<b>Rice: 8"))]
    assert "<td" not in row
    assert 'name="code"' in page


def test_all_of_a_page_are_ticked_by_a_link_and_the_filter_stays(ben: Client) -> None:
    page = ben.get("/crates?state=in_use&item=rice")
    assert " checked></label>" not in page
    assert "/crates?state=in_use&amp;item=rice&amp;tick=all" in page
    page = ben.get("/crates?state=filled&tick=all")
    assert page.count(" checked></label>") == 2
    assert "Tick none" in page


def test_ticked_crates_are_moved_in_one_entry_and_lead_back_to_the_list(
    app: Flask, ben: Client
) -> None:
    page = ben.get(f"/crates/ticked/move?code={ONE}&code={TWO}&next=/crates?item=r")
    assert "Move 2 crates" in page
    assert f'value="{TWO} {ONE} "' in page
    answer = send(
        ben, "/crates/ticked/move", codes=f"{ONE} {TWO}", to="Shelf B2", next="/crates?item=r"
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/crates?item=r"
    page = ben.get("/crates")
    assert "2 crates are at Shelf B2 now." in page
    assert "/undo" in page
    assert where(app) == {ONE: "Shelf B2", TWO: "Shelf B2", EMPTY: "Arrivals"}


def test_the_crate_that_refuses_is_named_and_none_is_moved(app: Flask, ben: Client) -> None:
    answer = send(ben, "/crates/ticked/move", codes=f"{ONE} {TWO}", other=TWO)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert f"Crate {TWO} cannot stand in itself." in page
    assert "Move 2 crates" in page
    assert where(app)[ONE] == "Arrivals"


def test_a_move_to_nowhere_says_so_at_the_field(ben: Client) -> None:
    answer = send(ben, "/crates/ticked/move", codes=ONE, other="Nowhere")
    assert answer.status_code == 404
    assert "There is no place or crate called" in answer.get_data(as_text=True)
    assert send(ben, "/crates/ticked/move", codes=ONE).status_code == 422


def test_ticked_crates_are_held_back_and_an_empty_one_refuses_for_all(ben: Client) -> None:
    answer = send(ben, "/crates/ticked/hold", codes=f"{ONE} {EMPTY}", reason="glass")
    assert answer.status_code == 409
    assert f"Nothing lies in {EMPTY} that could be held back." in answer.get_data(as_text=True)
    assert "on hold" not in ben.get("/crates?state=filled")
    assert "Hold back 2 crates" in ben.get(f"/crates/ticked/hold?code={ONE}&code={TWO}")
    answer = send(ben, "/crates/ticked/hold", codes=f"{ONE} {TWO}", reason="glass")
    assert answer.status_code == 303
    page = ben.get("/crates?state=filled")
    assert "Held back: 2 crates." in page
    assert page.count("on hold</span>") == 2


def test_labels_of_ticked_crates_are_printed(ben: Client) -> None:
    page = ben.get(f"/crates/ticked/labels?code={ONE}&code={TWO}")
    assert "Labels of 2 crates" in page
    answer = send(ben, "/crates/ticked/labels", codes=f"{ONE} {TWO}", sheet="L7160")
    assert answer.status_code == 200
    assert answer.get_data().startswith(b"%PDF")
    wrong = send(ben, "/crates/ticked/labels", codes=ONE, sheet="no such sheet")
    assert wrong.status_code == 422


@pytest.mark.parametrize("act", ["move", "hold", "labels"])
def test_with_none_ticked_the_list_says_so(ben: Client, act: str) -> None:
    answer = ben.raw(f"/crates/ticked/{act}?next=/crates?item=r")
    assert answer.headers["Location"] == "/crates?item=r"
    assert "Tick at least one crate first." in ben.get("/crates")


@pytest.mark.parametrize("act", ["move", "hold", "labels"])
def test_the_outsider_finds_none_of_these_crates(
    ben: Client, client_for: ClientFor, act: str
) -> None:
    cleo = client_for("cleo")
    assert cleo.raw(f"/crates/ticked/{act}?code={ONE}").status_code == 302


def test_programs_do_the_same_by_one_command(app: Flask, ben: Client) -> None:
    with app.app_context():
        token = make_token("desk", "volunteer", find_actor("ada"))
    headers, http = {"Authorization": f"Bearer {token}"}, app.test_client()
    sent = {"command_id": str(uuid4()), "crate_codes": [ONE, TWO], "to": "Shelf B2"}
    first = http.post("/api/v1/crates/move", json=sent, headers=headers)
    assert first.status_code == 201
    assert first.get_json()["codes"] == [ONE, TWO]
    assert http.post("/api/v1/crates/move", json=sent, headers=headers).status_code == 200
    held = {"command_id": str(uuid4()), "crate_codes": [ONE], "reason": "glass"}
    assert http.post("/api/v1/crates/hold", json=held, headers=headers).status_code == 201
    held = {"command_id": str(uuid4()), "crate_codes": [ONE, EMPTY], "reason": "glass"}
    refused = http.post("/api/v1/crates/hold", json=held, headers=headers)
    assert refused.status_code == 409
    assert refused.get_json()["code"] == "nothing_to_hold"
