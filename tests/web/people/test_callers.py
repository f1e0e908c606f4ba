"""From where somebody comes: a known device, an address, a proxy; and cookies under https."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from depot.app import create_app
from depot.config import from_environment
from tests.builders import PASSWORD
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]


def sign_in(client: Client, login: str, password: str = PASSWORD) -> str:
    """Send the form and return where it leads, or the status."""
    answer = client.post("/sign-in", {"login": login, "password": password})
    return answer.headers.get("Location", str(answer.status_code))


def test_a_device_that_is_known_does_not_wait_for_its_house(client_for: ClientFor) -> None:
    known = client_for("ben")
    known.post("/sign-out", {})
    stranger = client_for("")
    for _ in range(9):
        stranger.post("/sign-in", {"login": "ben", "password": "no"})
    assert sign_in(client_for(""), "ben") == "429"
    assert sign_in(known, "ben") == "/"


def test_a_device_is_known_for_who_signed_in_on_it_alone(client_for: ClientFor) -> None:
    known = client_for("ben")
    known.post("/sign-out", {})
    for _ in range(9):
        client_for("").post("/sign-in", {"login": "ada", "password": "no"})
    assert sign_in(known, "ada") == "429"


@pytest.mark.parametrize("forged", ["", "x", "WyJhIixbXV0.abc", "[]", "\u2603"])
def test_a_forged_device_is_none(client_for: ClientFor, forged: str) -> None:
    stranger = client_for("")
    stranger.http.set_cookie("depot-device", forged)
    for _ in range(8):
        assert sign_in(stranger, "ben", "no") == "401"
    assert sign_in(stranger, "ben") == "429"


def secure(tmp_path: Path, url: str, **more: str) -> Flask:
    given = {
        "DEPOT_DATA": str(tmp_path),
        "DEPOT_DATABASE_URL": url,
        "DEPOT_BASE_URL": "https://depot.example",
        "DEPOT_SECRET_KEY": "not-a-secret-in-a-test",
    }
    return create_app(from_environment(given | more))


def test_under_https_cookies_are_bound_to_the_host_and_browsers_told_to_stay(
    tmp_path: Path, sqlite_url: str
) -> None:
    app = secure(tmp_path, sqlite_url)
    http = app.test_client()
    page = http.get("/sign-in", base_url="https://depot.example")
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))
    assert token
    form = {"login": "ben", "password": PASSWORD, "csrf_token": token[1]}
    answer = http.post(
        "/sign-in",
        data=form,
        base_url="https://depot.example",
        headers={"Referer": "https://depot.example/sign-in"},
    )
    assert answer.status_code == 303
    cookies = answer.headers.getlist("Set-Cookie")
    assert sorted(one.partition("=")[0] for one in cookies) == [
        "__Host-depot",
        "__Host-depot-device",
    ]
    for one in cookies:
        parts = {part.strip() for part in one.split(";")}
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= parts
        assert not any(part.startswith("Domain") for part in parts)
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    ("setup", "insists"),
    [
        ("http://depot.example:8000/setup", False),
        ("https://depot.example/setup", True),
        ("http://other.example/setup", True),
    ],
)
def test_where_phones_are_set_up_by_http_beside_browsers_may_come_again(
    tmp_path: Path, sqlite_url: str, setup: str, insists: bool
) -> None:
    app = secure(tmp_path, sqlite_url, DEPOT_SETUP_URL=setup)
    answer = app.test_client().get("/sign-in", base_url="https://depot.example")
    assert ("Strict-Transport-Security" in answer.headers) is insists
    with app.app_context():
        db.engine.dispose()


def test_plain_http_is_told_nothing_of_https(client_for: ClientFor) -> None:
    assert "Strict-Transport-Security" not in client_for("").raw("/sign-in").headers


@pytest.mark.parametrize(
    ("proxies", "said", "waits"),
    [
        ("", "192.0.2.7", True),  # nobody is believed: it is one address
        ("127.0.0.1", "192.0.2.7", False),
        ("127.0.0.0/8, 10.0.0.1", "192.0.2.7, 10.0.0.1", False),
        ("127.0.0.1", "", False),
        ("10.0.0.0/8", "192.0.2.7", True),
    ],
)
def test_only_our_own_proxy_says_who_asks(
    tmp_path: Path, sqlite_url: str, proxies: str, said: str, waits: bool
) -> None:
    app = create_app(
        from_environment(
            {
                "DEPOT_DATA": str(tmp_path),
                "DEPOT_DATABASE_URL": sqlite_url,
                "DEPOT_SECRET_KEY": "not-a-secret-in-a-test",
                "DEPOT_TRUSTED_PROXY": proxies,
            }
        )
    )
    attacker, ben = Client(app.test_client()), Client(app.test_client())
    for number in range(8):  # the attacker makes up what comes before
        heads = {"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"}
        attacker.post("/sign-in", {"login": "ben", "password": "no"}, headers=heads)
    form = {"login": "ben", "password": PASSWORD}
    answer = ben.post("/sign-in", form, headers={"X-Forwarded-For": said} if said else {})
    assert answer.status_code == (429 if waits else 303)
    with app.app_context():
        db.engine.dispose()
