"""What waited on a phone, as a file that a coordinator loads: each line once, by who did it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from blueprints.outbox import queue_file
from depot.models import StockEntry
from tests.builders import find_actor
from tests.clients import Client
from tests.current import db
from tests.web.phone_client import Json, Phone, make_command, receipt


@pytest.fixture
def ada(app: Flask) -> Client:
    return Client.signed_in(app, "ada")


def waiting(app: Flask, *commands: Json, login: str = "ada", **more: Any) -> bytes:
    """Return a file as a phone of Ben's makes it."""
    with app.app_context():
        depot = find_actor(login).depot_id
    lines = [
        {"by": "Ben", "depot": depot, "words": f"Line {number}", "command": command}
        for number, command in enumerate(commands, start=1)
    ]
    return json.dumps(
        {"format": queue_file.QUEUE_FILE_FORMAT, "version": 1, "commands": lines} | more
    ).encode()


def load(client: Client, data: bytes) -> TestResponse:
    file = (io.BytesIO(data), "depot-waiting.json")
    return client.post("/scan/queue-file", {"file": file}, content_type="multipart/form-data")


def entries(app: Flask) -> list[StockEntry]:
    with app.app_context():
        return list(db.session.scalars(select(StockEntry).order_by(StockEntry.seq)))


def test_each_line_counts_once_and_says_who_did_it(app: Flask, ada: Client) -> None:
    bad = make_command("move", crate_code="7K3M-9QX2", to="Arrivals")
    commands = (receipt(5), bad, receipt(6))
    page = load(ada, waiting(app, *commands)).get_data(as_text=True)
    assert "Saved: Rice, 5" in page
    assert "No crate of this depot has the code" in page
    assert "Line 2" in page
    with app.app_context():
        me = find_actor("ada").person_id
    assert [(entry.person_id, entry.note) for entry in entries(app)] == [(me, "done by Ben")] * 2
    load(ada, waiting(app, *commands))
    results = Phone(app, "ben").sync(*commands)
    assert [one["result"] for one in results] == ["repeated", "refused", "repeated"]
    assert len(entries(app)) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b'{"format": "depot-waiting"}',
        b'{"format": "other", "commands": []}',
        b'{"format": "depot-waiting", "commands": [1]}',
        b'{"format": "depot-waiting", "commands": [{"by": "B", "depot": 1, "command": 1}]}',
    ],
)
def test_what_is_no_such_file_is_refused_with_a_sentence(
    app: Flask, ada: Client, data: bytes
) -> None:
    answer = load(ada, data)
    assert answer.status_code == 422
    assert 'id="f-file-error"' in answer.get_data(as_text=True)
    assert not entries(app)


def test_too_much_is_refused(app: Flask, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [make_command("dance") for _ in range(queue_file.MAX_LINES + 1)]
    assert load(ada, waiting(app, *lines)).status_code == 422
    monkeypatch.setattr(queue_file, "MAX_FILE_BYTES", 10)
    assert load(ada, waiting(app)).status_code == 422


def test_another_depots_file_is_refused_whole(app: Flask, ada: Client) -> None:
    answer = load(ada, waiting(app, receipt(), login="cleo"))
    assert answer.status_code == 422
    assert "another depot" in answer.get_data(as_text=True)
    assert not entries(app)


def test_names_in_a_file_are_shown_as_text(app: Flask, ada: Client) -> None:
    data = waiting(app, receipt()).replace(b"Line 1", b"<script>x</script>")
    page = load(ada, data).get_data(as_text=True)
    assert "&lt;script&gt;" in page


def test_nothing_in_it_is_said(app: Flask, ada: Client) -> None:
    assert "Nothing waited" in load(ada, waiting(app)).get_data(as_text=True)


def test_a_volunteer_is_not_asked_for_a_file(app: Flask) -> None:
    ben = Client.signed_in(app, "ben")
    assert "queue-file" not in ben.get("/scan/waiting")
    ben.get("/scan/queue-file", 403)
    assert load(ben, waiting(app, receipt())).status_code == 403
    assert not entries(app)
