"""The week by mail on pages: asking, saying yes, ending it, and what did not arrive."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.mail.links import END, MailLinks
from depot.mail.sender import send_due
from depot.models import MailOutbox
from tests.clients import Client
from tests.current import db
from tests.mail_server import mail_server

ClientFor = Callable[[str], Client]
FUNDER = "funder@example.org"


def ask(client: Client, address: str = FUNDER, **more: str) -> int:
    form = {"command_id": str(uuid4()), "address": address} | more
    return client.post("/mails/ask", form).status_code


def link(app: Flask, purpose: str) -> str:
    """Return the path of the link in the newest mail, or the one that ends the first wish."""
    if purpose == END:
        config = app.config["DEPOT"]
        url = MailLinks(config.base_url, config.secret_key).url(END, 1)
    else:
        with app.app_context():
            body = db.session.scalars(
                select(MailOutbox.body).order_by(MailOutbox.id.desc())
            ).first()
        found = re.search(r"http\S+/confirm/\S+", body or "")
        assert found
        url = found[0]
    return url.removeprefix("http://127.0.0.1:8000")


def test_somebody_outside_says_yes_and_ends_it_without_an_account(
    app: Flask, client_for: ClientFor
) -> None:
    ada, funder = client_for("ada"), client_for("")
    assert ask(ada) == 303
    assert "was not followed yet" in ada.get("/mails/")
    confirm = link(app, "confirm")
    assert "Yes, send it to me" in funder.get(confirm)
    assert "was not followed yet" in ada.get("/mails/"), "looking at the link changes nothing"
    assert "Yes it is." in funder.post(confirm, {}).get_data(as_text=True)
    assert "was not followed yet" not in ada.get("/mails/")
    end = link(app, END)
    assert "Send me no more" in funder.get(end)
    assert "/readers/1/end" in ada.get("/mails/")
    assert "It has ended." in funder.post(end, {}).get_data(as_text=True)
    assert "/readers/1/end" not in ada.get("/mails/")
    assert funder.post(confirm, {}).status_code == 410


def test_one_press_in_a_mail_program_ends_it(app: Flask, client_for: ClientFor) -> None:
    ada = client_for("ada")
    ask(ada)
    answer = app.test_client().post(link(app, END), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "/readers/1/end" not in ada.get("/mails/")


def test_a_link_that_was_tampered_with_opens_nothing(app: Flask, client_for: ClientFor) -> None:
    anybody = client_for("")
    for path in ("/mails/confirm/x.y", "/mails/end/MQ.abc"):
        assert anybody.raw(path).status_code == 410
        assert anybody.post(path, {}).status_code == 410


def test_a_volunteer_asks_for_their_own_address_and_sees_no_other(client_for: ClientFor) -> None:
    ask(client_for("ada"))
    ben = client_for("ben")
    assert ask(ben, "ben@example.org", is_own="yes") == 303
    page = ben.get("/mails/")
    assert "ben@example.org" in page
    assert FUNDER not in page
    assert ask(ben, "other@example.org") == 403


def test_an_address_that_is_none_stands_at_its_field(client_for: ClientFor) -> None:
    answer = client_for("ada").post(
        "/mails/ask", {"command_id": str(uuid4()), "address": "ann@example.org, bob@example.org"}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Write one mail address" in page
    assert 'value="ann@example.org, bob@example.org"' in page


def test_a_failed_mail_is_shown_with_its_reason_and_can_be_tried_again(
    app: Flask, client_for: ClientFor
) -> None:
    ada = client_for("ada")
    ask(ada)
    with mail_server() as room:
        room.answers = {FUNDER: "550 no such user"}
        with app.app_context():
            send_due(room.server())
        page = ada.get("/mails/")
        assert "The mail server said: 550 no such user" in page
        assert "1 mail could not be sent" in ada.get("/")
        assert "could not be sent" not in client_for("ben").get("/")
        room.answers.clear()
        again = ada.post("/mails/1/retry", {"command_id": str(uuid4())})
        assert again.status_code == 303
        with app.app_context():
            assert send_due(room.server(), lambda: utc_now() + timedelta(seconds=1)).sent == 1
    assert "The mail server said" not in ada.get("/mails/")


def test_without_a_mail_server_the_page_says_what_to_set(client_for: ClientFor) -> None:
    assert "DEPOT_SMTP_URL" in client_for("ada").get("/mails/")


def test_the_hour_is_set_and_a_wrong_one_is_refused(client_for: ClientFor) -> None:
    ada = client_for("ada")
    assert ada.post("/mails/hour", {"command_id": str(uuid4()), "hour": "9"}).status_code == 303
    assert "Every Monday at 9 o’clock" in ada.get("/mails/")
    assert ada.post("/mails/hour", {"command_id": str(uuid4()), "hour": "24"}).status_code == 422
