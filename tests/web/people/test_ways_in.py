"""The ways in and out, through the pages: sessions, the second step, links to a new password."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from depot.app import create_app
from depot.base.clock import utc_now
from depot.config import Config
from depot.mail.server import mail_server
from depot.models import Invitation, MailOutbox, Person, PersonSession
from depot.people.queries import member_called
from tests.builders import PASSWORD, find_actor, make_person
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]
NEW = "quite another password"
KEY = re.compile(r'<span class="code long" dir="ltr">([A-Z2-7 ]+)</span>')
PAPER = re.compile(r'<li><span class="code">([0-9A-Z-]{14})</span>')
DEVICE = re.compile(r'action="(/account/devices/\d+/end)"')
WAY_IN = re.compile(r"http://127\.0\.0\.1:8000(/recover/by/[\w-]+)")


def cookie(client: Client) -> str:
    found = client.http.get_cookie("depot")
    assert found is not None
    return found.value


def sign_in(client: Client, login: str, password: str = PASSWORD, next_: str = "") -> str:
    """Send the form and return where it leads, or the status."""
    answer = client.post("/sign-in", {"login": login, "password": password, "next": next_})
    return answer.headers.get("Location", str(answer.status_code))


def set_up(client: Client) -> tuple[pyotp.TOTP, list[str]]:
    """Turn the second step on, as a person does; return the app and the codes on paper."""
    assert client.post("/account/second-step/begin", {"password": PASSWORD}).status_code == 303
    shown = KEY.search(client.get("/account/second-step"))
    assert shown
    app = pyotp.TOTP(shown[1].replace(" ", ""))
    answer = client.post("/account/second-step/confirm", {"code": app.now()})
    assert answer.status_code == 201
    return app, PAPER.findall(answer.get_data(as_text=True))


def test_a_copied_cookie_is_dead_once_its_owner_signed_out(
    app: Flask, client_for: ClientFor
) -> None:
    ben = client_for("ben")
    thief = Client(app.test_client())
    thief.http.set_cookie("depot", cookie(ben))
    assert thief.raw("/").status_code == 200
    ben.post("/sign-out", {})
    assert thief.raw("/").status_code == 302


def test_signing_in_begins_another_session_and_ends_the_one_before(
    app: Flask, client_for: ClientFor
) -> None:
    ben = client_for("ben")
    before = cookie(ben)
    assert ben.post("/sign-in", {"login": "ada", "password": PASSWORD}).status_code == 303
    thief = Client(app.test_client())
    thief.http.set_cookie("depot", before)
    assert thief.raw("/").status_code == 302


def test_one_sees_ones_devices_and_ends_one_of_them(app: Flask, client_for: ClientFor) -> None:
    phone, tablet = client_for("ben"), Client(app.test_client())
    tablet.http.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux) Firefox/128.0"
    sign_in(tablet, "ben")
    client_for("ada")
    page = phone.get("/account/devices")
    assert "Firefox on Linux" in page
    assert "this one" in page
    (end,) = DEVICE.findall(page)  # Ada's is not listed, one's own has no button
    assert phone.post(end, {}).status_code == 303
    assert tablet.raw("/").status_code == 302
    assert "Signed out there." in phone.get("/account/devices")


def test_all_other_devices_are_ended_at_once(client_for: ClientFor) -> None:
    phone, tablet, till = client_for("ben"), client_for("ben"), client_for("ben")
    assert phone.post("/account/devices/end-others", {}).status_code == 303
    assert [one.raw("/").status_code for one in (phone, tablet, till)] == [200, 302, 302]


def test_somebody_elses_device_is_not_ended(app: Flask, client_for: ClientFor) -> None:
    ben, ada = client_for("ben"), client_for("ada")
    with app.app_context():
        bens = db.session.scalars(
            select(PersonSession.id)
            .join(Person, Person.id == PersonSession.person_id)
            .where(Person.login == "ben")
        ).one()
    assert ada.post(f"/account/devices/{bens}/end", {}).status_code == 404
    assert ben.raw("/").status_code == 200


@pytest.mark.parametrize("stale", ["1.1", "", "x" * 5000, "None"])
def test_a_cookie_of_before_is_signed_out_and_no_error(
    app: Flask, client_for: ClientFor, stale: str
) -> None:
    client = client_for("ben")
    with client.http.session_transaction() as kept:
        kept["_user_id"] = stale
    assert client.raw("/").status_code == 302


def test_a_second_step_is_asked_for_and_the_page_wanted_is_reached(
    client_for: ClientFor,
) -> None:
    app, _ = set_up(client_for("ben"))
    phone = client_for("")
    asked = sign_in(phone, "ben", next_="/crates/")
    assert asked == "/sign-in/code?next=/crates/"
    assert phone.raw("/").status_code == 302  # a password alone opens nothing
    page = phone.get(asked)
    assert 'name="next" value="/crates/"' in page
    wrong = phone.post("/sign-in/code", {"code": "000000", "next": "/crates/"})
    assert wrong.status_code == 401
    assert "does not count" in wrong.get_data(as_text=True)
    # the code of this half minute was used to turn it on
    right = phone.post(
        "/sign-in/code", {"code": app.at(utc_now() + timedelta(seconds=30)), "next": "/crates/"}
    )
    assert (right.status_code, right.headers["Location"]) == (303, "/crates/")
    assert phone.raw("/").status_code == 200


def test_a_code_from_paper_lets_in_once(client_for: ClientFor) -> None:
    _, paper = set_up(client_for("ben"))
    for expected in (303, 401):
        phone = client_for("")
        sign_in(phone, "ben")
        assert phone.post("/sign-in/code", {"code": paper[0]}).status_code == expected


@pytest.mark.parametrize("page", ["second-step", "devices"])
def test_no_phone_keeps_a_page_that_shows_what_opens_a_door(
    client_for: ClientFor, page: str
) -> None:
    ben = client_for("ben")
    ben.post("/account/second-step/begin", {"password": PASSWORD})
    assert ben.raw("/crates").headers["Depot-Keep"] == "yes"
    answer = ben.raw(f"/account/{page}")
    assert answer.status_code == 200
    assert "Depot-Keep" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_count_of_codes_is_ones_own(client_for: ClientFor) -> None:
    """Numbers bear no names: the outsider's walk would not see those of somebody else."""
    ada, ben = client_for("ada"), client_for("ben")
    _, adas = set_up(ada)
    set_up(ben)
    phone = client_for("")
    sign_in(phone, "ada")
    phone.post("/sign-in/code", {"code": adas[0]})
    assert "9 codes are left" in phone.get("/account/second-step")
    assert "10 codes are left" in ben.get("/account/second-step")


def test_codes_on_paper_are_shown_once(client_for: ClientFor) -> None:
    ben = client_for("ben")
    _, paper = set_up(ben)
    page = ben.get("/account/second-step")
    assert not any(code in page for code in paper)
    assert "10 codes are left" in page


def test_nobody_types_a_code_who_typed_no_password(client_for: ClientFor) -> None:
    app, _ = set_up(client_for("ben"))
    stranger = client_for("")
    away = stranger.post("/sign-in/code", {"code": app.now()})
    assert (away.status_code, away.headers["Location"]) == (303, "/sign-in?next=/")
    assert stranger.raw("/").status_code == 302


def test_the_second_step_is_turned_off_with_password_and_code(client_for: ClientFor) -> None:
    ben = client_for("ben")
    _, paper = set_up(ben)
    form = {"password": "wrong wrong wrong", "code": paper[0]}
    assert ben.post("/account/second-step/end", form).status_code == 401
    assert ben.post("/account/second-step/end", form | {"password": PASSWORD}).status_code == 303
    assert sign_in(client_for(""), "ben") == "/"


def settings(wanted: bool) -> dict[str, str]:
    more = {"needs_second_factor": "yes"} if wanted else {}
    return more | {
        "command_id": str(uuid4()),
        "name": "North",
        "time_zone": "Europe/Berlin",
        "week_start": "1",
        "weight_unit": "kg",
        "paper_size": "A4",
    }


def test_a_depot_asks_its_coordinators_for_it(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        make_person("Dora", "coordinator", find_actor("ada").depot)
    ada, dora = client_for("ada"), client_for("dora")
    refused = ada.post("/settings/", settings(wanted=True))
    assert refused.status_code == 422
    assert "your own second step first" in refused.get_data(as_text=True)
    set_up(ada)
    assert ada.post("/settings/", settings(wanted=True)).status_code == 303
    assert 'value="yes" checked' in ada.get("/settings/")
    away = dora.raw("/people/")
    assert (away.status_code, away.headers["Location"]) == (302, "/account/second-step")
    assert dora.post("/people/tokens", {"name": "x", "role": "volunteer"}).status_code == 403
    assert dora.raw("/donations/new").status_code == 200
    assert "works as a volunteer" not in dora.get("/account/second-step")
    assert "you work here as a volunteer" in dora.get("/account/second-step")
    set_up(dora)
    assert dora.raw("/people/").status_code == 200


def test_a_coordinators_link_sets_a_new_password(app: Flask, client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    with app.app_context():
        person_id = find_actor("ben").person_id
    made = ada.post(f"/people/{person_id}/password", {"command_id": str(uuid4())})
    assert made.status_code == 201
    link = WAY_IN.search(made.get_data(as_text=True))
    assert link
    phone = client_for("")
    assert "ben" in phone.get(link[1])
    weak = phone.post(link[1], {"password": "1234567890"})
    assert weak.status_code == 422
    assert "Many people use" in weak.get_data(as_text=True)
    assert phone.post(link[1], {"password": NEW}).status_code == 303
    assert phone.raw("/").status_code == 200
    assert ben.raw("/").status_code == 302
    assert client_for("").raw(link[1]).status_code == 410
    assert client_for("").post(link[1], {"password": PASSWORD}).status_code == 410
    assert sign_in(client_for(""), "ben", NEW) == "/"


def test_a_link_to_a_new_password_leaves_the_second_step(app: Flask, client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    set_up(ben)
    with app.app_context():
        person_id = find_actor("ben").person_id
    made = ada.post(f"/people/{person_id}/password", {"command_id": str(uuid4())})
    link = WAY_IN.search(made.get_data(as_text=True))
    assert link
    phone = client_for("")
    asked = phone.post(link[1], {"password": NEW})
    assert asked.headers["Location"].startswith("/sign-in/code")
    assert phone.raw("/").status_code == 302
    assert "Turn their second step off" in ada.get("/people/")
    ada.post(f"/people/{person_id}/second-step", {"command_id": str(uuid4())})
    assert sign_in(client_for(""), "ben", NEW) == "/"


def with_mail(tmp_path: Path, url: str) -> Flask:
    return create_app(
        Config(
            data=tmp_path,
            database_url=url,
            base_url="http://127.0.0.1:8000",
            secret_key="not-a-secret-in-a-test",
            mail=mail_server("smtp+plain://127.0.0.1", "Depot <depot@example.org>"),
        )
    )


def test_a_mail_is_asked_for_and_says_nothing_of_who_is_here(
    tmp_path: Path, sqlite_url: str
) -> None:
    app = with_mail(tmp_path, sqlite_url)
    with app.app_context():
        make_person("dora@example.org", "volunteer", find_actor("ada").depot)
    stranger = Client(app.test_client())
    answers = [
        stranger.post("/recover", {"login": login})
        for login in ("dora@example.org", "nobody@example.org", "ben")
    ]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (303, "/recover/asked")
    }
    stranger.get("/recover/asked")
    with app.app_context():
        mail = db.session.scalars(select(MailOutbox)).one()
        db.engine.dispose()
    assert mail.to_address == "dora@example.org"
    link = WAY_IN.search(mail.body)
    assert link
    assert stranger.post(link[1], {"password": NEW}).status_code == 303


def test_without_a_mail_server_nobody_is_promised_a_mail(app: Flask, client_for: ClientFor) -> None:
    stranger = client_for("")
    assert 'name="login"' not in stranger.get("/recover")
    stranger.post("/recover", {"login": "dora@example.org"})
    with app.app_context():
        assert not db.session.scalars(select(MailOutbox.id)).all()


def test_an_invitation_link_that_was_used_takes_no_second_form(
    app: Flask, client_for: ClientFor
) -> None:
    """Looked at before it was used and sent afterwards: two people with the link in their chat."""
    ada = client_for("ada")
    form = {"name": "Dora", "role": "coordinator", "command_id": str(uuid4())}
    page = ada.post("/people/invitations", form).get_data(as_text=True)
    link = re.search(r"http://127\.0\.0\.1:8000(/join/[\w-]+)", page)
    assert link
    first, second = client_for(""), client_for("")
    first.get(link[1])
    second.get(link[1])
    account = {"name": "Dora", "login": "dora", "password": "three short words"}
    assert first.post(link[1], account).status_code == 303
    assert second.post(link[1], account | {"login": "emil"}).status_code == 410
    assert client_for("cleo").post(link[1], {"as_me": "yes"}).status_code == 410
    assert sign_in(client_for(""), "emil", "three short words") == "401"
    with app.app_context():
        north = find_actor("ada").depot_id
        assert len(db.session.scalars(select(Person.id)).all()) == 4
        assert db.session.scalar(select(Invitation.used_at).where(Invitation.name == "Dora"))
        assert member_called(db.session(), north, "dora")
