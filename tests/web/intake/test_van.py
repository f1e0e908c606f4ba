"""A van with several kinds on the donation page, without a script; and the boxes that come off."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from depot.base.clock import utc_now
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.models import Category, StockEntry, TareBox
from tests.builders import find_actor, make_token, on_hand
from tests.clients import Client
from tests.current import db
from tests.web.scanning.test_scanned_goods import fields_of

ClientFor = Callable[[str], Client]
_PICK = re.compile(r'name="(\w+)" value="([^"]*)".*?<span><span>([^<]+)<')


def ids(app: Flask) -> dict[str, str]:
    with app.app_context():
        depot_id = find_actor("ada").depot_id
        rows = db.session.execute(
            select(Category.name, Category.id).where(Category.depot_id == depot_id)
        )
        return {row.name: str(row.id) for row in rows}


def box_id(app: Flask, name: str) -> str:
    with app.app_context():
        depot_id = find_actor("ada").depot_id
        own = (TareBox.depot_id == depot_id, TareBox.name == name)
        return str(db.session.scalars(select(TareBox.id).where(*own)).one())


def form(**more: str) -> dict[str, str]:
    return {"command_id": str(uuid4()), "source": "new", "partner": "Kestrel"} | more


def add(client: Client, typed: dict[str, str]) -> dict[str, str]:
    answer = client.post("/donations/line", typed)
    assert answer.status_code == 200
    return fields_of(answer.get_data(as_text=True))


def picks(page: str, name: str) -> list[str]:
    """Return the words on the pick buttons of a field, in their order."""
    return [found[3] for found in _PICK.finditer(page) if found[1] == name]


def test_kinds_become_lines_of_one_delivery_that_names_who_brought_it(
    app: Flask, client_for: ClientFor
) -> None:
    ben, known = client_for("ben"), ids(app)
    typed = add(
        ben, form(what=known["Bread"], weight="24", date="05/2027", date_kind="best_before")
    )
    assert (typed["weighed-0-what"], typed["weighed-0-weight"]) == (known["Bread"], "24")
    assert (typed["weighed-0-date"], typed["weighed-0-date_kind"]) == ("05/2027", "best_before")
    assert "what" not in typed
    assert (typed["weight"], typed["date"], typed["partner"]) == ("", "", "Kestrel")
    typed |= {"what": known["Mixed food"], "weight": "7,4"}
    assert ben.post("/donations/new", typed).status_code == 303
    assert "Saved from Kestrel: Bread, loose, 24 kg, Mixed food, loose, 7.4 kg" in ben.get("/")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(StockEntry)) == 1
        assert on_hand(find_actor("ben"), "Mixed food, loose") == 7_400


def test_boxes_go_with_their_line_and_are_counted_anew(app: Flask, client_for: ClientFor) -> None:
    ben, known, banana = client_for("ben"), ids(app), box_id(app, "Banana box")
    counted = {"boxes-0-box": banana, "boxes-0-count": "2"}
    typed = add(ben, form(what=known["Bread"], weight="12.5") | counted)
    assert typed["weighed-0-tare"] == f"{banana}x2"
    assert typed["boxes-0-count"] == ""
    page = ben.post("/donations/line", typed | {"what": "", "drop": "7"}).get_data(as_text=True)
    assert "less 2 × Banana box, 2.8 kg" in page
    assert ben.post("/donations/new", typed).status_code == 303
    with app.app_context():
        assert on_hand(find_actor("ben"), "Bread, loose") == 9_700
        entry_id = db.session.scalars(select(StockEntry.id)).one()
    told = ben.get(f"/ledger/{entry_id}")
    assert "weighed 12.5 kg, less 2 × Banana box (1.4 kg)" in told


def test_a_line_is_taken_off_again(app: Flask, client_for: ClientFor) -> None:
    ben, known = client_for("ben"), ids(app)
    typed = add(ben, form(what=known["Bread"], weight="24"))
    typed = add(ben, typed | {"what": known["Water"], "weight": "3"})
    left = add(ben, typed | {"drop": "0"})
    assert "weighed-0-what" not in left
    assert left["weighed-1-weight"] == "3"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"weight": "3"}, "what", "What is it?"),
        ({"what": "Bread"}, "weight", "How much does it weigh?"),
        ({"what": "Bread", "weight": "9-1"}, "weight", "“9-1” is not a number"),
    ],
)
def test_what_is_no_line_yet_stays_and_says_why(
    app: Flask, client_for: ClientFor, typed: dict[str, str], field: str, sentence: str
) -> None:
    known = ids(app)
    sent = form(**{name: known.get(text, text) for name, text in typed.items()})
    answer = client_for("ben").post("/donations/line", sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert f'id="f-{field}-error"' in page


def test_boxes_heavier_than_all_of_it_are_refused_with_both_weights(
    app: Flask, client_for: ClientFor
) -> None:
    cage = {"boxes-0-box": box_id(app, "Roll cage"), "boxes-0-count": "1"}
    sent = form(what=ids(app)["Bread"], weight="12") | cage
    answer = client_for("ben").post("/donations/new", sent)
    assert answer.status_code == 422
    said = "The boxes alone weigh 38 kg, and all of it together 12 kg."
    assert said in answer.get_data(as_text=True)


@pytest.mark.parametrize("tare", ["x", "3x", "3x2;4x1", "٣x2", "9" * 20 + "x1"])
def test_boxes_of_a_line_that_no_page_sends_are_refused(
    app: Flask, client_for: ClientFor, tare: str
) -> None:
    line = {"weighed-0-what": ids(app)["Bread"], "weighed-0-weight": "5", "weighed-0-tare": tare}
    assert client_for("ben").post("/donations/new", form() | line).status_code == 422


def test_each_line_goes_into_its_own_crate(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        from tests.commands.shelves import put_crate

        put_crate(find_actor("ada"), "7K3M-9QX2", at="Arrivals", state="in_use")
    ben, known = client_for("ben"), ids(app)
    page = ben.get("/donations/new")
    assert 'data-crate="7K3M-9QX2"' in page, "a crate where goods arrive is in sight"
    typed = add(ben, form(what=known["Bread"], weight="4", crate_code="7K3M-9QX2"))
    assert typed["weighed-0-crate_code"] == "7K3M-9QX2"
    assert typed["crate_code"] == ""
    assert ben.post("/donations/new", typed).status_code == 303
    assert "Bread, loose" in ben.get("/crates/7K3M-9QX2")


def test_mixed_food_is_always_the_first_kind(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        for category in ("Water", "Drinks", "Hygiene", "Household", "Meals"):
            give(category, days_ago=2)
    page = client_for("ben").get("/donations/new")
    shown = picks(page, "what")
    assert shown[0] == "Mixed food"
    assert shown[4] == "By item…"
    assert {"Water", "Drinks"} <= set(shown[:8])


def test_buttons_do_not_change_places_during_a_day(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        for days, partner in ((3, "Alder"), (2, "Birch")):
            give("Bread", days_ago=days, partner=partner)
    ben = client_for("ben")
    before = ben.get("/donations/new")
    with app.app_context():
        give("Water", days_ago=0, partner="Alder")
        give("Water", days_ago=0)
    after = ben.get("/donations/new")
    assert picks(after, "source") == picks(before, "source")
    assert picks(after, "what") == picks(before, "what")


def give(category: str, days_ago: int, partner: str | None = None) -> None:
    command = ReceiveGoods(
        command_id=uuid4(),
        lines=(ReceiptLine(category=category, weight_grams=1000),),
        partner=partner,
        occurred_at=utc_now() - timedelta(days=days_ago),
    )
    receive_goods(command, find_actor("ben"))


def test_coordinators_edit_the_boxes_and_volunteers_see_them(
    app: Flask, client_for: ClientFor
) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    assert "Banana box" in ben.get("/donations/boxes")
    sent = {"command_id": str(uuid4()), "name": "Fish tub", "grams": "3.2"}
    assert ben.post("/donations/boxes/new", sent).status_code == 403
    assert ada.post("/donations/boxes/new", sent).status_code == 303
    assert "Fish tub, 3.2 kg" in ben.get("/donations/new")
    tub = box_id(app, "Fish tub")
    gone = sent | {"command_id": str(uuid4()), "archived": "yes", "grams": "3.3"}
    assert ada.post(f"/donations/boxes/{tub}/edit", gone).status_code == 303
    assert "Fish tub" not in ben.get("/donations/new")
    assert client_for("cleo").post(f"/donations/boxes/{tub}/edit", gone).status_code in (403, 404)
    wrong = {"command_id": str(uuid4()), "name": "", "grams": ""}
    page = ada.post("/donations/boxes/new", wrong).get_data(as_text=True)
    assert "It needs a name." in page
    assert "How much does it weigh when it is empty?" in page


def test_a_program_sends_what_the_scale_said_and_the_boxes(app: Flask) -> None:
    with app.app_context():
        token = make_token("till", "volunteer", find_actor("ada"))
    boxes = [{"box": "Banana box", "count": 2}, {"box": "Plastic crate"}]
    line = {"category": "Bread", "weight_grams": 12_500, "boxes": boxes}
    sent = {"command_id": str(uuid4()), "source": {"kind": "farm", "partner": "Kestrel"}}
    headers = {"Authorization": f"Bearer {token}"}
    answer = app.test_client().post(
        "/api/v1/receipts", json=sent | {"lines": [line]}, headers=headers
    )
    told = answer.get_json()
    assert answer.status_code == 201, told
    assert told["partner"] == "Kestrel"
    assert told["lines"][0]["quantity"] == 12_500 - 2_800 - 2_000
