"""An item's photo: sent from its page or by a program, shown in lists, refused in a sentence."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from depot.models import Item
from tests.builders import find_actor, make_token, receive
from tests.clients import Client
from tests.commands.shelves import put_crate
from tests.current import db
from tests.statements import count_statements

ClientFor = Callable[[str], Client]
CRATE = "7K3M-9QX2"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def photo(colour: str = "red", kind: str = "JPEG") -> bytes:
    made = BytesIO()
    Image.new("RGB", (900, 600), colour).save(made, kind)
    return made.getvalue()


@pytest.fixture
def beans(app: Flask) -> str:
    """The address of an item, some of it in a crate and some at a place."""
    with app.app_context():
        ben = find_actor("ben")
        put_crate(ben, CRATE, at="Arrivals")
        receive(ben, 8, "Beans", crate_code=CRATE)
        receive(ben, 4, "Beans")
        session = db.session()
        number = session.scalar(select(Item.id).where(Item.name == "Beans"))
    return f"/stock/items/{number}"


@pytest.fixture
def ada(client_for: ClientFor, beans: str) -> Client:
    return client_for("ada")


def send(client: Client, address: str, data: bytes | None, name: str = "photo.jpg") -> TestResponse:
    page = client.get(f"/crates/{CRATE}/move")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    form: dict[str, object] = {"csrf_token": token[1], "command_id": str(uuid4())}
    if data is not None:
        form["photo"] = (BytesIO(data), name)
    return client.http.post(f"{address}/photo", data=form, content_type="multipart/form-data")


def thumbs(page: str) -> list[str]:
    return re.findall(r'<img src="(/stock/items/\d+/thumb/\w{16}\.jpg)" alt=""', page)


def test_a_photo_is_shown_wherever_the_item_stands(ada: Client, beans: str) -> None:
    answer = send(ada, beans, photo())
    assert (answer.status_code, answer.headers["Location"]) == (303, beans)
    page = ada.get(beans)
    assert "The photo is kept." in page
    (address,) = re.findall(r'<img class="photo" src="([^"]+)" alt=""', page)
    shown = ada.raw(address)
    assert Image.open(BytesIO(shown.data)).size == (320, 213)
    arrivals = re.search(r'href="(/stock/places/\d+)">Arrivals', ada.get("/stock/places"))
    assert arrivals is not None
    lists = ("/stock/items", "/stock/", "/crates", f"/crates/{CRATE}", arrivals[1])
    for listed in (*lists, f"/crates/ticked/move?code={CRATE}"):
        found = thumbs(ada.get(listed))
        assert found, listed
        assert Image.open(BytesIO(ada.raw(found[0]).data)).size == (96, 96)
    # a crate and what lies loose, by one statement
    assert len(thumbs(ada.get(arrivals[1]))) == 2


def test_it_is_a_picture_that_only_its_depot_may_keep(
    ada: Client, client_for: ClientFor, beans: str
) -> None:
    send(ada, beans, photo())
    (address,) = thumbs(ada.get("/stock/items"))
    headers = ada.raw(address).headers
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert client_for("ben").raw(address).status_code == 200
    assert client_for("cleo").raw(address).status_code == 404
    assert client_for("").raw(address).status_code == 302
    assert ada.raw(address.replace(address[-20:-4], "0" * 16)).status_code == 404


def test_another_takes_its_place_and_none_is_the_drawing_again(ada: Client, beans: str) -> None:
    send(ada, beans, photo())
    first = thumbs(ada.get("/stock/items"))
    send(ada, beans, photo("blue", "PNG"))
    second = thumbs(ada.get("/stock/items"))
    assert first != second
    assert ada.raw(first[0]).status_code == 404
    assert ada.post(f"{beans}/photo/remove", {"command_id": str(uuid4())}).status_code == 303
    page = ada.get(beans)
    assert "The photo is gone." in page
    assert "Add a photo" in page
    assert not thumbs(ada.get("/stock/items"))
    assert '<span class="picture"><svg' in ada.get("/stock/items")


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"This is a text.", "beans.jpg", "That is no photo that can be read."),
        (SVG, "beans.svg", "That is no photo that can be read."),
        (None, "", "That is no photo that can be read."),
        (b"\0\0\0\x18ftypheic" + bytes(40), "beans.heic", "cannot be read here (HEIC)"),
    ],
)
def test_what_is_no_photo_is_refused_in_a_sentence(
    ada: Client, beans: str, data: bytes | None, name: str, sentence: str
) -> None:
    answer = send(ada, beans, data, name)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert sentence in page
    assert 'aria-invalid="true"' in page
    assert not thumbs(ada.get("/stock/items"))


def test_volunteers_see_it_and_are_not_asked_for_one(
    client_for: ClientFor, ada: Client, beans: str
) -> None:
    ben = client_for("ben")
    assert "Add a photo" not in ben.get(beans)
    assert send(ben, beans, photo()).status_code == 403
    assert send(client_for("ada"), beans, photo()).status_code == 303


def test_programs_keep_read_and_take_it_away(app: Flask, ada: Client, beans: str) -> None:
    with app.app_context():
        token = make_token("till", "coordinator", find_actor("ada"))
    headers = {"Authorization": f"Bearer {token}"}
    number = int(beans.rpartition("/")[2])
    http, item = app.test_client(), f"/api/v1/items/{number}"
    address = f"{item}/photo"
    sent = {"command_id": str(uuid4()), "photo": b64encode(photo()).decode()}
    assert http.get(item, headers=headers).json["photo"] is None  # type: ignore[index]
    assert http.get(address, headers=headers).status_code == 404
    kept = http.put(address, json=sent, headers=headers)
    assert kept.status_code == 201
    assert http.put(address, json=sent, headers=headers).status_code == 200
    assert http.get(item, headers=headers).json["photo"] == address  # type: ignore[index]
    told = http.get(address, headers=headers).json
    assert told is not None
    assert told["digest"] == kept.json["digest"]  # type: ignore[index]
    assert {"item_id", "digest", "picture", "thumb"} == set(told)
    for wrong in ("no base64!", b64encode(SVG).decode()):
        refused = http.put(address, json=sent | {"photo": wrong}, headers=headers)
        assert refused.status_code == 422
        assert "photo" in refused.json["errors"]  # type: ignore[index]
    gone = http.post(f"{address}/remove", json={"command_id": str(uuid4())}, headers=headers)
    assert gone.json == {"item_id": number, "digest": ""}
    assert http.get(address, headers=headers).status_code == 404


def test_many_photos_cost_one_statement(app: Flask, ada: Client, beans: str) -> None:
    def cost(address: str) -> int:
        with app.app_context(), count_statements(db.engine) as seen:
            ada.get(address)
        return len(seen)

    pages = ("/stock/items", "/stock/")
    ada.get("/stock/")
    before = [cost(page) for page in pages]
    with app.app_context():
        for number in range(6):
            receive(find_actor("ben"), 2, f"Tin {number}")
    for address in re.findall(r'href="(/stock/items/\d+)">Tin', ada.get("/stock/")):
        assert send(ada, address, photo()).status_code == 303
    ada.get("/stock/")
    assert [cost(page) for page in pages] == before
    assert len(thumbs(ada.get("/stock/items"))) == 6


def test_a_photo_that_comes_late_brings_no_session_back(ada: Client, beans: str) -> None:
    send(ada, beans, photo())
    (address,) = re.findall(r'<img class="photo" src="([^"]+)" alt=""', ada.get(beans))
    for asked in (address, f"{address[:-5]}0.jpg", "/stock/items/999/thumb/0123456789abcdef.jpg"):
        answer = ada.raw(asked)
        assert "Set-Cookie" not in answer.headers, asked
    shown = ada.raw(address)
    assert "Cookie" not in shown.headers.get("Vary", ""), "else it is fetched again each time"


def test_a_program_that_may_not_keep_one_has_none_unpacked(app: Flask, beans: str) -> None:
    with app.app_context():
        token = make_token("reader", "volunteer", find_actor("ada"))
    body = {"command_id": str(uuid4()), "photo": b64encode(b"no photo").decode()}
    answer = app.test_client().put(
        f"/api/v1/items/{beans.rpartition('/')[2]}/photo",
        json=body,
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 403, "not what is wrong with it"
