"""The pages of announced deliveries, and the one that donors open without an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from blueprints.dropoffs.forms import guess_line
from depot.base.clock import utc_now
from depot.db.database import current_session
from depot.dropoffs.commands import OpenDropOffLink, open_drop_off_link
from depot.dropoffs.queries import drop_off_link, waiting_drop_offs
from tests.builders import find_actor
from tests.clients import Client
from tests.stock_text import rows, stock

ClientFor = Callable[[str], Client]
SCRIPT = "<script>alert(1)</script>"


def form(**values: Any) -> dict[str, Any]:
    tomorrow = utc_now() + timedelta(days=1)
    asked = {
        "command_id": str(uuid4()),
        "donor": f"Kestrel {SCRIPT}",
        "expected_at": f"{tomorrow:%Y-%m-%d}T10:00",
        "lines": f"20 Rye bread\n{SCRIPT}",
    }
    return asked | values


@pytest.fixture
def link(app: Flask) -> str:
    with app.app_context():
        ada = find_actor("ada")
        open_drop_off_link(OpenDropOffLink(command_id=uuid4()), ada)
        return f"/announce/{drop_off_link(current_session(), ada.depot_id)}"


def only(app: Flask, login: str = "ben") -> int:
    with app.app_context():
        (found,) = waiting_drop_offs(current_session(), find_actor(login).depot_id)
        return found.id


def test_a_delivery_is_announced_and_confirmed_line_by_line(
    app: Flask, client_for: ClientFor
) -> None:
    ben = client_for("ben")
    assert "Nothing is announced." in ben.get("/drop-offs")
    assert ben.post("/drop-offs/new", form()).location == "/drop-offs"
    number = only(app)
    for page in ("/drop-offs", "/", f"/drop-offs/{number}"):
        shown = ben.get(page)
        assert "Kestrel" in shown
        assert SCRIPT not in shown
    door = ben.get(f"/drop-offs/{number}")
    assert 'value="Rye bread"' in door
    assert 'value="20"' in door
    sent = {
        "command_id": str(uuid4()),
        "lines-0-came": "yes",
        "lines-0-item": "Rye bread",
        "lines-0-amount": "18",
        "lines-1-came": "other",
        "lines-1-item": "Rolls",
        "lines-1-amount": "40",
        "more-0-item": "Jam",
        "more-0-amount": "3",
    }
    refused = ben.post(f"/drop-offs/{number}", sent | {"lines-1-amount": ""})
    assert refused.status_code == 422
    assert "How much came?" in refused.get_data(as_text=True)
    assert ben.post(f"/drop-offs/{number}", sent).location == "/drop-offs"
    with app.app_context():
        held = "18 Rye bread @ Arrivals, 40 Rolls @ Arrivals, 3 Jam @ Arrivals"
        assert stock(find_actor("ben")) == rows(held)
    assert "Rye bread: 18" in ben.get("/drop-offs")
    assert "something else came" in ben.get(f"/drop-offs/{number}")
    late = ben.post(f"/drop-offs/{number}", sent | {"command_id": str(uuid4())})
    assert late.status_code == 409


def test_it_does_not_come(app: Flask, client_for: ClientFor) -> None:
    ben = client_for("ben")
    ben.post("/drop-offs/new", form())
    number = only(app)
    done = ben.post(f"/drop-offs/{number}/call-off", {"command_id": str(uuid4())})
    assert done.location == "/drop-offs"
    assert "did not come" in ben.get("/drop-offs")


def test_a_donor_announces_by_the_link_and_sees_nothing_else(
    app: Flask, client_for: ClientFor, link: str
) -> None:
    donor = client_for("")
    assert "What will you bring?" in donor.get(link)
    refused = donor.post(link, form(donor=""))
    assert refused.status_code == 422
    assert "Who brings it?" in refused.get_data(as_text=True)
    assert donor.post(link, form()).location == f"{link}/thanks"
    thanks = donor.get(f"{link}/thanks")
    assert "Thank you" in thanks
    assert "Kestrel" not in thanks
    assert "Kestrel" not in donor.get(link)
    assert "by the donor" in client_for("ben").get("/drop-offs")
    assert donor.raw(f"/drop-offs/{only(app)}").status_code == 302  # to signing in


def test_a_link_that_was_ended_or_guessed_opens_nothing(client_for: ClientFor, link: str) -> None:
    ada = client_for("ada")
    page = ada.get("/drop-offs")
    assert link in page
    assert 'aria-label="QR code of the link"' in page
    ada.post("/drop-offs/link", {"command_id": str(uuid4()), "is_open": "false"})
    donor = client_for("")
    for address in (link, f"{link}/thanks", "/announce/guessed"):
        assert donor.raw(address).status_code == 404
    assert donor.post(link, form()).status_code == 404
    assert link not in ada.get("/drop-offs")


def test_a_volunteer_makes_no_link_and_another_depot_sees_none_of_it(
    app: Flask, client_for: ClientFor, link: str
) -> None:
    ben = client_for("ben")
    assert link not in ben.get("/drop-offs")
    made = ben.post("/drop-offs/link", {"command_id": str(uuid4())})
    assert made.status_code == 403
    ben.post("/drop-offs/new", form())
    number = only(app)
    cleo = client_for("cleo")
    assert "Kestrel" not in cleo.get("/drop-offs")
    assert cleo.raw(f"/drop-offs/{number}").status_code == 404
    assert cleo.post(f"/drop-offs/{number}", form()).status_code in (404, 422)
    gone = cleo.post(f"/drop-offs/{number}/call-off", {"command_id": str(uuid4())})
    assert gone.status_code == 404


@pytest.mark.parametrize(
    ("what", "meant"),
    [
        ("20 Rye bread", ("20", "Rye bread")),
        ("12,5 kg potatoes", ("12,5", "potatoes")),
        ("3x crates of milk", ("3", "crates of milk")),
        ("some cakes", ("", "some cakes")),
        ("2026", ("", "2026")),
    ],
)
def test_an_announced_line_is_guessed(what: str, meant: tuple[str, str]) -> None:
    assert guess_line(what) == meant


def test_the_page_for_donors_is_of_one_depot(link: str) -> None:
    assert re.fullmatch(r"/announce/[\w-]{12}", link)
