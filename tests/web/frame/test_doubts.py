"""Unlikely numbers on every form: asked once, mended or said to be right, and one entry."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from depot.base.clock import utc_now
from depot.base.questions import INSTEAD
from depot.distribution.commands.events import (
    IssueAtEvent,
    IssueLine,
    PlanEvent,
    issue_at_event,
    plan_event,
)
from depot.items.queries.catalog import categories
from tests.builders import find_actor, make_token, on_hand, receive
from tests.clients import Client
from tests.commands.shelves import put_crate
from tests.current import db
from tests.web.phone_client import CODE, Phone, entries, form, make_command, things

ClientFor = Callable[[str], Client]
Form = tuple[str, dict[str, str]]


@pytest.fixture
def ben(app: Flask) -> Client:
    """Ben's browser, in a depot that has had up to thirty of a kind."""
    with app.app_context():
        ada = find_actor("ada")
        put_crate(ada, CODE)
        receive(ada, 30, "Rice", crate_code=CODE)
        receive(ada, 30, "Beans")
    return Client.signed_in(app, "ben")


@pytest.fixture
def event_id(app: Flask, ben: Client) -> int:
    """A hand-out at which twenty beans went out."""
    with app.app_context():
        ada = find_actor("ada")
        command = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=utc_now())
        found: int = plan_event(command, ada).body["id"]
        lines = (IssueLine(item="Beans", quantity=20),)
        issue_at_event(IssueAtEvent(command_id=uuid4(), event_id=found, lines=lines), ada)
    return found


def bread(app: Flask, weight: str) -> Form:
    with app.app_context():
        rows = categories(db.session(), find_actor("ada").depot_id)
    category_id = next(row.id for row in rows if row.name == "Bread")
    return "/donations/new", {"source": "anyone", "what": str(category_id), "weight": weight}


def by_item(_app: Flask, quantity: str) -> Form:
    items = {"source": "anyone", "what": "items", "lines-0-item": "Beans"}
    return "/donations/new", items | {"lines-0-quantity": quantity}


def production(_app: Flask, amount: str) -> Form:
    used = {"inputs-0-item": "Beans", "inputs-0-amount": "2"}
    made = {"outputs-0-item": "Soup", "outputs-0-amount": amount, "outputs-0-unit": "piece"}
    return "/production", used | made


def crate_count(_app: Flask, amount: str) -> Form:
    return f"/crates/{CODE}/count", {"found-0-item": "Beans", "found-0-amount": amount}


def at_event(event_id: int, page: str, **fields: str) -> Form:
    names = {name.replace("_0_", "-0-"): value for name, value in fields.items()}
    return f"/hand-outs/{event_id}/{page}", names


FORMS: dict[str, tuple[Callable[[Flask, str], Form], str, str, str]] = {
    "donation": (bread, "12500", "12.5", "12,500 kg of Bread at once is a lot."),
    "by item": (by_item, "4006381", "12", "4,006,381 of Beans looks like a product code."),
    "kitchen": (production, "90000", "9", "90,000 of Soup at once is a lot."),
    "count": (crate_count, "90000", "9", "90,000 is far more than Beans ever was."),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_asks_once_and_is_mended_in_place(app: Flask, ben: Client, name: str) -> None:
    make, wrong, right, sentence = FORMS[name]
    command_id = str(uuid4())
    before = len(entries(app))
    path, fields = make(app, wrong)
    asked = ben.post(path, fields | {"command_id": command_id})
    page = asked.get_data(as_text=True)
    assert (asked.status_code, sentence in page) == (409, True), page
    assert f'value="{wrong}"' in page
    assert len(entries(app)) == before
    _, fields = make(app, right)
    mended = ben.post(path, fields | {"command_id": command_id, "confirmed": confirmed(page)})
    assert mended.status_code == 303
    assert len(entries(app)) == before + 1
    assert things(app) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_right_is_saved_once_and_listed(app: Flask, ben: Client, name: str) -> None:
    make, wrong, _, _ = FORMS[name]
    path, fields = make(app, wrong)
    fields["command_id"] = str(uuid4())
    before = len(entries(app))
    page = ben.post(path, fields).get_data(as_text=True)
    for _ in range(2):
        assert ben.post(path, fields | {"confirmed": confirmed(page)}).status_code == 303
    assert len(entries(app)) == before + 1
    assert [kind for kind in things(app) if kind != "large_difference"] == ["unlikely_number"]


@pytest.mark.parametrize(
    ("page", "fields", "sentence"),
    [
        (
            "hand-out",
            {"lines_0_item": "Beans", "lines_0_amount": "90000"},
            "90,000 is far more than Beans ever was.",
        ),
        ("people", {"households": "1", "adults": "90000"}, "Households: 1, people: 90,000."),
        ("people", {"households": "9000"}, "9,000 households is far more than a hand-out ever"),
    ],
)
def test_the_forms_of_a_hand_out_ask_and_save_what_is_right(
    app: Flask, ben: Client, event_id: int, page: str, fields: dict[str, str], sentence: str
) -> None:
    path, typed = at_event(event_id, page, **fields)
    typed["command_id"] = str(uuid4())
    before = len(entries(app))
    asked = ben.post(path, typed).get_data(as_text=True)
    assert sentence in asked
    saved = ben.post(path, typed | {"confirmed": confirmed(asked)})
    assert saved.status_code == 303
    assert len(entries(app)) == before + 1
    assert "unlikely_number" in things(app)


def test_a_whole_bar_code_is_told_at_the_field(app: Flask, ben: Client) -> None:
    path, fields = by_item(app, "4006381333931")
    answer = ben.post(path, fields | {"command_id": str(uuid4())})
    assert answer.status_code == 422
    sentence = "“4006381333931” looks like a product code. Write how much there is."
    assert sentence in answer.get_data(as_text=True)


def test_the_button_that_says_yes_stands_in_the_form_it_is_about(
    app: Flask, ben: Client, event_id: int
) -> None:
    path, typed = at_event(event_id, "hand-out", lines_0_item="Beans", lines_0_amount="90000")
    page = ben.post(path, typed | {"command_id": str(uuid4())}).get_data(as_text=True)
    (form_of_yes,) = (one for one in page.split("<form")[1:] if "Yes, save it" in one)
    assert "lines-0-amount" in form_of_yes.split("</form>")[0]
    assert 'name="confirmed"' in form_of_yes.split("</form>")[0]


def test_a_new_item_can_be_the_one_that_was_meant(app: Flask, ben: Client) -> None:
    path, fields = by_item(app, "6")
    fields |= {"command_id": str(uuid4()), "lines-0-item": "Baens"}
    page = ben.post(path, fields).get_data(as_text=True)
    assert "“Baens” is almost the same as “Beans”. Is it something new?" in page
    assert "Use “Beans”" in page
    (choice,) = re.findall(rf'name="confirmed" value="(\w+{INSTEAD})"', page)
    both = {"confirmed": [confirmed(page), choice]}
    assert ben.post(path, fields | both).status_code == 303
    with app.app_context():
        assert on_hand(find_actor("ben"), "Beans") == 36
        assert on_hand(find_actor("ben"), "Baens") == 0


def test_a_new_item_can_be_new(app: Flask, ben: Client) -> None:
    path, fields = by_item(app, "6")
    fields |= {"command_id": str(uuid4()), "lines-0-item": "Baens"}
    page = ben.post(path, fields).get_data(as_text=True)
    assert ben.post(path, fields | {"confirmed": confirmed(page)}).status_code == 303
    with app.app_context():
        assert on_hand(find_actor("ben"), "Baens") == 6


def test_a_form_sent_at_once_is_asked_about_and_nothing_waits(app: Flask, ben: Client) -> None:
    command = typed_donation("90000")
    (asked,) = Phone(app).sync(command)
    assert (asked["result"], asked["code"]) == ("refused", "unconfirmed")
    (question,) = asked["body"]["questions"]
    assert question["message"] == "90,000 is far more than Beans ever was. Is it right?"
    before = len(entries(app))
    fields = command["fields"] | {"confirmed": question["confirm"]}
    (saved,) = Phone(app).sync(command | {"fields": fields})
    assert saved["result"] == "posted"
    assert [one["kind"] for one in saved["body"]["discrepancies"]] == ["unlikely_number"]
    assert len(entries(app)) == before + 1


def test_what_comes_late_from_a_phone_is_booked_listed_and_told(app: Flask, ben: Client) -> None:
    then = utc_now() - timedelta(hours=5)
    late = typed_donation("90000") | {"occurred_at": then.isoformat()}
    (saved,) = Phone(app).sync(late)
    assert saved["result"] == "posted"
    assert "far from what is usual: a coordinator will say whether it is right" in saved["message"]
    assert [one["kind"] for one in saved["body"]["discrepancies"]] == ["unlikely_number"]


def typed_donation(quantity: str) -> dict[str, Any]:
    made = form(
        "donation",
        source="anyone",
        what="items",
        lines_0_item="Beans",
        lines_0_quantity=quantity,
    )
    return made | {"occurred_at": utc_now().isoformat()}


def test_a_program_is_not_asked_and_is_told(app: Flask, ben: Client) -> None:
    with app.app_context():
        token = make_token("Kitchen", "volunteer", find_actor("ada"))
    body = make_command(
        "", source={"kind": "donation"}, lines=[{"item": "Beans", "quantity": 90_000}]
    )
    body.pop("type")
    answer = app.test_client().post(
        "/api/v1/receipts", json=body, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 201
    assert [one["kind"] for one in answer.get_json()["discrepancies"]] == ["unlikely_number"]


def unlikely(app: Flask) -> None:
    with app.app_context():
        receive(find_actor("ben"), 90_000, "Beans")


def test_a_coordinator_says_that_it_is_right(
    app: Flask, ben: Client, client_for: ClientFor
) -> None:
    unlikely(app)
    ada = client_for("ada")
    page = ada.get("/to-look-at/")
    assert "Beans, 90,000: it was 30 at most" in page
    assert "The book said" not in page
    assert "It is right" in page
    number = re.findall(r'action="/to-look-at/(\d+)"', page)[0]
    accepted = {"command_id": str(uuid4()), "resolution": "accepted"}
    assert ada.post(f"/to-look-at/{number}", accepted).status_code == 303
    assert "right as it is" in ada.get("/to-look-at/")


def test_a_helper_and_an_outsider_say_nothing_about_it(
    app: Flask, ben: Client, client_for: ClientFor
) -> None:
    unlikely(app)
    number = re.findall(r'action="/to-look-at/(\d+)"', client_for("ada").get("/to-look-at/"))[0]
    accepted = {"command_id": str(uuid4()), "resolution": "accepted"}
    assert ben.post(f"/to-look-at/{number}", accepted).status_code == 403
    assert client_for("cleo").post(f"/to-look-at/{number}", accepted).status_code == 404
    assert "90,000" not in client_for("cleo").get("/to-look-at/")


def confirmed(page: str) -> str:
    """What a page that asks will confirm when it is saved as it is."""
    (keys,) = re.findall(r'type="hidden" name="confirmed" value="([^"]*)"', page)
    return str(keys)
