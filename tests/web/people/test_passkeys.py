"""Where passkeys are offered, and what their addresses take; a real browser is in tests/e2e."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from depot.app import create_app
from depot.people.passkeys import party_of
from tests.builders import PASSWORD
from tests.clients import Client
from tests.commands.people.soft_key import SoftKey
from tests.conftest import config_for

OPTIONS = re.compile(r'data-options="([^"]+)"')
ADDRESS = "http://localhost:8000"


@pytest.fixture
def named(tmp_path: Path, sqlite_url: str) -> Flask:
    """The application at an address with a name."""
    return create_app(replace(config_for(tmp_path, sqlite_url), base_url=ADDRESS))


def options(page: str) -> dict[str, str]:
    found = OPTIONS.search(page)
    assert found
    told: dict[str, str] = json.loads(unescape(found[1]))
    return told


def make(client: Client, key: SoftKey) -> int:
    asked = client.post("/account/passkeys/begin", {"password": PASSWORD})
    answer = key.make(options(asked.get_data(as_text=True)))
    return client.post("/account/passkeys", {"credential": answer}).status_code


def test_at_a_number_or_without_https_none_is_offered(app: Flask) -> None:
    ben = Client.signed_in(app, "ben")
    assert "asskey" not in ben.get("/account")
    assert "asskey" not in Client(app.test_client()).get("/sign-in")
    assert "not for this address" in ben.get("/account/passkeys")
    assert ben.post("/account/passkeys/begin", {"password": PASSWORD}).status_code == 401
    said = {"credential": "{}", "command_id": str(uuid4())}
    assert Client(app.test_client()).post("/sign-in/passkey", said).status_code == 401


def test_one_is_made_signed_in_with_and_ended(named: Flask) -> None:
    party = party_of(ADDRESS)
    assert party
    ben, key, phone = Client.signed_in(named, "ben"), SoftKey(party), Client(named.test_client())
    assert make(ben, key) == 303
    answer = key.sign(options(phone.get("/sign-in?next=/stock/")))
    said = {"credential": answer, "next": "/stock/"}
    assert phone.post("/sign-in/passkey", said).headers["Location"] == "/stock/"
    assert phone.raw("/stock/").status_code == 200
    again = Client(named.test_client())
    again.get("/sign-in")
    assert again.post("/sign-in/passkey", said).status_code == 401, "what was signed counts once"
    page = ben.get("/account/passkeys")
    end = re.search(r'action="(/account/passkeys/\d+/end)"', page)
    assert end
    assert Client.signed_in(named, "ada").post(end[1], {}).status_code == 404
    assert ben.post(end[1], {}).status_code == 303
    assert "You have none yet." in ben.get("/account/passkeys")


def test_one_is_kept_only_after_the_password_and_what_was_asked(named: Flask) -> None:
    party = party_of(ADDRESS)
    assert party
    ben, key = Client.signed_in(named, "ben"), SoftKey(party)
    wrong = ben.post("/account/passkeys/begin", {"password": "not the password"})
    assert wrong.status_code == 401
    answer = key.make({"challenge": "AAAA"})
    assert ben.post("/account/passkeys", {"credential": answer}).status_code == 422
    assert make(ben, key) == 303
    assert ben.post("/account/passkeys", {"credential": answer}).status_code == 422
