"""Amounts are read by one rule on every form: as they were written, or refused with that."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from depot.items.commands.item_codes import LearnCode, learn_code
from depot.models import Item
from tests.builders import find_actor, on_hand, stock_at
from tests.clients import Client
from tests.current import db
from tests.web.frame.booking_forms import CODE, KINDS, kinds, last_entry, last_grams


@pytest.mark.parametrize("name", KINDS)
def test_every_form_reads_an_amount_by_the_same_rule(
    app: Flask, ben: Client, ids: dict[str, int], name: str
) -> None:
    kind = kinds(ids)[name]
    for typed, grams in (("2", 2000), ("2 kg", 2000), ("2500 g", 2500), ("2 x 1,5 kg", 3000)):
        answer = ben.post(kind.address, kind.typed(typed))
        assert answer.status_code == 303, answer.get_data(as_text=True)
        assert last_grams(app) == grams, typed
    for typed in ("1.200", "9-1", "2 stones", "3 tins", "2 l", "-4"):
        refused = ben.post(kind.address, kind.typed(typed))
        page = refused.get_data(as_text=True)
        assert refused.status_code == 422, typed
        assert f"“{typed}”" in page, typed
        assert f'value="{typed}"' in page, "what was typed is kept"
    assert last_grams(app) == 3000


def test_what_is_typed_is_shown_as_it_is_understood(
    app: Flask, ben: Client, ids: dict[str, int]
) -> None:
    def said(**asked: str) -> dict[str, str]:
        found: dict[str, str] = ben.raw("/stock/amounts", query_string=asked).get_json()
        return found

    assert said(text="2 x 500 g", unit="gram") == {"unit": "kg", "said": "= 1 kg", "problem": ""}
    assert said(text="20", item="potatoes") == {"unit": "kg", "said": "= 20 kg", "problem": ""}
    assert said(text="1,234 kg", item="Potatoes")["said"] == "= 1,234 kg"
    assert said(text="1234 g", item="Potatoes")["said"] == "= 1.234 kg"
    assert said(text="24", item="Something new")["said"] == "= 24"
    assert said(text="2 kg", item="Something new") == {
        "unit": "kg",
        "said": "= 2 kg",
        "problem": "",
    }
    assert said(text="", item="Potatoes") == {"unit": "kg", "said": "", "problem": ""}
    assert (
        said(text="1.200", unit="gram")["problem"]
        == "“1.200” can be two numbers. Write 1.2 or 1200."
    )
    assert said(text="5 tins", unit="gram")["problem"].startswith("“5 tins”: this is weighed.")
    assert said(text="400", unit="small") == {"unit": "g", "said": "= 400 g", "problem": ""}
    assert said(text="14 oz", unit="small")["said"].startswith("= 396.89")
    assert said(text="0", unit="gram")["said"] == "= 0 kg"
    with app.app_context():
        assert stock_at(find_actor("ben"), "Arrivals") == {"Potatoes": 100_000}, "nothing is booked"


def test_counts_read_the_same_amounts_and_take_nothing_for_an_answer(
    app: Flask, ben: Client, ids: dict[str, int]
) -> None:
    lot = {"lines-0-lot_id": str(ids["lot"]), "lines-0-unit": "gram"}
    loose = f"/stock/places/{ids['place']}/goods/{ids['lot']}/count"
    for address, fields, name in (
        (f"/crates/{CODE}/count", lot, "lines-0-amount"),
        (loose, {}, "amount"),
    ):
        for typed, fewer in (("98", 2000), ("95500 g", 2500), ("0", 95_500)):
            form = {"command_id": str(uuid4())} | fields | {name: typed}
            assert ben.post(address, form).status_code == 303
            assert last_grams(app) == fewer, typed


def test_a_new_item_is_kept_in_the_unit_that_was_written_with_it(
    app: Flask, ben: Client, ids: dict[str, int]
) -> None:
    kind = kinds(ids)["door"]
    for item, typed, unit, quantity in (
        ("Flour", "2 x 1.5 kg", "gram", 3000),
        ("Milk", "6 x 1 l", "millilitre", 6000),
        ("Tins", "2 x 12", "piece", 24),
    ):
        answer = ben.post(kind.address, kind.typed(typed) | {"lines-0-item": item})
        assert answer.status_code == 303
        with app.app_context():
            found = db.session.scalars(select(Item).where(Item.name == item)).one()
            assert found.base_unit == unit
            assert on_hand(find_actor("ben"), item) == quantity


def test_a_code_with_its_number_counts_in_what_it_stands_for(
    app: Flask, ben: Client, ids: dict[str, int]
) -> None:
    with app.app_context():
        learn = LearnCode(command_id=uuid4(), code="5000112637922", item="Potatoes")
        learn_code(learn, find_actor("ada"))
    form = kinds(ids)["door"].typed("2") | {"lines-0-item": "", "lines-0-scanned": "5000112637922"}
    assert ben.post("/donations/new", form).status_code == 303
    assert last_grams(app) == 2000


def test_same_again_and_what_an_item_weighs_are_typed_so_that_they_are_read_as_they_were(
    app: Flask, ben: Client, ids: dict[str, int]
) -> None:
    kind = kinds(ids)["door by weight"]
    assert ben.post(kind.address, kind.typed("1234 g")).status_code == 303
    page = ben.get(f"/donations/new?again={last_entry(app).id}")
    again = re.search(r'name="weight"[^>]*value="([^"]*)"', page)
    assert again
    assert ben.post(kind.address, kind.typed(again[1])).status_code == 303
    assert last_grams(app) == 1234
