"""What a phone gets to work without a connection: list, service worker, manifest, icons, marks."""

from __future__ import annotations

import io
import json
import re
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from PIL import Image

from blueprints.browser.bundles import built_file
from blueprints.shell import pages
from blueprints.shell.icons import ICONS
from blueprints.shell.pages import PROTOCOL
from depot.base.clock import utc_now
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.locations.commands import SavePlace, save_place
from tests.builders import find_actor
from tests.clients import Client
from tests.current import db
from tests.guards.sources import ROOT
from tests.statements import count_statements
from tests.web.phone_client import CODE
from tests.web.stock_setup import stock_up


@pytest.fixture
def ben(app: Flask) -> Client:
    stock_up(app)
    return Client.signed_in(app, "ben")


def listed(client: Client, etag: str = "") -> tuple[Any, str]:
    """Return the list and its version, None for a list that the phone has already."""
    headers = {"If-None-Match": etag} if etag else {}
    answer = client.raw("/scan/list", headers=headers)
    assert answer.status_code in (200, 304)
    return (answer.get_json() if answer.status_code == 200 else None), answer.headers["ETag"]


def plan(app: Flask, name: str) -> int:
    with app.app_context():
        planned = PlanEvent(command_id=uuid4(), name=name, starts_at=utc_now())
        return int(plan_event(planned, find_actor("ada")).body["id"])


def test_the_list_names_what_a_phone_needs(app: Flask, ben: Client) -> None:
    event_id = plan(app, "Saturday")
    known, _etag = listed(ben)
    of_goods = {"crates", "places", "items", "codes", "replaced", "held", "past", "promised"}
    assert known.keys() == {"at", "depot", "pages", "events", "names"} | of_goods
    assert known["names"] == [], "only the depot's own devices ask who is there"
    assert known["crates"] == [[CODE, "", "filled", "Arrivals", "Rolls: 9"]]
    assert "Arrivals" in [name for _id, name in known["places"]]
    assert [event_id, "Saturday"] in known["events"]
    assert "Rice" in [name for _id, name in known["items"]]
    assert f"/hand-outs/{event_id}/hand-out" in known["pages"]


def test_the_list_is_sent_again_only_if_something_in_it_changed(app: Flask, ben: Client) -> None:
    known, etag = listed(ben)
    assert known is not None
    assert listed(ben, etag) == (None, etag)
    with app.app_context():
        save_place(SavePlace(command_id=uuid4(), name="Attic"), find_actor("ada"))
    known, later = listed(ben, etag)
    assert "Attic" in [name for _id, name in known["places"]]
    plan(app, "Sunday")
    assert listed(ben, later)[0] is not None


def test_the_list_takes_few_statements_however_many_crates(app: Flask, ben: Client) -> None:
    with app.app_context():
        engine = db.engine
    with count_statements(engine) as statements:
        listed(ben)
    assert len(statements) <= 12


def test_the_list_is_a_depots_own(app: Flask, ben: Client) -> None:
    plan(app, "Saturday")
    known, _etag = listed(Client.signed_in(app, "cleo"))
    assert known["crates"] == []
    assert known["events"] == []
    assert "Rolls" not in json.dumps(known)
    assert Client(app.test_client()).raw("/scan/list").status_code == 401


def test_the_service_worker_names_files_that_are_there(app: Flask, ben: Client) -> None:
    answer = ben.raw("/sw.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"
    told = re.match(r"self\.DEPOT=(\{.*?\});\n", answer.get_data(as_text=True))
    assert told
    shell = json.loads(told[1])
    assert any(address.startswith("/bundles/outbox-") for address in shell["files"])
    for address in [*shell["files"], shell["offline"]]:
        with ben.raw(address) as served:
            assert served.status_code == 200, address


def test_a_service_worker_of_other_files_is_of_another_version(
    app: Flask, ben: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a phone keeps the style and the scripts of before for good."""

    def version() -> str:
        told = re.search(r'"version": "(\w+)"', ben.raw("/sw.js").get_data(as_text=True))
        assert told
        return told[1]

    first = version()
    assert version() == first
    with app.test_request_context():
        whole = pages._files()
    for files in ([*whole, "/static/new.css"], whole[1:], [f"{whole[0]}x", *whole[1:]]):
        monkeypatch.setattr(pages, "_files", lambda files=files: files)
        assert version() != first
    monkeypatch.undo()
    scan = built_file("scan")
    monkeypatch.setattr(pages, "built_file", lambda name: scan)
    assert version() != first, "the worker's own script is another"


def test_the_service_worker_and_the_store_are_of_one_shape() -> None:
    store = (ROOT / "blueprints/browser/src/outbox/store.ts").read_text()
    assert f"export const VERSION = {PROTOCOL};" in store


def test_the_manifest_names_icons_of_the_size_they_say(ben: Client) -> None:
    manifest = json.loads(ben.raw("/manifest.webmanifest").get_data())
    assert {shortcut["url"] for shortcut in manifest["shortcuts"]} == {
        "/scan",
        "/donations/new",
        "/",
    }
    assert ben.raw(manifest["share_target"]["action"]).status_code == 302
    for icon in manifest["icons"]:
        data = ben.raw(icon["src"]).get_data()
        image = Image.open(io.BytesIO(data))
        assert "{}x{}".format(*image.size) == icon["sizes"]
    assert ben.raw("/icons/none.png").status_code == 404


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_that_a_phone_may_cut_has_no_bare_corner(name: str, ben: Client) -> None:
    image = Image.open(io.BytesIO(ben.raw(f"/icons/{name}.png").get_data())).convert("RGBA")
    corner = image.getpixel((0, 0))
    assert isinstance(corner, tuple)
    assert (corner[3] == 255) == ICONS[name][1]


def test_a_page_says_whose_it_is_and_whether_it_may_be_kept(app: Flask, ben: Client) -> None:
    with app.app_context():
        me = find_actor("ben")
    whose = f"{me.person_id}.{me.depot_id}"
    page = ben.raw("/donations/new")
    assert (page.headers["Depot-Page"], page.headers["Depot-Keep"]) == (whose, "yes")
    form = {"command_id": str(uuid4()), "source": "anyone", "what": "items"}
    ben.post("/donations/new", form | {"lines-0-item": "Peas", "lines-0-quantity": "4"})
    ahead = ben.raw("/donations/new", headers={"Purpose": "prefetch"})
    assert "Saved: Peas" not in ahead.get_data(as_text=True)
    told = ben.raw("/")
    assert "Saved: Peas" in told.get_data(as_text=True)
    assert "Depot-Keep" not in told.headers
    assert "Depot-Page" not in Client(app.test_client()).raw("/sign-in").headers


def test_the_list_of_what_waits_and_the_page_without_connection(app: Flask, ben: Client) -> None:
    assert 'id="waiting"' in ben.get("/scan/waiting")
    assert "No connection" in Client(app.test_client()).get("/offline")
    assert "/scan/queue-file" in Client.signed_in(app, "ada").get("/scan/waiting")


def test_what_a_script_asks_for_beside_leaves_the_session_as_it_is(ben: Client) -> None:
    """Else an answer that comes late would bring back a session that was signed out meanwhile."""
    own = {"Sec-Fetch-Site": "same-origin"}
    batch = {"device_id": "phone", "commands": []}
    for answer in (
        ben.raw("/scan/list"),
        ben.raw("/donations/new", headers={"Purpose": "prefetch"}),
        ben.raw("/stock/amounts?text=2+kg&unit=g", headers={"Purpose": "prefetch"}),
        ben.http.post("/sync", json=batch, headers=own),
    ):
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
    assert "Set-Cookie" in ben.raw("/donations/new").headers


def test_pages_that_load_side_by_side_have_forms_that_both_count(app: Flask) -> None:
    ada = Client.signed_in(app, "ada")
    kept = ada.raw("/donations/new", headers={"Purpose": "prefetch"}).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', kept)
    assert token
    ada.raw("/account")
    form = {"command_id": str(uuid4()), "source": "anyone", "what": "items", "lines-0-item": "Peas"}
    sent = form | {"lines-0-quantity": "4", "csrf_token": token[1]}
    assert ada.http.post("/donations/new", data=sent).status_code == 303
