"""Calendars through the pages, and as a phone's calendar reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import vobject
from flask import Flask
from sqlalchemy import select, update

from depot.models import Activity, MailOutbox
from tests.builders import find_actor
from tests.clients import Client
from tests.commands.rota.acts import single, take
from tests.current import db

ClientFor = Callable[[str], Client]
URL = re.compile(r'value="http://127\.0\.0\.1:8000(/calendar/[\w-]+\.ics)"')


def make(client: Client, **said: str) -> str:
    """Make a calendar through the page; return its path."""
    answer = client.post("/calendar/open", {"command_id": str(uuid4())} | said)
    assert answer.status_code == 303
    (found,) = URL.findall(client.get("/calendar/"))
    return str(found)


def test_a_phone_subscribes_and_asks_again(app: Flask, client_for: ClientFor) -> None:
    path = make(client_for("ben"))
    with app.app_context():
        name = single(find_actor("ada"))
        take(find_actor("ben"), name)
    phone = client_for("")
    first = phone.http.get(path)
    assert first.status_code == 200
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "noindex" in first.headers["X-Robots-Tag"]
    (event,) = vobject.readOne(first.get_data(as_text=True)).vevent_list
    assert event.summary.value == "Door"
    same = phone.http.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    app.extensions["kept-for-all"].clear()
    with app.app_context():
        db.session.execute(update(Activity).values(name="Gate"))
        db.session.commit()
    newer = phone.http.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert newer.status_code == 200
    assert b"SUMMARY:Gate" in newer.data


def test_an_address_that_ended_or_never_was_shows_nothing(client_for: ClientFor) -> None:
    ben, phone = client_for("ben"), client_for("")
    old = make(ben)
    assert phone.http.get(old).status_code == 200
    new = make(ben)
    assert old != new
    assert phone.http.get(old).status_code == phone.http.get("/calendar/x.ics").status_code == 410
    ended = ben.post("/calendar/close", {"command_id": str(uuid4())})
    assert ended.status_code == 303
    assert phone.http.get(new).status_code == 410
    assert not URL.findall(ben.get("/calendar/"))


def test_the_depots_is_a_coordinators_to_make(client_for: ClientFor) -> None:
    ben, ada = client_for("ben"), client_for("ada")
    refused = ben.post("/calendar/open", {"command_id": str(uuid4()), "of_depot": "yes"})
    assert refused.status_code == 403
    path = make(ada, of_depot="yes")
    assert URL.findall(ben.get("/calendar/")) == [path]
    assert not URL.findall(client_for("cleo").get("/calendar/"))


def test_mails_about_shifts_are_asked_for_and_ended(app: Flask, client_for: ClientFor) -> None:
    ben, phone = client_for("ben"), client_for("")
    wanted = {"command_id": str(uuid4()), "address": "ben@example.org", "each_week": "yes"}
    assert ben.post("/calendar/mails", wanted).status_code == 303
    assert "ben@example.org" in ben.get("/calendar/")
    assert "ben@example.org" not in client_for("ada").get("/calendar/")
    with app.app_context():
        body = db.session.scalars(select(MailOutbox.body)).one()
    link = re.search(r"http://127\.0\.0\.1:8000(/calendar/mails/confirm/\S+)", body)
    assert link
    assert "Yes, send it to me" in phone.get(link[1])
    assert "Each mail has a link to end it." in phone.post(link[1], {}).get_data(as_text=True)
    assert phone.http.get("/calendar/mails/end/forged").status_code == 410
    nothing = {"command_id": str(uuid4()), "address": "ben@example.org"}
    assert ben.post("/calendar/mails", nothing).status_code == 422
    assert ben.post("/calendar/mails/end", {"command_id": str(uuid4())}).status_code == 303
    assert "Send no more" not in ben.get("/calendar/")
