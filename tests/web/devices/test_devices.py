"""A device of the depot's own through the pages: from the code to an entry, and what stays shut."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from flask import Flask
from sqlalchemy import select, update

from depot.base.clock import utc_now
from depot.models import Person, PersonSession
from tests.builders import find_actor, make_invitation, make_token
from tests.clients import Client
from tests.current import db
from tests.web.joining.test_joining import Program
from tests.web.phone_client import receipt

ClientFor = Callable[[str], Client]
URL = re.compile(r'value="http://127\.0\.0\.1:8000(/device/[\w-]+)"')


def add(ada: Client, name: str = "Blue tablet") -> str:
    """Make a device through the page; return the path of its link."""
    form = {"command_id": str(uuid4()), "name": name, "idle_minutes": "10"}
    assert ada.post("/devices/", form).status_code == 303
    found = URL.search(ada.get("/devices/"))
    assert found
    return found[1]


def set_up(client_for: ClientFor, login: str = "") -> Client:
    """Return a browser that is the depot's own device."""
    path, tablet = add(client_for("ada")), client_for(login)
    assert "Make this device the depot’s" in tablet.get(path)
    assert tablet.post(path, {"command_id": str(uuid4())}).headers["Location"] == "/who"
    return tablet


def number(app: Flask, name: str) -> int:
    with app.app_context():
        return db.session.scalars(select(Person.id).where(Person.name == name)).one()


def tap(app: Flask, tablet: Client, name: str, **said: str) -> str:
    """Tap a name; return where it leads."""
    form = {"command_id": str(uuid4()), "person_id": str(number(app, name))} | said
    answer = tablet.post("/who", form)
    return str(answer.headers.get("Location", answer.get_data(as_text=True)))


def sync(tablet: Client, *commands: dict[str, Any], **said: object) -> tuple[int, str]:
    """Send what waited on the device; return the status and what was answered."""
    headers = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
    batch = {"device_id": "tablet", "commands": commands} | said
    answer = tablet.http.post("/sync", json=batch, headers=headers)
    return answer.status_code, json.dumps(answer.json)


def leave_alone(app: Flask) -> None:
    """Nobody has touched a device for a quarter of an hour."""
    with app.app_context():
        ago = utc_now() - timedelta(minutes=15)
        mine = PersonSession.device_id.is_not(None)
        db.session.execute(update(PersonSession).where(mine).values(created_at=ago, seen_at=ago))
        db.session.commit()


def test_from_the_code_to_a_line_of_the_ledger(app: Flask, client_for: ClientFor) -> None:
    tablet = set_up(client_for)
    assert ">Ada<" in tablet.get("/who")
    assert ">Cleo<" not in tablet.get("/who"), "she works in the south"
    assert tap(app, tablet, "Ada") == "/"
    page = tablet.get("/more")
    assert "Somebody else?" in page
    assert "People" not in re.findall(r"<a [^>]*>([^<]*)", page)
    status, told = sync(tablet, receipt(4))
    assert (status, '"posted"' in told) == (200, True), told
    assert "Ada, Blue tablet" in client_for("ben").get("/ledger/")


def test_the_code_counts_once_and_opening_it_uses_nothing_up(
    app: Flask, client_for: ClientFor
) -> None:
    path = add(client_for("ada"))
    one, other = client_for(""), client_for("")
    one.get(path)
    assert one.post(path, {"command_id": str(uuid4())}).status_code == 303
    assert other.raw(path).status_code == 410
    assert other.post("/device/guessed", {"command_id": str(uuid4())}).status_code == 410
    assert URL.search(client_for("ada").get("/devices/")) is None


def test_a_device_that_is_set_up_leaves_nobody_signed_in(app: Flask, client_for: ClientFor) -> None:
    tablet = set_up(client_for, "ada")
    assert tablet.raw("/people/").status_code == 302
    tap(app, tablet, "Ada")
    assert tablet.raw("/people/").status_code == 403


def test_what_is_somebodys_own_and_what_is_no_helpers_stays_shut(
    app: Flask, client_for: ClientFor
) -> None:
    tablet = set_up(client_for)
    tap(app, tablet, "Ada")
    shut = ("/account", "/account/devices", "/account/second-step", "/account/pin", "/devices/")
    for page in (*shut, "/settings/", "/people/", "/reports/weekly", "/open-book/", "/here/code/"):
        assert tablet.raw(page).status_code == 403, page
    for form in ("/account/sign-in", "/account/devices/end-others", "/account/depot"):
        assert tablet.post(form, {"command_id": str(uuid4())}).status_code == 403, form
    for page in re.findall(r'<a [^>]*href="(/[^"#?]*)"', tablet.get("/more") + tablet.get("/")):
        assert tablet.raw(page).status_code < 400, f"a link that leads nowhere: {page}"


def test_a_password_on_it_makes_nobody_more(app: Flask, client_for: ClientFor) -> None:
    tablet = set_up(client_for)
    said = {"login": "ada", "password": "warm soup at noon"}
    assert tablet.post("/sign-in", said).status_code == 303
    assert "Ada" in tablet.get("/more")
    assert tablet.raw("/people/").status_code == 403
    assert tablet.post("/sign-in", said | {"login": "cleo"}).status_code == 303
    assert tablet.raw("/").status_code == 302, "she works in another depot"


def test_an_invitation_opened_on_it_changes_nobody_who_was_tapped(
    app: Flask, client_for: ClientFor
) -> None:
    tablet = set_up(client_for)
    new = {"command_id": str(uuid4()), "name": "Ana"}
    assert tablet.post("/who/new", new).headers["Location"] == "/"
    with app.app_context():
        secret = make_invitation("Eve", "coordinator", find_actor("ada"))
    mine = {"as_me": "yes", "login": "eve", "password": "another long password", "name": "Eve"}
    assert tablet.post(f"/join/{secret}", mine).status_code == 303
    with app.app_context():
        ana = db.session.scalars(select(Person).where(Person.name == "Ana")).one()
        assert ana.login is None
        assert find_actor("eve").name == "Eve"
    assert tablet.raw("/people/").status_code == 403


def test_it_asks_again_and_leads_back_to_where_one_was(app: Flask, client_for: ClientFor) -> None:
    tablet = set_up(client_for)
    tap(app, tablet, "Ben")
    tablet.get("/stock/")
    leave_alone(app)
    away = tablet.raw("/stock/").headers["Location"]
    assert tablet.raw(away).headers["Location"] == "/who?next=/stock/"
    assert 'value="/stock/"' in tablet.get("/who?next=/stock/")
    assert tap(app, tablet, "Ada", next="/stock/") == "/stock/"
    assert tap(app, tablet, "Ada", next="//evil.example") == "/"
    assert tablet.post("/who/leave", {}).headers["Location"] == "/who"
    assert tablet.raw("/stock/").status_code == 302


def test_where_it_asks_for_pins(app: Flask, client_for: ClientFor) -> None:
    tablet, ada, ben = set_up(client_for), client_for("ada"), client_for("ben")
    on = {"command_id": str(uuid4()), "asks_pin": "yes"}
    assert ada.post("/devices/pins", on).status_code == 303
    assert "no PIN yet" in tap(app, tablet, "Ben", pin="2580")
    assert ben.post("/account/pin", {"pin": "1111"}).status_code == 422
    assert ben.post("/account/pin", {"pin": "2580"}).status_code == 303
    asked = tablet.get(f"/who?person_id={number(app, 'Ben')}&next=/stock/")
    assert 'type="password"' in asked
    assert ">Ada<" not in asked
    wrong = tap(app, tablet, "Ben", pin="9999")
    assert "That is not the PIN of Ben." in wrong
    assert "9999" not in wrong
    assert tap(app, tablet, "Ben", pin="2580") == "/"
    assert "The depot’s devices ask for a PIN: yes, was no" in ada.get("/open-book/settings")


def test_a_queue_is_sent_in_the_name_of_who_did_it(app: Flask, client_for: ClientFor) -> None:
    tablet = set_up(client_for)
    tap(app, tablet, "Ben")
    tap(app, tablet, "Ada")
    leave_alone(app)
    status, told = sync(tablet, receipt(4), person=number(app, "Ben"))
    assert (status, '"posted"' in told) == (200, True), told
    assert "Ben, Blue tablet" in client_for("ada").get("/ledger/")
    status, told = sync(tablet, receipt(4), person=number(app, "Cleo"))
    assert (status, "other_person" in told) == (409, True), told


def test_a_name_tapped_without_a_connection_counts_where_no_pin_is_asked_for(
    app: Flask, client_for: ClientFor
) -> None:
    tablet, ada = set_up(client_for), client_for("ada")
    tap(app, tablet, "Ada")
    listed = json.loads(tablet.raw("/scan/list").text)["names"]
    assert [number(app, "Ben"), "Ben"] in listed
    assert "Cleo" not in str(listed)
    assert json.loads(ada.raw("/scan/list").text)["names"] == []
    status, told = sync(tablet, receipt(4), person=number(app, "Ben"))
    assert (status, '"posted"' in told) == (200, True), told
    assert "Ben, Blue tablet" in ada.get("/ledger/")
    assert ada.post("/devices/pins", {"command_id": str(uuid4()), "asks_pin": "yes"})
    assert json.loads(tablet.raw("/scan/list").text)["names"] == []
    status, told = sync(tablet, receipt(4), person=number(app, "Ben"))
    assert (status, "other_person" in told) == (409, True), told


def test_somebody_else_comes_back_to_the_page_that_was_open(
    app: Flask, client_for: ClientFor
) -> None:
    tablet = set_up(client_for)
    tap(app, tablet, "Ada")
    assert 'href="/who?next=/donations/new"' in tablet.get("/donations/new")
    assert tap(app, tablet, "Ben", next="/donations/new") == "/donations/new"


def test_another_depots_device_is_nobodys_here(app: Flask, client_for: ClientFor) -> None:
    tablet, cleo = set_up(client_for), client_for("cleo")
    assert "Blue tablet" not in cleo.get("/devices/")
    form = {"command_id": str(uuid4()), "person_id": str(number(app, "Cleo"))}
    assert tablet.post("/who", form).status_code == 404
    forged = client_for("")
    forged.http.set_cookie("depot-own", "WyJrZXkiXQ.forged")
    assert forged.raw("/who").status_code == 302
    assert (
        forged.post(
            "/who",
            form,
        ).status_code
        == 303
    )


def test_coordinators_programs_make_and_end_devices(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        tokens = [
            make_token(name, name, find_actor("ada")) for name in ("coordinator", "volunteer")
        ]
        tokens.append(make_token("far", "coordinator", find_actor("cleo")))
    office, till, far = (Program(app.test_client(), token) for token in tokens)
    command = {"command_id": str(uuid4()), "name": "Red tablet"}
    status, made = office.post("/devices", command)
    assert (status, office.post("/devices", command)) == (201, (200, made))
    path = urlsplit(made["url"]).path
    tablet = client_for("")
    assert tablet.post(path, {}).status_code == 303
    assert office.post("/devices/pins", {"command_id": str(uuid4()), "asks_pin": True})[0] == 201
    answer = office.get("/devices")
    assert [row["name"] for row in answer["devices"]] == ["Red tablet"]
    assert answer["devices"][0]["set_up_at"] is not None
    assert answer["asks_pin"] is True
    assert far.get("/devices")["devices"] == []
    address, body = f"/devices/{made['id']}/end", {"command_id": str(uuid4())}
    assert far.post(address, body)[0] == 404
    assert till.post("/devices", {"command_id": str(uuid4()), "name": "Blue"})[0] == 403
    assert till.post(address, {"command_id": str(uuid4())})[0] == 403
    assert office.post(address, body)[0] == 201
    assert office.get("/devices")["devices"] == []
