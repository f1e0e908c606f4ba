"""The log: a line for each request, found by the number on the answer, and nobody's data in it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from depot.serving.logs import JsonLines
from tests.builders import PASSWORD, find_actor, make_invitation
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]


def as_lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    """Return what `DEPOT_LOG=json` writes of what was logged."""
    form = JsonLines()
    return [json.loads(form.format(record)) for record in caplog.records]


def test_each_request_has_a_line_and_a_number(
    client_for: ClientFor, caplog: pytest.LogCaptureFixture
) -> None:
    ben = client_for("ben")
    caplog.clear()
    with caplog.at_level(logging.INFO, "depot.requests"):
        answers = [ben.raw("/crates"), ben.raw("/no/such/page"), ben.raw("/api/v1/items")]
    lines = as_lines(caplog)
    assert [line["request"] for line in lines] == [
        answer.headers["X-Request-ID"] for answer in answers
    ]
    assert [(line["view"], line["status"]) for line in lines] == [
        ("crates.index", 200),
        ("", 404),
        ("items_api.list_items", 401),
    ]
    assert all(isinstance(line["milliseconds"], float) for line in lines)


def test_a_line_names_nobody_and_no_secret(
    app: Flask, client_for: ClientFor, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context():
        secret = make_invitation("Dora", "volunteer", find_actor("ada"))
    with caplog.at_level(logging.DEBUG):
        stranger = client_for("")
        stranger.get(f"/join/{secret}")
        form = {"name": "Dora Maar", "login": "dora@example.org", "password": PASSWORD}
        stranger.post(f"/join/{secret}", form)
        stranger.raw("/search?q=dora@example.org", headers={"X-Forwarded-For": "192.0.2.7"})
    told = json.dumps(as_lines(caplog))
    assert "account.do_join" in told
    for hidden in (secret, "Dora", "dora@", PASSWORD, "192.0.2.7", "127.0.0.1"):
        assert hidden not in told


def test_what_was_typed_stands_in_no_trace(
    app: Flask, client_for: ClientFor, caplog: pytest.LogCaptureFixture
) -> None:
    """An error of the database names its statement, and not what was to be written."""

    @app.get("/broken")
    def broken() -> str:
        asked = {"who": "Dora Maar", "then": 1}
        db.session.execute(text("SELECT :who FROM nowhere WHERE :then"), asked)
        return ""

    answer = client_for("").raw("/broken")
    assert answer.status_code == 503
    shown = client_for("").raw("/broken", headers={"Accept": "text/html"}).get_data(as_text=True)
    for told in (json.dumps(as_lines(caplog)), shown):
        assert "Dora" not in told
        assert "nowhere" not in shown
