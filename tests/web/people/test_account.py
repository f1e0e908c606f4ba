"""Signing in, invitations, ending access, tokens; and what an outsider cannot do."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from blueprints.frame.web import next_page
from depot.models import Person
from tests.builders import PASSWORD, find_actor
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]
LINK = re.compile(r"http://127\.0\.0\.1:8000(/join/[\w-]+)")
TOKEN = re.compile(r"depot_[\w-]{20,}")


def send(client: Client, path: str, form: dict[str, str]) -> TestResponse:
    """Send a form of the page of people, as new as if the page was just loaded."""
    return client.post(path, {"command_id": str(uuid4())} | form)


def invitation(client: Client, name: str = "Dora", role: str = "volunteer") -> str:
    page = send(client, "/people/invitations", {"name": name, "role": role})
    assert page.status_code == 201
    found = LINK.search(page.get_data(as_text=True))
    assert found
    return found[1]


def test_a_page_sends_strangers_to_sign_in_and_brings_them_back(client_for: ClientFor) -> None:
    stranger = client_for("")
    away = stranger.raw("/donations/new?again=1")
    assert away.status_code == 302
    assert "/sign-in?next=" in away.headers["Location"]
    form = {"login": "BEN ", "password": PASSWORD, "next": "/donations/new?again=1"}
    back = stranger.post("/sign-in", form)
    assert (back.status_code, back.headers["Location"]) == (303, "/donations/new?again=1")


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "/\r\nSet-Cookie: depot=x",
        "javascript:alert(1)",
        "",
    ],
)
def test_after_sign_in_nobody_is_sent_to_another_site(app: Flask, address: str) -> None:
    with app.test_request_context("/sign-in", query_string={"next": address}):
        assert next_page("/") == "/"
    with app.test_request_context("/sign-in", query_string={"next": "/crates"}):
        assert next_page("/") == "/crates"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client_for: ClientFor) -> None:
    client = client_for("")
    wrong = client.post("/sign-in", {"login": "ben", "password": "wrong wrong wrong"})
    unknown = client.post("/sign-in", {"login": "nobody", "password": "wrong wrong wrong"})
    assert wrong.status_code == unknown.status_code == 401
    for answer in (wrong, unknown):
        assert "do not go together" in answer.get_data(as_text=True)
        assert "wrong wrong" not in answer.get_data(as_text=True)


def test_many_failures_have_to_wait_and_a_success_does_not_count(client_for: ClientFor) -> None:
    client = client_for("")
    for _ in range(8):
        assert client.post("/sign-in", {"login": "ben", "password": "no"}).status_code == 401
    assert client.post("/sign-in", {"login": "ben", "password": PASSWORD}).status_code == 429
    assert client.post("/sign-in", {"login": "ada", "password": PASSWORD}).status_code == 303


def test_an_invitation_makes_one_account_once(app: Flask, client_for: ClientFor) -> None:
    link = invitation(client_for("ada"))
    dora = client_for("")
    assert 'value="Dora"' in dora.get(link)
    form = {"name": "Dora", "login": "Dora@Example.org", "password": "three short words"}
    assert dora.post(link, form).status_code == 303
    assert "Welcome, Dora." in dora.get("/", follow=True)
    again = client_for("").http.get(link)
    assert again.status_code == 410
    second = client_for("").post(link, form | {"login": "dora2@example.org"})
    assert second.status_code == 410
    with app.app_context():
        logins = set(db.session.scalars(select(Person.login)))
    assert logins == {"ada", "ben", "cleo", "dora@example.org"}


def test_a_poor_password_or_a_taken_name_uses_nothing_up(client_for: ClientFor) -> None:
    link = invitation(client_for("ada"))
    dora = client_for("")
    short = dora.post(link, {"name": "D", "login": "dora", "password": "short"})
    assert short.status_code == 422
    taken = dora.post(link, {"name": "D", "login": "ben", "password": "three short words"})
    assert taken.status_code == 409
    good = dora.post(link, {"name": "D", "login": "dora", "password": "three short words"})
    assert good.status_code == 303


def test_signing_out_everywhere_ends_the_other_phone_too(client_for: ClientFor) -> None:
    phone, tablet = client_for("ben"), client_for("ben")
    phone.post("/sign-out", {"everywhere": "yes"})
    assert tablet.raw("/").status_code == 302


def test_a_new_password_ends_the_other_phone_but_not_this_one(client_for: ClientFor) -> None:
    phone, tablet = client_for("ben"), client_for("ben")
    form = {"old_password": PASSWORD, "new_password": "another three words"}
    assert phone.post("/account/password", form).status_code == 303
    phone.get("/account")
    assert tablet.raw("/").status_code == 302


def test_a_password_is_not_guessed_at_on_the_account_page(client_for: ClientFor) -> None:
    """A phone left lying about is signed in; who finds it has ten tries an hour."""
    ben = client_for("ben")
    form = {"old_password": PASSWORD, "new_password": "short"}
    for _ in range(10):
        assert ben.post("/account/password", form).status_code == 422
    form = {"old_password": PASSWORD, "new_password": "another three words"}
    assert ben.post("/account/password", form).status_code == 429
    assert client_for("ben").raw("/").status_code == 200


def test_a_coordinator_ends_access_at_once(app: Flask, client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    with app.app_context():
        person_id = find_actor("ben").person_id
    assert send(ada, f"/people/{person_id}/end", {}).status_code == 303
    assert ben.raw("/").status_code == 302
    assert (
        client_for("").post("/sign-in", {"login": "ben", "password": PASSWORD}).status_code == 401
    )


def test_the_last_coordinator_stays(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        person_id = find_actor("ada").person_id
    refused = send(client_for("ada"), f"/people/{person_id}/end", {})
    assert refused.status_code == 422
    assert "needs a coordinator" in refused.get_data(as_text=True)


def test_a_volunteer_has_no_door_to_people(client_for: ClientFor) -> None:
    ben = client_for("ben")
    assert ben.raw("/people/").status_code == 403
    assert send(ben, "/people/invitations", {"name": "X", "role": "coordinator"}).status_code == 403
    assert send(ben, "/people/tokens", {"name": "X", "role": "coordinator"}).status_code == 403


def test_the_outsider_cannot_touch_the_norths_people(app: Flask, client_for: ClientFor) -> None:
    cleo = client_for("cleo")
    with app.app_context():
        ben = find_actor("ben").person_id
        north = find_actor("ada").depot_id
    assert "Ben" not in cleo.get("/people/")
    assert send(cleo, f"/people/{ben}/end", {}).status_code == 404
    assert send(cleo, f"/people/{ben}/role", {"role": "coordinator"}).status_code == 404
    cleo.post("/account/depot", {"depot": str(north)})
    assert "North" not in cleo.get("/account")
    client_for("ben").get("/account")


def test_a_token_is_shown_once(client_for: ClientFor) -> None:
    ada = client_for("ada")
    made = send(ada, "/people/tokens", {"name": "<b>till</b>", "role": "volunteer"})
    assert TOKEN.search(made.get_data(as_text=True))
    page = ada.get("/people/")
    assert not TOKEN.search(page)
    assert "&lt;b&gt;till" in page


def test_the_cookie_is_kept_from_scripts_and_other_sites(app: Flask) -> None:
    client = Client(app.test_client())
    answer = client.post("/sign-in", {"login": "ben", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_form_without_its_token_is_refused_and_kept(app: Flask, client_for: ClientFor) -> None:
    ben = client_for("ben")
    answer = ben.http.post("/donations/new", data={"source": "anyone", "weight": "12"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert 'name="weight" value="12"' in page


def test_a_password_is_never_shown_again(client_for: ClientFor) -> None:
    ben = client_for("ben")
    form = {"old_password": "the old secret", "new_password": "the new secret"}
    refused = ben.http.post("/account/password", data=form)
    assert refused.status_code == 400
    assert "secret" not in refused.get_data(as_text=True)


def test_only_a_static_file_that_is_there_may_be_kept(client_for: ClientFor) -> None:
    client = client_for("")
    with client.raw("/static/look.css") as there:
        assert "immutable" in there.headers["Cache-Control"]
    missing = client.raw("/static/gone.css")
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize(("act", "form"), [("end", {}), ("role", {"role": "volunteer"})])
def test_what_a_coordinator_made_ends_with_being_one(
    app: Flask, client_for: ClientFor, act: str, form: dict[str, str]
) -> None:
    """Else they would come back by a link of their own, or stay in with a token."""
    ada, ben = client_for("ada"), client_for("ben")
    with app.app_context():
        person_id = find_actor("ben").person_id
    send(ada, f"/people/{person_id}/role", {"role": "coordinator"})
    link = invitation(ben, "Ben again", "coordinator")
    made = send(ben, "/people/tokens", {"name": "mine", "role": "coordinator"})
    token = TOKEN.search(made.get_data(as_text=True))
    assert token
    headers = {"Authorization": f"Bearer {token[0]}"}
    assert client_for("").raw("/api/v1/items", headers=headers).status_code == 200
    send(ada, f"/people/{person_id}/{act}", form)
    assert client_for("").raw("/api/v1/items", headers=headers).status_code == 401
    assert client_for("").raw(link).status_code == 410


@pytest.mark.parametrize(("path", "shown"), [("invitations", LINK), ("tokens", TOKEN)])
def test_a_form_sent_twice_makes_one_and_shows_it_twice(
    client_for: ClientFor, path: str, shown: re.Pattern[str]
) -> None:
    ada = client_for("ada")
    form = {"name": "Twice", "role": "volunteer", "command_id": str(uuid4())}
    answers = [ada.post(f"/people/{path}", form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    secrets = [shown.findall(answer.get_data(as_text=True)) for answer in answers]
    assert secrets[0] == secrets[1] != []
    assert ada.get("/people/").count("<span>Twice</span>") == 1


@pytest.mark.parametrize("path", ["invitations", "tokens"])
def test_a_used_form_with_another_name_makes_nothing(client_for: ClientFor, path: str) -> None:
    ada = client_for("ada")
    form = {"name": "First", "role": "volunteer", "command_id": str(uuid4())}
    ada.post(f"/people/{path}", form)
    answer = ada.post(f"/people/{path}", form | {"name": "Second"})
    assert answer.status_code == 409
    assert "already saved once" in answer.get_data(as_text=True)
    assert "Second" not in ada.get("/people/")


def test_every_form_about_people_carries_its_own_command_id(client_for: ClientFor) -> None:
    ada = client_for("ada")
    invitation(ada)
    send(ada, "/people/tokens", {"name": "till", "role": "volunteer"})
    page = ada.get("/people/")
    forms = re.findall(r'action="/people/.*?</form>', page, re.DOTALL)
    ids = [
        found for form in forms for found in re.findall(r'name="command_id" value="(.+?)"', form)
    ]
    # invite, take back, make and end a token; Ben's role, his access, his way back in
    assert len(forms) == 7
    assert len(set(ids)) == len(forms)
