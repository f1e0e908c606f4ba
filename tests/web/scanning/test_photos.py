"""A photo of labels, sent by a form or by a script."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from labels.photos import opening
from labels.symbols.codes import code_url
from tests.builders import find_actor
from tests.clients import Client
from tests.commands.shelves import put_crate
from tests.unit.labels.photos import as_file, on_table, symbol

ClientFor = Callable[[str], Client]
CRATE = "7K3M-9QX2"
OWN = {"Origin": "http://localhost"}
JSON = OWN | {"Accept": "application/json"}


def send(client: Client, data: bytes, headers: dict[str, str] | None = None) -> TestResponse:
    sent = {"photo": (BytesIO(data), "photo.jpg")}
    return client.http.post(
        "/scan/photo", data=sent, content_type="multipart/form-data", headers=headers or OWN
    )


@pytest.fixture
def crate(app: Flask) -> str:
    with app.app_context():
        put_crate(find_actor("ada"), CRATE, at="Arrivals", state="in_use")
    return code_url("https://depot.example", CRATE)


def test_a_photo_of_a_crate_opens_what_can_be_done_with_it(
    client_for: ClientFor, crate: str
) -> None:
    page = send(client_for("ben"), as_file(on_table(symbol(crate)))).get_data(as_text=True)
    assert CRATE in page
    assert f'href="/crates/{CRATE}/move"' in page


def test_several_codes_in_a_photo_are_listed(client_for: ClientFor, crate: str) -> None:
    photo = on_table(symbol(crate), symbol("5000112637922", "ean", 4))
    page = send(client_for("ben"), as_file(photo)).get_data(as_text=True)
    assert "2 codes in this photo" in page
    assert "5000112637922" in page


def test_a_script_gets_what_each_code_is(client_for: ClientFor, crate: str) -> None:
    answer = send(client_for("ben"), as_file(on_table(symbol(crate))), JSON)
    (found,) = answer.get_json()["codes"]
    assert (found["kind"], found["text"], found["is_sure"]) == ("crate", crate, True)


def test_a_photo_without_a_code_says_how_to_take_a_better_one(client_for: ClientFor) -> None:
    page = send(client_for("ben"), as_file(on_table())).get_data(as_text=True)
    assert "No code was found in this photo" in page
    assert send(client_for("ben"), as_file(on_table()), JSON).get_json() == {"codes": []}


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "That is no photo"), (b"text", "That is no photo"), (b"\0\0\0\x18ftypheic", "HEIC")],
)
def test_what_cannot_be_read_is_refused_in_words(
    client_for: ClientFor, data: bytes, words: str
) -> None:
    answer = send(client_for("ben"), data)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    told: dict[str, Any] = send(client_for("ben"), data, JSON).get_json()
    assert words in told["message"]


def test_another_site_cannot_send_a_photo(client_for: ClientFor) -> None:
    foreign = {"Origin": "https://example.org"}
    assert send(client_for("ben"), as_file(on_table()), foreign).status_code == 403


def test_a_stranger_s_photo_is_not_read(client_for: ClientFor) -> None:
    assert send(client_for(""), b"").status_code == 302
    assert send(client_for(""), b"", JSON).status_code == 401


def test_the_page_for_a_photo_works_without_a_script(client_for: ClientFor) -> None:
    page = client_for("ben").get("/scan/photo")
    assert 'type="file"' in page


def test_too_many_photos_at_once_are_asked_to_wait_and_block_nobody(
    client_for: ClientFor, crate: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slots = BoundedSemaphore(2)
    monkeypatch.setattr(opening, "_AT_ONCE", slots)
    monkeypatch.setattr(opening, "_PATIENCE", 0.01)
    ben, photo = client_for("ben"), as_file(on_table(symbol(crate)))
    with slots, slots:
        busy = send(ben, photo, JSON)
        assert (busy.status_code, busy.get_json()["code"]) == (503, "busy")
        assert "being read just now" in send(ben, photo).get_data(as_text=True)
    assert send(ben, photo, JSON).status_code == 200
