"""Two people on pages, for programs and from a phone: asked, seen with its figures, answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import text

from depot.agreeing.rules import SetRules, set_rules
from depot.base.clock import utc_now
from depot.base.units import GRAM
from depot.mail.server import mail_server
from depot.models import MailOutbox
from tests.builders import find_actor, make_person, make_token, on_hand, receive
from tests.clients import Client
from tests.commands.shelves import put_crate
from tests.current import db
from tests.web.phone_client import Phone, form, receipt

ClientFor = Callable[[str], Client]
CRATE = "7K3M-9QX2"
ALL = ("write_off", "rights", "report", "export", "recall")


@pytest.fixture
def two(app: Flask) -> Flask:
    """The north with 60 kg of rice in a crate, and two coordinators who want two for all."""
    with app.app_context():
        ada = find_actor("ada")
        make_person("Dora", "coordinator", ada.depot)
        put_crate(ada, CRATE)
        receive(ada, 60_000, "Rice", unit=GRAM, crate_code=CRATE)
        set_rules(SetRules(command_id=uuid4(), kinds=ALL, write_off_grams=20_000), ada)
    return app


def write_off(client: Client) -> str:
    """Write the crate off on its page; return where one is sent."""
    sent = {"which": "all", "what_for": "damaged", "command_id": str(uuid4())}
    answer = client.post(f"/crates/{CRATE}/take-out", sent)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def rice(app: Flask) -> int:
    with app.app_context():
        return on_hand(find_actor("ada"), "Rice")


def test_a_volunteer_asks_and_a_coordinator_agrees_with_the_figures_before_them(
    two: Flask, client_for: ClientFor
) -> None:
    ben, ada = client_for("ben"), client_for("ada")
    address = write_off(ben)
    assert "takes two people" in ben.get(address)
    assert rice(two) == 60_000
    assert "1 thing to agree to" in ada.get("/")
    page = ada.get(address)
    for shown in ("Rice", "60 kg", "broken", CRATE, "asked by Ben"):
        assert shown in page, shown
    assert "Agree" not in re.sub(r"To agree to", "", ben.get(address))
    assert ada.post(f"{address}/agree", {"command_id": str(uuid4())}).status_code == 303
    assert rice(two) == 0
    assert "agreed by Ada" in ben.get(address)
    entry = re.search(r"/ledger/\d+", ada.get("/ledger/"))
    assert entry
    assert "Agreed by" in ada.get(entry[0])


def test_who_asked_finds_no_way_to_agree(two: Flask, client_for: ClientFor) -> None:
    ada = client_for("ada")
    address = write_off(ada)
    page = ada.get(address)
    assert "/agree" not in page
    assert "/withdraw" in page
    answer = ada.post(f"{address}/agree", {"command_id": str(uuid4())})
    assert answer.status_code == 409
    assert rice(two) == 60_000
    assert ada.post(f"{address}/withdraw", {"command_id": str(uuid4())}).status_code == 303
    assert "taken back by Ada" in ada.get("/to-agree/")


def test_no_is_said_with_a_reason(two: Flask, client_for: ClientFor) -> None:
    address = write_off(client_for("ben"))
    ada = client_for("ada")
    nothing = ada.post(f"{address}/decline", {"command_id": str(uuid4()), "why": ""})
    assert nothing.status_code == 422
    said = {"command_id": str(uuid4()), "why": "The half of it is fine"}
    assert ada.post(f"{address}/decline", said).status_code == 303
    assert "The half of it is fine" in client_for("ben").get(address)


def test_a_program_is_answered_202_and_takes_back_what_it_asked(
    two: Flask, client_for: ClientFor
) -> None:
    with two.app_context():
        token = make_token("till", "volunteer", find_actor("ada"))
    http = client_for("").http
    bearer: dict[str, Any] = {"headers": {"Authorization": f"Bearer {token}"}}
    body = {"command_id": str(uuid4()), "reason": "damaged"}
    first, again = (
        http.post(f"/api/v1/crates/{CRATE}/take-out", json=body, **bearer) for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (202, 202)
    asked = first.get_json()["asked"]["id"]
    assert (first.get_json()["code"], again.get_json()["asked"]["id"]) == ("awaits_second", asked)
    listed = http.get("/api/v1/asked-acts", **bearer).get_json()["asked"]
    assert [(one["id"], one["told"]["grams"]) for one in listed] == [(asked, 60_000)]
    taken = http.post(
        f"/api/v1/asked-acts/{asked}/withdraw", json={"command_id": str(uuid4())}, **bearer
    )
    assert taken.status_code == 201
    after = http.post(f"/api/v1/crates/{CRATE}/take-out", json=body, **bearer)
    assert (after.status_code, after.get_json()["code"]) == (409, "asked_over")


def test_a_phone_with_a_signal_asks_and_a_late_one_tells(two: Flask, client_for: ClientFor) -> None:
    phone = Phone(two)
    typed = {"which": "all", "what_for": "damaged"}
    now = phone.sync(form("crate-take-out", {"code": CRATE}, **typed))[0]
    assert (now["result"], now["code"]) == ("posted", "awaits_second")
    assert "/to-agree/" in now["href"]
    assert rice(two) == 60_000
    before = {"occurred_at": (utc_now() - timedelta(minutes=90)).isoformat()}
    late = phone.sync(form("crate-take-out", {"code": CRATE}, **typed) | before)[0]
    assert late["result"] == "posted"
    assert late["body"]["entry_id"]
    assert rice(two) == 0
    ada = client_for("ada")
    assert "above 20 kg it takes two" in ada.get("/to-look-at/")


def test_what_is_asked_for_holds_up_nothing_of_the_same_batch(two: Flask) -> None:
    typed = {"which": "all", "what_for": "damaged"}
    asks = form("crate-take-out", {"code": CRATE}, **typed)
    told = Phone(two).sync(receipt(3, "Beans"), asks, receipt(4, "Beans"))
    assert [one["result"] for one in told] == ["posted"] * 3
    assert told[1]["code"] == "awaits_second"
    with two.app_context():
        assert (on_hand(find_actor("ada"), "Beans"), on_hand(find_actor("ada"), "Rice")) == (
            7,
            60_000,
        )


def test_an_invitation_is_agreed_to_and_its_link_is_for_who_asked(
    two: Flask, client_for: ClientFor
) -> None:
    ada, dora = client_for("ada"), client_for("dora")
    sent = {"command_id": str(uuid4()), "name": "Emil", "role": "coordinator"}
    address = ada.post("/people/invitations", sent).headers["Location"]
    assert "Emil" in dora.get(address)
    dora.post(f"{address}/agree", {"command_id": str(uuid4())})
    assert "Show the invitation link" not in dora.get(address)
    assert "Show the invitation link" in ada.get(address)
    shown = ada.post("/people/invitations", sent)
    assert "/join/" in shown.get_data(as_text=True)


def test_everything_in_one_file_is_asked_for_and_then_made(
    two: Flask, client_for: ClientFor
) -> None:
    ada, dora = client_for("ada"), client_for("dora")
    sent = {"command_id": str(uuid4()), "why": "for our new server"}
    address = ada.post("/everything/export.zip", sent).headers["Location"]
    assert "for our new server" in dora.get(address)
    dora.post(f"{address}/agree", {"command_id": str(uuid4())})
    assert "Make the file" in ada.get(address)
    made = ada.post("/everything/export.zip", sent)
    assert made.mimetype == "application/zip"
    made.close()
    told = ada.get("/open-book/settings")
    assert "Ada and Dora" in told
    assert "Why: for our new server" in told


def test_what_takes_two_is_chosen_in_the_depots_own_weight(
    app: Flask, client_for: ClientFor
) -> None:
    ada = client_for("ada")
    page = ada.get("/settings/two-people/")
    assert "You coordinate alone" in page
    assert "checked" not in page
    chosen = {"command_id": str(uuid4()), "write_off": "yes", "days": "3"}
    missing = ada.post("/settings/two-people/", chosen)
    assert missing.status_code == 422
    chosen |= {"write_off_grams": "100 lb", "export": "yes", "command_id": str(uuid4())}
    assert ada.post("/settings/two-people/", chosen).status_code == 303
    page = ada.get("/settings/two-people/")
    assert page.count(" checked") == 2
    assert "45.4 kg" in page
    told = ada.get("/open-book/settings")
    assert "A large write-off" in told
    assert "45.4 kg" in told
    with app.app_context():
        assert find_actor("ada").depot.second_write_off_grams == 45_359


def test_the_other_coordinators_get_a_mail_where_they_sign_in_with_an_address(
    two: Flask, client_for: ClientFor
) -> None:
    with two.app_context():
        north = find_actor("ada").depot
        other = make_person("Eve", "coordinator", north)
        db.session.execute(
            text("UPDATE person SET login = 'eve@example.org' WHERE id = :id"),
            {"id": other.person_id},
        )
        db.session.commit()
    ada = client_for("ada")
    write_off(ada)
    with two.app_context():
        assert not db.session.query(MailOutbox).count(), "no mails are sent here"
    server = mail_server("smtp+plain://127.0.0.1", "Depot <depot@example.org>")
    two.config["DEPOT"] = replace(two.config["DEPOT"], mail=server)
    address = write_off(ada)
    with two.app_context():
        (mail,) = db.session.query(MailOutbox)
        assert (mail.to_address, mail.subject) == (
            "eve@example.org",
            "To agree to at North: A large write-off",
        )
        assert f"http://127.0.0.1:8000{address}" in mail.body
        assert "Ada asks" in mail.body


def test_an_outsider_finds_nothing_to_agree_to(two: Flask, client_for: ClientFor) -> None:
    address = write_off(client_for("ben"))
    cleo = client_for("cleo")
    assert cleo.raw(address).status_code == 404
    assert cleo.post(f"{address}/agree", {"command_id": str(uuid4())}).status_code == 404
