"""Pages: several crates filled in one act, a crate split into a new one, and words on crates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from depot.models import Crate
from tests.builders import find_actor, receive
from tests.clients import Client
from tests.commands.shelves import put_crate, put_place
from tests.current import db
from tests.stock_text import rows, stock
from tests.unit.papers.shown import text_of
from tests.web.crates.test_crates_api import Program

ClientFor = Callable[[str], Client]
CODE = "7K3M-9QX2"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def ben(app: Flask, client_for: ClientFor) -> Client:
    """Ben, in a depot with 40 bags of rice at Arrivals, a shelf and an empty crate on it."""
    with app.app_context():
        actor = find_actor("ben")
        put_place(actor, "Shelf 2")
        put_crate(actor, CODE, at="Shelf 2", state="in_use")
        receive(actor, 40, "Rice")
    return client_for("ben")


def send(client: Client, path: str, **form: Any) -> TestResponse:
    fields = {name.replace("__", "-"): text for name, text in form.items()}
    return client.post(path, {"command_id": str(uuid4())} | fields)


def new_codes(app: Flask) -> list[str]:
    with app.app_context():
        found = db.session.scalars(select(Crate.code).order_by(Crate.location_id))
        return [code for code in found if code != CODE]


def test_several_crates_are_filled_and_lead_to_their_labels(app: Flask, ben: Client) -> None:
    assert "/crates/pack" in ben.get("/crates")
    assert "Fill several crates" in ben.get("/crates/pack")
    form: dict[str, Any] = {"goods__0__item": "Rice", "goods__0__amount": "8", "source": "Arrivals"}
    done = send(ben, "/crates/pack", count="3", to="Shelf 2", **form)
    codes = new_codes(app)
    assert done.location == f"/crates/{codes[0]}/labels"
    page = ben.get(done.location)
    assert "3 new crates, in all — Rice: 24." in page
    assert all(code in page for code in codes)
    with app.app_context():
        assert stock(find_actor("ben")) == rows(
            ", ".join(["16 Rice @ Arrivals", *(f"8 Rice @ {code}" for code in codes)])
        )
    sheet = send(ben, f"/crates/{codes[0]}/labels", sheet="L7160", start_at="1", printer="none")
    assert sheet.mimetype == "application/pdf"
    printed = text_of(sheet.data)
    assert all(code in printed for code in codes)
    assert printed.count("Rice: 8") == 3


def test_a_form_that_says_too_little_is_shown_again(ben: Client) -> None:
    refused = send(ben, "/crates/pack", count="3", source="Arrivals")
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "Write what goes into each crate." in page
    assert 'value="3"' in page
    many = send(ben, "/crates/pack", count="500", source="Arrivals", goods__0__item=SCRIPT)
    assert many.status_code == 422
    assert SCRIPT not in many.get_data(as_text=True)


def test_a_crate_that_was_filled_asks_where_it_goes(ben: Client) -> None:
    form = {"source": "Arrivals", "others__0__item": "Rice", "others__0__amount": "4"}
    done = send(ben, f"/crates/{CODE}/fill", expects_empty="yes", **form)
    page = ben.get(done.location)
    assert "It is filled. Where does it go?" in page
    assert "It stays where it is" in page
    more = send(ben, f"/crates/{CODE}/fill", **form)
    assert more.location == f"/crates/{CODE}"


def test_a_split_makes_a_new_crate_and_both_pages_say_so(app: Flask, ben: Client) -> None:
    with app.app_context():
        receive(find_actor("ben"), 12, "Rice", crate_code=CODE)
    assert "A new crate" in ben.get(f"/crates/{CODE}/empty")
    some = {"others__0__item": "Rice", "others__0__amount": "5"}
    done = send(ben, f"/crates/{CODE}/empty", which="some", to="/new", **some)
    (new,) = new_codes(app)
    old_page = ben.get(done.location)
    assert f"Now in the new crate {new} — Rice: 5." in old_page
    assert f"/crates/{new}/label" in old_page
    assert f"{new} was split from it" in old_page
    assert f"Split from {CODE}" in ben.get(f"/crates/{new}")
    assert ben.raw(f"/crates/{new}/label.png").mimetype == "image/png"


def test_a_word_is_put_on_found_by_and_taken_off(ben: Client) -> None:
    done = send(ben, f"/crates/{CODE}/tags", add="for  Saturday")
    assert done.location == f"/crates/{CODE}#tags"
    page = ben.get(f"/crates/{CODE}")
    assert "for Saturday" in page
    assert CODE in ben.get("/crates?tag=FOR SATURDAY")
    assert CODE not in ben.get("/crates?tag=school")
    assert "for Saturday" in str(ben.get("/crates/list.csv?tag=for Saturday"))
    send(ben, f"/crates/{CODE}/tags", remove="for Saturday")
    assert CODE not in ben.get("/crates?tag=for Saturday")


def test_a_script_as_a_word_is_a_word(ben: Client) -> None:
    send(ben, f"/crates/{CODE}/tags", add=SCRIPT)
    for page in (f"/crates/{CODE}", "/crates", "/scan"):
        assert SCRIPT not in ben.get(page)
    refused = send(ben, f"/crates/{CODE}/tags", add="x" * 41)
    assert refused.status_code == 422


def test_programs_pack_and_tag(app: Flask, ben: Client) -> None:
    program = Program(app)
    lines = [{"item": "Rice", "quantity": 2}]
    body = {"command_id": str(uuid4()), "source": "Arrivals", "lines": lines, "count": 2}
    made = program.post("/crates/pack", body)
    assert program.post("/crates/pack", body, status=200) == made
    one, _two = made["codes"]
    body = {"crate_codes": made["codes"], "add": ["school"]}
    assert program.post("/crates/tags", body)["added"] == ["school"]
    assert program.get(f"/crates/{one}")["tags"] == ["school"]
    assert one in ben.get("/crates?tag=school")
    Program(app, "cleo").post("/crates/tags", body, status=404)
    Program(app, "cleo").post("/crates/pack", {"source": one}, status=404)


def test_another_depot_sees_and_touches_none_of_it(
    app: Flask, ben: Client, client_for: ClientFor
) -> None:
    send(ben, f"/crates/{CODE}/tags", add="zebra crossing")
    cleo = client_for("cleo")
    assert "zebra crossing" not in cleo.get("/crates")
    assert send(cleo, f"/crates/{CODE}/tags", add="mine").status_code == 404
    assert cleo.http.get(f"/crates/{CODE}/labels").status_code == 404
    assert "mine" not in ben.get(f"/crates/{CODE}")
