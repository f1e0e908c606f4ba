"""Joining through the pages: the wall's page, the phone that is known, who is here, the poster."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from depot.app import create_app
from depot.base.clock import utc_now
from depot.models import JoinLink, Membership, Person, PersonSession
from depot.words.languages import FOLDER, Languages
from tests.builders import PASSWORD, find_actor, make_token
from tests.clients import Client
from tests.conftest import config_for
from tests.current import db
from tests.translations import translated
from tests.unit.labels.printed import pages

ClientFor = Callable[[str], Client]
URL = re.compile(r'value="http://127\.0\.0\.1:8000(/join/w\.[\w-]+)"')


def hang_up(ada: Client, **said: str) -> str:
    """Make a code through the page; return the path it leads to."""
    form = {"command_id": str(uuid4()), "days": "30", "uses_max": "50"} | said
    assert ada.post("/here/code/", form).status_code == 303
    found = URL.search(ada.get("/here/code/"))
    assert found
    return found[1]


def join(client: Client, path: str, name: str = "", **said: str) -> int:
    """Send the page's form; return the status."""
    form = {"command_id": str(uuid4()), "name": name} | said
    answer = client.post(path, form)
    assert answer.status_code != 303 or answer.headers["Location"] == "/"
    return answer.status_code


def test_from_the_wall_to_the_door(app: Flask, client_for: ClientFor) -> None:
    path = hang_up(client_for("ada"))
    ana = client_for("")
    assert "Your first name" in ana.get(path)
    assert join(ana, path, "Ana") == 303
    page = ana.get("/")
    assert "Welcome, Ana. You help until tonight." in page
    assert "Log a donation" in page
    ana.get(path, 302)
    assert "You are in already, Ana." in ana.get("/")


def test_who_is_signed_in_and_scans_the_wall_is_here_with_one_tap(client_for: ClientFor) -> None:
    path, ben = hang_up(client_for("ada")), client_for("ben")
    page = ben.get(path)
    assert "Your first name" not in page
    assert "You are in already, Ben." in page
    assert "I’m here" in page
    form = {"command_id": str(uuid4()), "next": "/"}
    assert ben.post("/here/come", form).headers["Location"] == "/"
    ben.get(path, 302)
    assert "Your first name" in client_for("cleo").get(path)  # of another depot


def test_the_phone_is_known_again(app: Flask, client_for: ClientFor) -> None:
    path = hang_up(client_for("ada"))
    ana = client_for("")
    assert join(ana, path, "Ana") == 303
    with app.app_context():
        db.session.execute(update(PersonSession).values(ends_at=utc_now()))
        db.session.commit()
    ana.get("/", 302)
    assert "Go on as Ana" in ana.get(path)
    assert join(ana, path, goes_on="yes") == 303
    assert join(client_for(""), path, "", goes_on="yes") == 422, "another phone knows nobody"
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Person.name == "Ana")) == 1


def test_a_forged_cookie_is_nobody(app: Flask, client_for: ClientFor) -> None:
    path = hang_up(client_for("ada"))
    eve = client_for("")
    eve.http.set_cookie("depot-helper", "WzEsMV0.forged")
    assert "Go on as" not in eve.get(path)
    assert join(eve, path, "", goes_on="yes") == 422


def test_a_poor_name_is_said_at_the_field_and_mended_once(
    app: Flask, client_for: ClientFor
) -> None:
    path = hang_up(client_for("ada"))
    ana = client_for("")
    command = str(uuid4())
    answer = ana.post(path, {"command_id": command, "name": " "})
    assert (answer.status_code, "f-name" in answer.get_data(as_text=True)) == (422, True)
    assert "<script>" not in ana.post(
        path, {"command_id": command, "name": "<script>alert(1)</script>" * 20}
    ).get_data(as_text=True)
    assert ana.post(path, {"command_id": command, "name": "Ana"}).status_code == 303
    with app.app_context():
        assert db.session.scalar(select(JoinLink.uses)) == 1


def test_a_helper_is_kept_from_what_is_not_for_today(app: Flask, client_for: ClientFor) -> None:
    path = hang_up(client_for("ada"))
    ana = client_for("")
    join(ana, path, "Ana")
    closed = ("/people/", "/settings/", "/here/", "/here/code/", "/stock/partners", "/mails/")
    for page in (*closed, "/reports/weekly", "/imports/", "/everything/"):
        assert ana.raw(page).status_code == 403, page
    for page in ("/donations/new", "/scan", "/hand-outs", "/counts/", "/stock/"):
        assert ana.raw(page).status_code == 200, page
    more = ana.get("/more")
    for page in re.findall(r'<a [^>]*href="(/[^"#?]*)"', more + ana.get("/") + ana.get("/papers/")):
        assert ana.raw(page).status_code < 400, f"a link that leads a helper nowhere: {page}"


def test_a_coordinator_ends_a_helper_and_lets_them_in_again(
    app: Flask, client_for: ClientFor
) -> None:
    ada, ana = client_for("ada"), client_for("")
    path = hang_up(ada)
    join(ana, path, "Ana")
    here = ada.get("/here/")
    assert "first time" in here
    found = re.search(r'action="(/here/code/helpers/\d+/end)"', here)
    assert found
    ben = client_for("ben")
    assert ben.post(found[1], {"command_id": str(uuid4())}).status_code == 403
    cleo = client_for("cleo")
    assert cleo.post(found[1], {"command_id": str(uuid4())}).status_code == 404
    assert ada.post(found[1], {"command_id": str(uuid4())}).status_code == 303
    assert ana.raw("/").status_code == 302
    answer = ana.post(path, {"command_id": str(uuid4()), "name": "Somebody"})
    assert answer.status_code == 403
    assert "Please speak with them" in answer.get_data(as_text=True)
    again = re.search(r'action="(/here/code/helpers/\d+/again)"', ada.get("/here/"))
    assert again
    assert ada.post(again[1], {"command_id": str(uuid4())}).status_code == 303
    assert join(ana, path, goes_on="yes") == 303


def test_a_helper_takes_a_sign_in_and_keeps_the_history(app: Flask, client_for: ClientFor) -> None:
    ana = client_for("")
    join(ana, hang_up(client_for("ada")), "Ana")
    assert "Sign in anywhere" in ana.get("/account")
    form = {"login": "ana", "password": "short"}
    assert ana.post("/account/sign-in", form).status_code == 422
    assert ana.post("/account/sign-in", form | {"password": PASSWORD}).status_code == 303
    assert "New password" in ana.get("/account")
    assert Client.signed_in(app, "ana").raw("/").status_code == 200
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Person.name == "Ana")) == 1


def test_the_poster_is_read_by_a_camera(client_for: ClientFor, tmp_path: Path) -> None:
    ada = client_for("ada")
    path = hang_up(ada)
    posters = re.findall(r'href="(/here/code/\d+/poster\.pdf\?paper=\w+)"', ada.get("/here/code/"))
    assert len(posters) == 2
    for href in posters:
        (page,) = pages(ada.raw(href).data, tmp_path, dpi=60)
        (seen,) = zxingcpp.read_barcodes(page)
        assert seen.text == f"http://127.0.0.1:8000{path}"
    assert client_for("cleo").raw(posters[0]).status_code == 404


def test_the_poster_speaks_whichever_language_there_is(tmp_path: Path, sqlite_url: str) -> None:
    folder = translated(tmp_path / "words", "de", {"Help out today": "Heute mithelfen"})
    config = config_for(tmp_path, sqlite_url)
    app = create_app(replace(config, languages=Languages((FOLDER, folder))))
    ada = Client.signed_in(app, "ada")
    hang_up(ada)
    page = ada.get("/here/code/")
    assert "Deutsch" in page
    href = re.search(r'action="(/here/code/\d+/poster\.pdf)"', page)
    assert href
    made = {name: ada.raw(f"{href[1]}?language={name}").data for name in ("de", "en", "xx")}
    assert [b"Lang (de)" in pdf for pdf in made.values()] == [True, False, False]


def test_programs_make_and_close_codes(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        token = make_token("rota", "coordinator", find_actor("ada"))
        poor = make_token("till", "volunteer", find_actor("ada"))
    programs = Program(app.test_client(), token)
    body: dict[str, Any] = {"command_id": str(uuid4()), "ends_at": "2099-01-01T00:00:00Z"}
    assert programs.post("/join-links", body)[:1] == (422,)
    body |= {"command_id": str(uuid4()), "ends_at": None, "uses_max": 3}
    status, made = programs.post("/join-links", body)
    assert (status, programs.post("/join-links", body)) == (201, (200, made))
    listed = programs.get("/join-links")["join_links"]
    assert [row["url"] for row in listed] == [made["url"]]
    lesser = Program(app.test_client(), poor)
    assert lesser.post("/join-links", {"command_id": str(uuid4())})[0] == 403
    assert lesser.http.get("/api/v1/join-links", headers=lesser.headers).status_code == 403
    path = made["url"].removeprefix("http://127.0.0.1:8000")
    assert join(client_for(""), path, "Ana") == 303
    closing = {"command_id": str(uuid4())}
    assert programs.post(f"/join-links/{made['id']}/close", closing)[0] == 201
    assert client_for("").raw(path).status_code == 410


class Program:
    """A program that speaks to the API with a token."""

    def __init__(self, http: FlaskClient, token: str) -> None:
        self.http = http
        self.headers = {"Authorization": f"Bearer {token}"}

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Return status and answer of a write."""
        answer = self.http.post(f"/api/v1{path}", json=body, headers=self.headers)
        return answer.status_code, answer.get_json()

    def get(self, path: str) -> dict[str, Any]:
        """Return what is read."""
        told: dict[str, Any] = self.http.get(f"/api/v1{path}", headers=self.headers).get_json()
        return told


@pytest.mark.parametrize("secret", ["w.x", "w." + "A" * 43])
def test_no_code_of_ours_is_no_way_in(app: Flask, client_for: ClientFor, secret: str) -> None:
    nobody = client_for("")
    assert nobody.raw(f"/join/{secret}").status_code == 410
    assert nobody.post(f"/join/{secret}", {"name": "Eve"}).status_code == 410
    with app.app_context():
        assert not db.session.scalar(select(func.count()).where(Membership.role == "helper"))
