"""Asked once: nothing is saved, the form keeps what was typed, and yes means these values alone."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

import pytest
from flask import Flask

from depot.base.errors import Question
from depot.base.units import Measure
from depot.intake.commands import receipts
from depot.kernel.once import Work
from tests.builders import find_actor, make_token, on_hand
from tests.clients import Client
from tests.web.phone_client import Phone, entries, form, receipt


class TooMany(Question):
    code: ClassVar[str] = "too_many"
    template: ClassVar[str] = "%(amount)s is a lot. Is it right?"


class Unknown(Question):
    code: ClassVar[str] = "from_anyone"
    template: ClassVar[str] = "Was it really nobody?"


@pytest.fixture(autouse=True)
def doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    """The door doubts more than 100 of anything, and who brought it then."""
    book = receipts.book_receipt

    def doubting(command: receipts.ReceiveGoods, work: Work) -> receipts.ReceivedGoods:
        for line in command.lines:
            if (line.quantity or 0) > 100:
                work.doubt(TooMany("quantity", amount=Measure(line.quantity or 0, "piece")))
                work.doubt(Unknown())
        return book(command, work)

    monkeypatch.setattr(receipts, "book_receipt", doubting)


@pytest.fixture
def ben(app: Flask) -> Client:
    return Client.signed_in(app, "ben")


def donation(quantity: str, command_id: str, **more: str) -> dict[str, str]:
    return {
        "command_id": command_id,
        "source": "anyone",
        "what": "items",
        "lines-0-item": "Rice",
        "lines-0-quantity": quantity,
        "note": "left at the gate",
    } | more


def test_a_doubtful_form_is_asked_about_and_saved_by_saying_yes(app: Flask, ben: Client) -> None:
    before, command_id = entries(app), str(uuid4())
    asked = ben.post("/donations/new", donation("1200", command_id))
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409
    assert "1,200 is a lot. Is it right?" in page
    assert "Was it really nobody?" in page
    assert "left at the gate" in page
    assert 'value="1200"' in page
    assert entries(app) == before
    saved = ben.post("/donations/new", donation("1200", command_id, confirmed=confirmed(page)))
    assert saved.status_code == 303
    with app.app_context():
        assert on_hand(find_actor("ben"), "Rice") == 1200


def test_yes_is_for_these_values_and_this_form_alone(app: Flask, ben: Client) -> None:
    command_id = str(uuid4())
    keys = confirmed(
        ben.post("/donations/new", donation("1200", command_id)).get_data(as_text=True)
    )
    other = ben.post("/donations/new", donation("12000", command_id, confirmed=keys))
    assert "12,000 is a lot." in other.get_data(as_text=True)
    assert "Was it really nobody?" not in other.get_data(as_text=True)
    again = ben.post("/donations/new", donation("1200", str(uuid4()), confirmed=keys))
    assert again.status_code == 409
    both = ben.post(
        "/donations/new",
        donation("12000", command_id, confirmed=confirmed(other.get_data(as_text=True))),
    )
    assert both.status_code == 303


@pytest.mark.parametrize("nonsense", ["", "x" * 5000, "yes", "true " * 900])
def test_nonsense_says_yes_to_nothing(app: Flask, ben: Client, nonsense: str) -> None:
    answer = ben.post("/donations/new", donation("1200", str(uuid4()), confirmed=nonsense))
    assert answer.status_code == 409


def test_a_program_is_asked_and_answers_with_confirmed(app: Flask) -> None:
    with app.app_context():
        token = make_token("Kitchen", "volunteer", find_actor("ada"))
    body: dict[str, Any] = receipt(1200)
    body.pop("type")
    post = app.test_client().post
    headers = {"Authorization": f"Bearer {token}"}
    asked = post("/api/v1/receipts", json=body, headers=headers)
    assert asked.status_code == 409
    found = asked.get_json()
    assert found["code"] == "unconfirmed"
    assert [one["code"] for one in found["questions"]] == ["too_many", "from_anyone"]
    keys = [one["confirm"] for one in found["questions"]]
    assert (
        post("/api/v1/receipts", json=body | {"confirmed": keys[:1]}, headers=headers).status_code
        == 409
    )
    taken = post("/api/v1/receipts", json=body | {"confirmed": keys}, headers=headers)
    assert taken.status_code == 201
    repeat = post("/api/v1/receipts", json=body, headers=headers)
    assert (repeat.status_code, repeat.get_json()) == (200, taken.get_json())
    wrong = post("/api/v1/receipts", json=receipt_of(5, confirmed="yes"), headers=headers)
    assert wrong.status_code == 201, "there was nothing to ask"


def receipt_of(quantity: int, **more: Any) -> dict[str, Any]:
    body: dict[str, Any] = receipt(quantity) | more
    body.pop("type")
    return body


def test_what_a_phone_kept_is_asked_about_and_the_yes_goes_with_it(app: Flask) -> None:
    phone = Phone(app, "ben")
    kept = form(
        "donation", source="anyone", what="items", lines_0_item="Rice", lines_0_quantity="1200"
    )
    [asked] = phone.sync(kept)
    assert (asked["result"], asked["code"]) == ("refused", "unconfirmed")
    keys = [one["confirm"] for one in asked["body"]["questions"]]
    assert asked["body"]["questions"][0]["message"] == "1,200 is a lot. Is it right?"
    kept["fields"]["confirmed"] = " ".join(keys)
    [taken] = phone.sync(kept)
    assert taken["result"] == "posted"
    [command] = phone.sync(asked_command := receipt(900))
    keys = [one["confirm"] for one in command["body"]["questions"]]
    [taken] = phone.sync(asked_command | {"confirmed": keys})
    assert taken["result"] == "posted"


def confirmed(page: str) -> str:
    """Return what the page's hidden field says yes with."""
    _before, _name, rest = page.partition('name="confirmed" value="')
    keys, _quote, _after = rest.partition('"')
    assert keys
    return keys
