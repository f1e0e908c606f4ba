"""The pages of crates, and where their labels lead."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.models import Crate, DistributionEvent, Location, Lot, StockEntry
from tests.builders import find_actor, receive, stock_at
from tests.clients import Client
from tests.commands.shelves import kinds_of_discrepancies, put_crate, put_place
from tests.current import db
from tests.statements import count_statements

ClientFor = Callable[[str], Client]
CODE, OTHER, UNUSED = "7K3M-9QX2", "4FJH-22M8", "BN6R-5CS3"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def ben(client_for: ClientFor) -> Client:
    return client_for("ben")


@pytest.fixture
def filled(app: Flask) -> str:
    """A crate with 8 bags of rice at Arrivals, and a place to put it."""
    with app.app_context():
        actor = find_actor("ben")
        put_place(actor, "Shelf B2")
        put_crate(actor, CODE, at="Arrivals")
        receive(actor, 8, "Rice", crate_code=CODE, date="2031-05")
    return CODE


@pytest.fixture
def blank(app: Flask) -> str:
    with app.app_context():
        put_crate(find_actor("ben"), OTHER)
    return OTHER


def send(client: Client, path: str, **form: Any) -> TestResponse:
    fields = {name.replace("__", "-"): text for name, text in form.items()}
    return client.post(path, {"command_id": str(uuid4())} | fields)


def saved(client: Client, path: str, **form: Any) -> str:
    """Send a form that is taken, and return the page it leads to."""
    answer = send(client, path, **form)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client.get(answer.headers["Location"])


def lot_id(app: Flask) -> str:
    with app.app_context():
        return str(db.session.scalars(select(Lot.id)).first())


def held(app: Flask, place: str) -> dict[str, int]:
    with app.app_context():
        return stock_at(find_actor("ben"), place)


def test_a_crates_page_shows_what_is_in_it_and_what_happened(ben: Client, filled: str) -> None:
    page = ben.get(f"/crates/{filled}")
    assert "Crate at Arrivals" in page
    assert "best before May 2031" in page
    assert "Donation, Rice" in page
    for act in ("move", "take-out", "count"):
        assert f'href="/crates/{filled}/{act}"' in page
    assert 'class="qr-ink"' in page


def test_a_crate_is_found_in_any_spelling_and_by_its_box_number(
    app: Flask, ben: Client, filled: str
) -> None:
    with app.app_context():
        crate = db.session.scalars(select(Crate)).one()
        crate.box_number, crate.box_number_key = "BOX12345", "box12345"
        db.session.commit()
    for text in ("7k3m9qx2", "7K3M-9QX2 ", "box12345"):
        answer = ben.raw(f"/crates/{text}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/crates/{filled}")
        assert ben.raw(f"/C/{text}").headers["Location"] == f"/crates/{filled}"
    assert ben.raw(f"/c/{filled}").headers["Location"] == f"/crates/{filled}"


def test_a_look_up_costs_ten_statements_at_most(app: Flask, ben: Client, filled: str) -> None:
    for _ in range(5):
        send(
            ben,
            f"/crates/{filled}/take-out",
            what_for="use",
            others__0__item="Rice",
            others__0__amount="1",
        )
    with app.app_context(), count_statements(db.engine) as seen:
        assert ben.raw(f"/crates/{filled}").status_code == 200
    # with its travels between depots, for which hand-out it was picked, and photos of what is in it
    assert len(seen) <= 10, seen


def test_a_crate_is_moved_by_a_button_or_by_a_code(
    app: Flask, ben: Client, filled: str, blank: str
) -> None:
    assert 'value="Shelf B2"' in ben.get(f"/crates/{filled}/move")
    page = saved(ben, f"/crates/{filled}/move", to="Shelf B2")
    assert f"{filled} is at Shelf B2 now." in page
    assert "/undo" in page
    page = saved(ben, f"/crates/{filled}/move", to="Shelf B2", other=blank.lower())
    assert f"Crate on {blank}" in page
    assert filled in ben.get(f"/crates/{blank}")
    answer = send(ben, f"/crates/{blank}/move", other=filled)
    assert answer.status_code == 409
    assert "cannot stand in itself" in answer.get_data(as_text=True)


def test_a_move_to_nowhere_says_so_at_the_field(ben: Client, filled: str) -> None:
    answer = send(ben, f"/crates/{filled}/move", other=SCRIPT)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert "There is no place or crate called" in page
    assert SCRIPT not in page
    assert 'id="f-other-error"' in page
    assert send(ben, f"/crates/{filled}/move").status_code == 422


def test_all_or_some_is_taken_out(app: Flask, ben: Client, filled: str) -> None:
    rows = {"lines__0__lot_id": lot_id(app), "lines__0__unit": "piece"}
    path = f"/crates/{filled}/take-out"
    page = saved(ben, path, what_for="damaged", which="some", **rows, lines__0__amount="3")
    assert f"Taken out of {filled} — Rice: 3." in page
    assert held(app, filled) == {"Rice": 5}
    assert send(ben, path, what_for="damaged", which="some", **rows).status_code == 422
    assert send(ben, path, which="all").status_code == 422
    page = saved(ben, path, what_for="issue", which="all", **rows)
    assert "Rice: 5" in page
    assert held(app, filled) == {}
    page = saved(ben, path, what_for="issue", which="all")
    assert "The book had nothing in" in page
    assert "A coordinator will look at it." in page


def test_what_is_handed_out_at_an_open_event_belongs_to_it(
    app: Flask, ben: Client, filled: str
) -> None:
    from depot.base.clock import utc_now

    with app.app_context():
        command = PlanEvent(command_id=uuid4(), name=f"Noon {SCRIPT}", starts_at=utc_now())
        event_id = plan_event(command, find_actor("ben")).body["id"]
    page = ben.get(f"/crates/{filled}/take-out")
    assert f'value="issue-{event_id}"' in page
    assert SCRIPT not in page
    saved(ben, f"/crates/{filled}/take-out", what_for=f"issue-{event_id}", which="all")
    with app.app_context():
        assert db.session.scalars(select(DistributionEvent.state)).one() == "open"
        last = select(StockEntry.event_id).order_by(StockEntry.seq.desc()).limit(1)
        assert db.session.scalars(last).one() == event_id


def test_a_count_says_how_it_compares_and_blank_is_not_zero(
    app: Flask, ben: Client, filled: str
) -> None:
    path = f"/crates/{filled}/count"
    assert "the book says 8" in ben.get(path)
    rows = {"lines__0__lot_id": lot_id(app), "lines__0__unit": "piece"}
    assert send(ben, path, **rows).status_code == 422
    assert "just as the book says" in saved(ben, path, **rows, lines__0__amount="8")
    page = saved(ben, path, **rows, lines__0__amount="11")
    assert "Rice, 3 more than the book" in page
    page = saved(ben, path, **rows, found__0__item="Bread, loose", found__0__amount="1,5")
    assert held(app, filled) == {"Rice": 11, "Bread, loose": 1500}
    saved(ben, path, **rows, lines__0__amount="0")
    assert held(app, filled) == {"Bread, loose": 1500}


def test_a_blank_label_opens_filling_and_is_filled_from_what_is_here(
    app: Flask, ben: Client, blank: str
) -> None:
    with app.app_context():
        receive(find_actor("ben"), 20, SCRIPT)
    assert ben.raw(f"/C/{blank}").headers["Location"] == f"/crates/{blank}/fill"
    page = ben.get(f"/crates/{blank}/fill")
    assert f"/donations/new?crate={blank}" in page
    assert "the book says 20" in page
    assert SCRIPT not in page
    rows = {"lines__0__lot_id": lot_id(app), "lines__0__unit": "piece", "lines__0__amount": "12"}
    page = saved(ben, f"/crates/{blank}/fill", source="Arrivals", expects_empty="yes", **rows)
    assert "A coordinator" not in page
    assert held(app, blank) == {SCRIPT: 12}
    assert ben.raw(f"/C/{blank}").headers["Location"] == f"/crates/{blank}"


def test_a_crate_is_filled_from_another_crate(
    app: Flask, ben: Client, filled: str, blank: str
) -> None:
    assert "the book says 8" in ben.get(f"/crates/{blank}/fill?from={filled.lower()}")
    assert "There is no place or crate" in ben.get(f"/crates/{blank}/fill?from=nowhere")
    lost = ben.get(f"/crates/{blank}/fill?from=nowhere&item=rice")
    assert "There is no place or crate" in lost
    saved(
        ben, f"/crates/{blank}/fill", source=filled, others__0__item="Rice", others__0__amount="3"
    )
    assert (held(app, filled), held(app, blank)) == ({"Rice": 5}, {"Rice": 3})


def test_goods_go_elsewhere_and_the_empty_crate_retires(
    app: Flask, ben: Client, filled: str
) -> None:
    ben.get(f"/crates/{filled}/empty")
    answer = send(ben, f"/crates/{filled}/retire")
    assert answer.status_code == 409
    page = saved(ben, f"/crates/{filled}/empty", which="all", to="Shelf B2")
    assert "Put elsewhere — Rice: 8." in page
    assert "empty" in page
    ben.get(f"/crates/{filled}/retire")
    page = saved(ben, f"/crates/{filled}/retire")
    assert "This crate is retired" in page
    page = ben.get(f"/C/{filled}", 404)
    assert "This crate is retired" in page
    saved(ben, f"/crates/{filled}/move", to="Shelf B2")
    with app.app_context():
        assert kinds_of_discrepancies(find_actor("ben")) == ["crate_retired"]


def test_a_misspelt_code_gets_help(ben: Client, filled: str) -> None:
    page = ben.get("/C/7K3M-9QX3", 404)
    assert "Did you mean" in page
    assert f'href="/crates/{filled}"' in page
    assert "Use this label" not in page
    page = ben.get("/scan/open?code=%3Cscript%3Ealert(1)%3C/script%3E", follow=True)
    assert SCRIPT not in page


def test_an_unknown_but_good_label_becomes_a_crate(app: Flask, ben: Client) -> None:
    assert "Use this label as a new crate" in ben.get(f"/C/{UNUSED}", 404)
    path = f"/C/{UNUSED}/adopt"
    assert send(ben, path, location="Nowhere").status_code == 404
    page = saved(ben, path, location="Arrivals")
    assert f"{UNUSED} is a crate of this depot now." in page
    answer = send(ben, path)
    assert answer.headers["Location"] == f"/crates/{UNUSED}/fill"
    with app.app_context():
        assert kinds_of_discrepancies(find_actor("ben")) == ["unknown_code"]


def test_a_typed_or_scanned_code_opens_its_crate(ben: Client, filled: str) -> None:
    ben.get("/scan")
    for text in ("7k3m 9qx2", "HTTP://127.0.0.1:8000/C/7K3M-9QX2"):
        answer = ben.raw("/scan", query_string={"code": text}, follow_redirects=False)
        answer = ben.raw(answer.headers["Location"])
        assert answer.headers["Location"] == f"/crates/{filled}"


def test_a_label_read_signed_out_comes_back_after_signing_in(
    client_for: ClientFor, filled: str
) -> None:
    stranger = client_for("")
    answer = stranger.raw(f"/C/{filled}")
    assert answer.status_code == 302
    assert f"next=%2FC%2F{filled}" in answer.headers["Location"]


def test_another_depots_crate_is_not_there(app: Flask, client_for: ClientFor, filled: str) -> None:
    cleo = client_for("cleo")
    page = cleo.get(f"/C/{filled}", 404)
    assert "No crate has this code" in page
    assert "Rice" not in page
    assert filled not in cleo.get("/crates")
    for path in (
        "",
        "/move",
        "/take-out",
        "/count",
        "/fill",
        "/empty",
        "/retire",
        "/label",
        "/label.pdf",
        "/label.png",
    ):
        assert cleo.raw(f"/crates/{filled}{path}").status_code == 404
    for path in ("/move", "/take-out", "/count", "/fill", "/empty", "/retire"):
        form = {"to": "Arrivals", "what_for": "lost", "which": "all", "source": "Arrivals"}
        assert send(cleo, f"/crates/{filled}{path}", **form).status_code == 404
    assert held(app, filled) == {"Rice": 8}


def test_the_list_filters_and_pages(app: Flask, ben: Client, filled: str, blank: str) -> None:
    with app.app_context():
        actor = find_actor("ben")
        shelf = db.session.scalars(select(Location.id).where(Location.name == "Arrivals")).first()
        create_crates(CreateCrates(command_id=uuid4(), count=45), actor)
    page = ben.get("/crates")
    assert filled in page
    assert blank not in page
    first = ben.get("/crates?state=blank")
    found = re.search(r'href="(/crates\?[^"]*after=[^"]*)"', first)
    assert found
    assert blank not in first
    assert blank in ben.get(found[1].replace("&amp;", "&"))
    for query in (f"q={filled[:3]}", "item=rice", f"place={shelf}", "state=filled"):
        assert filled in ben.get(f"/crates?{query}"), query
    for query in ("q=ZZZZ", "item=beans", "place=99999", "state=empty", "after=x&state=retired"):
        assert filled not in ben.get(f"/crates?{query}"), query
    assert ben.raw("/crates?place=%00&after=-1&state=odd").status_code == 200


def test_a_character_that_no_database_takes_is_no_crate(client_for: ClientFor) -> None:
    ben = client_for("ben")
    ben.get("/C/BOX%00", 404)
    ben.get("/crates/%00", 404)
    ben.get("/crates?q=%00&item=%00")
