"""What agencies ask for: an agency's own pages, and those of the depot."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import update

from depot.base.clock import utc_now
from depot.distribution.queries.events import request_of_event
from depot.models import Membership
from depot.partners.commands.hand_over import hand_over_code
from depot.partners.commands.partners import SavePartner, save_partner
from tests.builders import find_actor
from tests.clients import Client
from tests.commands.partners.agencies import item_id
from tests.current import db
from tests.signatures import SIGNED
from tests.stock_text import rows, set_up, stock

ClientFor = Callable[[str], Client]
SCRIPT = "<script>alert(1)</script>"
SOON = (utc_now() + timedelta(days=3)).date().isoformat()


def form(**values: Any) -> dict[str, Any]:
    return {"command_id": str(uuid4())} | values


@pytest.fixture
def ark(app: Flask) -> int:
    """An agency, rice and beans on a shelf."""
    with app.app_context():
        ada = find_actor("ada")
        set_up(ada, "place Shelf B2, 24 Rice @ Shelf B2, 10 Beans @ Shelf B2")
        name = f"Ark {SCRIPT}"
        save = SavePartner(command_id=uuid4(), name=name, is_agency=True)
        return save_partner(save, ada).answer.id


@pytest.fixture
def rice(app: Flask, ark: int) -> str:
    with app.app_context():
        return f"goods_{item_id(find_actor('ada'), 'Rice')}"


@pytest.fixture
def link(client_for: ClientFor, ark: int) -> str:
    """The address that opens the agency's pages."""
    answer = client_for("ada").post(f"/requests/agencies/{ark}/link", form())
    assert answer.status_code == 201
    shown = answer.get_data(as_text=True)
    assert "QR code of the link" in shown
    found = re.search(r'value="[^"]*(/agency/[^"]+)"', shown)
    assert found
    return found[1]


def asked(app: Flask, link: str, rice: str, amount: str = "20") -> tuple[Client, int]:
    """Ask for rice through the link; return the agency's browser and the request's number."""
    client = Client(app.test_client())
    answer = client.post(f"{link}/ask", form(needed_on=SOON, **{rice: amount}))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    found = re.findall(rf'href="{link}/(\d+)"', client.get(link))
    return client, int(found[0])


def test_an_agency_asks_and_it_is_approved_and_handed_over(
    app: Flask, client_for: ClientFor, link: str, rice: str
) -> None:
    client, number = asked(app, link, rice)
    assert "not answered yet" in client.get(link)
    ada = client_for("ada")
    assert "to be answered" in ada.get("/requests")
    assert "asks for goods by" in ada.get("/")
    page = ada.get(f"/requests/{number}")
    assert 'value="20"' in page  # what is proposed
    told = form(**{rice: "18"}, answer=f"Back door {SCRIPT}", starts_at=f"{SOON}T15:30")
    assert ada.post(f"/requests/{number}/approve", told).status_code == 303
    ready = client.get(f"{link}/{number}")
    assert "Back door" in ready
    assert SCRIPT not in ready
    code = hand_over_code(app.config["DEPOT"].secret_key, 1, number)
    assert f"{code[:3]} {code[3:]}" in ready
    ben = client_for("ben")
    assert 'value="18"' in ben.get(f"/requests/{number}/hand-over")
    unsigned = ben.post(
        f"/requests/{number}/hand-over", form(**{rice: "17"}, signed_by="Noa", code="1")
    )
    assert unsigned.status_code == 422
    taken = form(**{rice: "17"}, signed_by=f"Noa {SCRIPT}", code=code)
    assert ben.post(f"/requests/{number}/hand-over", taken).status_code == 303
    for page in (client.get(f"{link}/{number}"), ben.get(f"/requests/{number}")):
        assert "asked 20, approved 18, taken 17" in page
        assert SCRIPT not in page
    assert "not as approved" in ada.get("/requests")
    with app.app_context():
        left = rows("7 Rice @ Shelf B2, 10 Beans @ Shelf B2")
        assert sorted(stock(find_actor("ada"))) == sorted(left)


def test_who_guesses_at_the_code_is_slowed_down(
    app: Flask, client_for: ClientFor, link: str, rice: str
) -> None:
    _client, number = asked(app, link, rice)
    client_for("ada").post(f"/requests/{number}/approve", form(**{rice: "20"}))
    ben = client_for("ben")
    guess = {rice: "20", "signed_by": "Noa", "code": "1"}
    found = [ben.post(f"/requests/{number}/hand-over", form(**guess)).status_code for _ in range(7)]
    assert found[0] == 422
    assert found[-1] == 429


def test_a_form_that_was_saved_may_be_saved_anew(app: Flask, link: str, rice: str) -> None:
    client = Client(app.test_client())
    sent = form(needed_on=SOON, **{rice: "2"})
    assert client.post(f"{link}/ask", sent).status_code == 303
    other = client.post(f"{link}/ask", sent | {rice: "3"})
    assert other.status_code == 409
    new = re.search(r'name="command_id" value="([^"]+)"', other.get_data(as_text=True))
    assert new
    again = client.post(f"{link}/ask", sent | {rice: "3", "command_id": new[1]})
    assert again.status_code == 303


def test_a_drawn_signature_is_shown_again(
    app: Flask, client_for: ClientFor, link: str, rice: str
) -> None:
    _client, number = asked(app, link, rice)
    ada = client_for("ada")
    ada.post(f"/requests/{number}/approve", form(**{rice: "20"}))
    path = f"/requests/{number}/hand-over"
    bad = form(**{rice: "20"}, signed_by="Noa", signature="data:image/svg+xml;base64,PHN2Zz4=")
    refused = ada.post(path, bad)
    assert refused.status_code == 422
    assert "could not be read" in refused.get_data(as_text=True)
    signed = ada.post(path, form(**{rice: "20"}, signed_by="Noa", signature=SIGNED))
    assert signed.status_code == 303
    assert 'src="data:image/png;base64,' in ada.get(f"/requests/{number}")


def test_an_agency_changes_and_withdraws_until_it_is_answered(
    app: Flask, client_for: ClientFor, link: str, rice: str
) -> None:
    client, number = asked(app, link, rice)
    assert 'value="20"' in client.get(f"{link}/{number}")
    more = client.post(f"{link}/{number}", form(needed_on=SOON, **{rice: "25"}))
    assert more.status_code == 409
    assert "24" in more.get_data(as_text=True)
    assert client.post(f"{link}/{number}", form(needed_on=SOON, **{rice: "5"})).status_code == 303
    assert client.post(f"{link}/{number}/withdraw", form()).status_code == 303
    assert "withdrawn" in client.get(link)
    again = client.post(f"{link}/{number}/withdraw", form())
    assert again.status_code == 409


def test_an_agency_sees_no_places_and_nobody_else(
    app: Flask, client_for: ClientFor, link: str, rice: str
) -> None:
    client, _number = asked(app, link, rice)
    ada = client_for("ada")
    ada.post("/stock/partners/new", form(name="Bridge", source_kind="donation", is_agency="yes"))
    for path in (link, f"{link}/ask"):
        shown = client.get(path)
        assert "24" in shown
        for hidden in ("Shelf B2", "Bridge", "Ada", "Ben"):
            assert hidden not in shown
        answer = client.raw(path)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]


def test_another_agencys_request_is_not_found(
    app: Flask, client_for: ClientFor, link: str, rice: str, ark: int
) -> None:
    _client, number = asked(app, link, rice)
    ada = client_for("ada")
    made = ada.post(
        "/stock/partners/new", form(name="Bridge", source_kind="donation", is_agency="yes")
    )
    other_id = made.location.rsplit("/", 1)[1]
    shown = ada.post(f"/requests/agencies/{other_id}/link", form()).get_data(as_text=True)
    other = re.search(r'value="[^"]*(/agency/[^"]+)"', shown)
    assert other
    stranger = Client(app.test_client())
    stranger.get(f"{other[1]}/{number}", 404)
    for path, sent in (
        (f"{other[1]}/{number}", form(needed_on=SOON, **{rice: "1"})),
        (f"{other[1]}/{number}/withdraw", form()),
    ):
        assert stranger.post(path, sent).status_code == 404
    assert "to be answered" in ada.get(f"/requests/{number}")


def test_an_ended_link_opens_nothing(
    app: Flask, client_for: ClientFor, link: str, rice: str, ark: int
) -> None:
    client, number = asked(app, link, rice)
    client_for("ada").post(f"/requests/agencies/{ark}/end-link", form())
    for path in (link, f"{link}/ask", f"{link}/{number}"):
        client.get(path, 410)
    assert client.post(f"{link}/ask", form(needed_on=SOON, **{rice: "1"})).status_code == 410
    Client(app.test_client()).get("/agency/guessed", 410)


@pytest.mark.parametrize(
    "hostile",
    [SCRIPT, "'; DROP TABLE item; --", "\u202eecir", "1e9", "-5", "\u0663" * 99],
    ids=["script", "sql", "turned", "power", "negative", "arabic"],
)
def test_hostile_text_in_any_field_is_answered(
    app: Flask, link: str, rice: str, hostile: str
) -> None:
    client = Client(app.test_client())
    asks = {"needed_on": SOON, rice: "2", "note": "x"}
    for name in asks:
        answer = client.post(f"{link}/ask", form(**(asks | {name: hostile})))
        assert answer.status_code in (303, 409, 422), name
        assert SCRIPT not in answer.get_data(as_text=True)
    says = {"people": "5", "per": "week", "needs": "x"}
    for name in says:
        answer = client.post(f"{link}/about", form(**(says | {name: hostile})))
        assert answer.status_code in (303, 422), name
        assert SCRIPT not in answer.get_data(as_text=True)
    for name in ("goods_999999", "goods_x", "partner_id", "by_agency"):
        answer = client.post(f"{link}/ask", form(**asks, **{name: "1"}))
        assert answer.status_code in (404, 422), name
    assert SCRIPT not in client.get(link)


def test_a_program_that_fills_the_list_is_slowed_down(app: Flask, link: str, rice: str) -> None:
    client = Client(app.test_client())
    token = client.csrf()
    path = f"{link}/about"
    found = [
        client.http.post(path, data=form(people="5", per="week", csrf_token=token)).status_code
        for _number in range(62)
    ]
    assert found[0] == 303
    assert found[-1] == 429


def test_what_an_agency_says_of_itself_is_kept(
    app: Flask, client_for: ClientFor, link: str, ark: int
) -> None:
    client = Client(app.test_client())
    said = form(people="120", per="month", needs=f"nappies {SCRIPT}")
    assert client.post(f"{link}/about", said).status_code == 303
    assert "120 people in a month" in client.get(link)
    page = client_for("ada").get(f"/requests/agencies/{ark}")
    assert "120 people in a month" in page
    assert "nappies" in page
    assert SCRIPT not in page
    wrong = client.post(f"{link}/about", form(people="many", per="month"))
    assert wrong.status_code == 422


def test_somebody_writes_down_what_an_agency_asks_for(
    app: Flask, client_for: ClientFor, ark: int
) -> None:
    ben = client_for("ben")
    sent = form(
        partner_id=str(ark), needed_on=SOON, **{"lines-0-item": "Rice", "lines-0-amount": "30"}
    )
    made = ben.post("/requests/new", sent)
    assert made.status_code == 303
    page = ben.get(made.location)
    assert "asked 30" in page
    assert "Approve this" not in page
    assert ben.post(f"{made.location}/approve", form()).status_code == 403
    ada = client_for("ada")
    assert 'value="24"' in ada.get(made.location)
    rice = re.search(r"goods_\d+", ada.get(made.location))
    assert rice
    too_much = ada.post(f"{made.location}/approve", form(**{rice[0]: "25"}))
    assert too_much.status_code == 409
    assert "24" in too_much.get_data(as_text=True)
    assert ada.post(f"{made.location}/approve", form(**{rice[0]: "24"})).status_code == 303
    assert ada.post(f"{made.location}/decline", form(answer="no van")).status_code == 303
    assert "declined" in ada.get(made.location)


def test_lists_leave_as_files(app: Flask, client_for: ClientFor, link: str, rice: str) -> None:
    asked(app, link, rice)
    ben = client_for("ben")
    requests = ben.raw("/requests/requests.csv").get_data(as_text=True)
    assert "Rice" in requests
    agencies = ben.raw("/requests/agencies.csv").get_data(as_text=True)
    assert html.unescape("Ark") in agencies


def test_a_link_speaks_its_own_language(
    app: Flask, client_for: ClientFor, ark: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = client_for("ada").post(f"/requests/agencies/{ark}/link", form(language="xx"))
    found = re.search(r'value="[^"]*(/agency/[^"]+)"', shown.get_data(as_text=True))
    assert found
    page = Client(app.test_client()).get(found[1])
    assert '<html lang="en"' in page  # a language that is no more is none


@pytest.mark.breaks_ledger("everybody is made a helper behind the back of the chain of rights")
def test_its_hand_out_says_whose_request_it_is(
    app: Flask, client_for: ClientFor, link: str, rice: str
) -> None:
    _client, number = asked(app, link, rice)
    ada = client_for("ada")
    ada.post(f"/requests/{number}/approve", form(**{rice: "20"}))
    event = re.findall(r'href="(/hand-outs/\d+)"', ada.get(f"/requests/{number}"))[0]
    assert f'href="/requests/{number}"' in ada.get(event)
    with app.app_context():
        found = find_actor("ada").depot_id
        event_id = int(event.rsplit("/", 1)[1])
        asked_by = request_of_event(db.session(), found, event_id)
        assert asked_by is not None
        assert asked_by.id == number
        south = find_actor("cleo").depot_id
        assert request_of_event(db.session(), south, event_id) is None
        db.session.execute(update(Membership).values(role="helper"))
        db.session.commit()
    page = client_for("ben").get(event)
    assert html.escape(asked_by.agency) in page
    assert f"/requests/{number}" not in page
    assert client_for("ben").raw(f"/requests/{number}").status_code == 403
