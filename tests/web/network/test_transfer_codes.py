"""A transfer's code: to be received where it is for, shown where it is from, kind to the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from depot.models import Person, Transfer
from depot.network.parts import MARK
from depot.people.commands.accounts import AcceptInvitation, accept_invitation
from labels.symbols.addresses import transfer_url
from tests.builders import PASSWORD, find_actor, make_invitation
from tests.clients import Client
from tests.commands.network.linked import link
from tests.current import db
from tests.web.network.bodies import linked_depot
from tests.web.stock_setup import form, stock_up

ClientFor = Callable[[str], Client]
CRATE = "7K3M-9QX2"
BASE = "http://127.0.0.1:8000"


@pytest.fixture
def van(app: Flask, client_for: ClientFor) -> str:
    """The path in the code of a van from the north to the south."""
    stock_up(app)
    with app.app_context():
        link(find_actor("ada"), find_actor("cleo"))
    client_for("ben").post("/transfers/send", form(to_depot="south", crate_codes=CRATE))
    with app.app_context():
        code = db.session.scalars(select(Transfer.code)).first()
    return transfer_url(BASE, str(code)).removeprefix(BASE)


def test_it_opens_where_it_is_received_and_where_it_is_from(
    client_for: ClientFor, van: str
) -> None:
    for path in (van, van.lower()):
        assert str(client_for("cleo").raw(path).location).endswith("/receive")
        assert "Receive from North" in client_for("cleo").get(path, follow=True)
        page = client_for("ben").get(path, follow=True)
        assert "on the way" in page
        assert "Receive from" not in page


def test_where_all_of_it_came_its_page_is_opened(client_for: ClientFor, van: str) -> None:
    cleo = client_for("cleo")
    to = str(cleo.raw(van).location)
    assert cleo.post(to, form(crate_codes=CRATE, complete="yes")).status_code == 303
    assert not str(cleo.raw(van).location).endswith("/receive")


@pytest.fixture
def eve(app: Flask, van: str) -> str:
    """A volunteer of a third depot, which works with the south, after the van left."""
    with app.app_context():
        cleo = find_actor("cleo")
        east = linked_depot(cleo, "East", "east")
        token = make_invitation("Eve", "volunteer", east)
        accept_invitation(AcceptInvitation(token, "Eve", "eve", PASSWORD))
    return "eve"


def test_another_depot_is_told_kindly_and_sees_nothing(
    client_for: ClientFor, van: str, eve: str
) -> None:
    page = client_for(eve).get(van, status=404)
    assert "East neither sends nor receives" in page
    assert not any(name in page for name in ("North", "South"))
    look = client_for(eve).raw(f"/scan/look?text={BASE}{van}").get_json()
    assert (look["kind"], look["lines"]) == (
        "unknown_code",
        ["A transfer between other depots: East is no end of it."],
    )


def test_who_works_at_an_end_too_is_led_there(
    app: Flask, client_for: ClientFor, van: str, eve: str
) -> None:
    with app.app_context():
        south = make_invitation("Eve", "volunteer", find_actor("cleo"))
        person_id = db.session.scalars(select(Person.id).where(Person.login == "eve")).one()
        accept_invitation(AcceptInvitation(south, "", "", ""), person_id)
    page = client_for(eve).get(van, status=404)
    assert "Go on in South" in page


def test_the_scan_page_offers_what_can_be_done(client_for: ClientFor, van: str) -> None:
    told = client_for("cleo").raw(f"/scan/look?text={BASE}{van}").get_json()
    assert (told["kind"], told["title"]) == ("transfer", "From North")
    assert [act["text"] for act in told["actions"]] == ["Receive it", "Open its page"]
    receive = told["crates_href"]
    assert f">{CRATE}</textarea>" in client_for("cleo").get(f"{receive}?crates={CRATE}")
    sender = client_for("ben").raw(f"/scan/look?text={BASE}{van}").get_json()
    assert [act["text"] for act in sender["actions"]] == ["Open its page"]
    assert sender["crates_href"] is None
    typed = client_for("cleo").get(f"/scan/what?text={BASE}{van}")
    assert "Receive it" in typed


def test_crates_in_the_basket_are_brought_along_to_be_sent(client_for: ClientFor, van: str) -> None:
    assert 'data-basket="send"' in client_for("ben").get("/scan")
    page = client_for("ben").get("/transfers/send?crates=7K3M-9QX2,8ABC-1234")
    assert "7K3M-9QX2\n8ABC-1234</textarea>" in page


def test_without_other_depots_nothing_is_sent_from_the_basket(client_for: ClientFor) -> None:
    assert 'data-basket="send"' not in client_for("ben").get("/scan")


def test_a_part_of_a_file_is_told_from_other_codes(client_for: ClientFor) -> None:
    text = f"{MARK}:1/2:0a1b2c3d:{'x' * 500}"
    told = client_for("ben").raw(f"/scan/look?text={text}").get_json()
    assert (told["kind"], told["href"]) == ("transfer_part", "/transfers/file")


def test_the_delivery_note_bears_the_code(client_for: ClientFor, van: str) -> None:
    page = client_for("ben").get(van, follow=True)
    paper = page.split('href="/papers/transfers/')[1].split('"')[0]
    shown = client_for("ben").get(f"/papers/transfers/{paper}")
    assert all(words in shown for words in ("Delivery note", CRATE, "Rolls", "To South"))
    assert client_for("ben").raw(f"/papers/transfers/{paper}.pdf").status_code == 200
