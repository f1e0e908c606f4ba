"""Transfers between servers: a signed file, taken once, by who accepted the key."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from depot.ledger.seal import GENESIS
from depot.models import NetworkPeer, Transfer
from depot.network.errors import FileNotSigned
from depot.network.parts import MOST_PARTS
from depot.network.signing import _private_key, public_key, read_file
from depot.verify.verify import verify
from labels.symbols.reading import read_photo
from tests.builders import find_actor, on_hand
from tests.clients import Client
from tests.current import db
from tests.web.network.test_transfers import number
from tests.web.stock_setup import form, stock_up

ClientFor = Callable[[str], Client]
CRATE = "7K3M-9QX2"
#: The secret of the tests' program: both depots have it here, and a key each all the same.
SECRET = "not-a-secret-in-a-test"


@pytest.fixture
def far(app: Flask) -> Flask:
    """North and south as if they were on two servers: each accepted the other's key."""
    stock_up(app)
    return app


def keys(app: Flask) -> tuple[str, str]:
    with app.app_context():
        return tuple(  # type: ignore[return-value]
            public_key(SECRET, find_actor(login).depot_id) for login in ("ada", "cleo")
        )


def accept(client: Client, name: str, key: str) -> None:
    assert client.post("/network/servers", form(name=name, key=key)).status_code == 303


def upload(client: Client, text: str) -> Any:
    data = form() | {"file": (io.BytesIO(text.encode()), "transfer.json")}
    return client.post("/transfers/file", data, content_type="multipart/form-data")


def sent_file(app: Flask, client_for: ClientFor) -> str:
    """Send the crate and some rice from the north, and return the file."""
    ben = client_for("ben")
    line = {"lines-0-item": "Rice", "lines-0-amount": "5"}
    with app.app_context():
        peer = db.session.scalars(
            select(NetworkPeer.id).where(NetworkPeer.depot_id == find_actor("ben").depot_id)
        ).one()
    sent = ben.post("/transfers/send", form(to_depot=f"peer:{peer}", crate_codes=CRATE) | line)
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return ben.raw(f"{sent.location}/transfer.json").get_data(as_text=True)


def test_a_file_is_taken_once_and_received(far: Flask, client_for: ClientFor) -> None:
    north, south = keys(far)
    accept(client_for("ada"), "South far", south)
    text = sent_file(far, client_for)
    cleo = client_for("cleo")
    assert upload(cleo, text).status_code == 409  # nobody accepted that key
    accept(cleo, "North far", north)
    first, again = upload(cleo, text), upload(cleo, text)
    assert (first.status_code, first.location) == (303, again.location)
    with far.app_context():
        own = Transfer.depot_id == find_actor("cleo").depot_id
        assert db.session.scalar(select(func.count()).where(own)) == 1
    assert cleo.post(f"{first.location}/receive", form(everything="yes")).status_code == 303
    assert "North far" in cleo.get(f"/crates/{CRATE}")
    ben, at = client_for("ben"), f"/transfers/{number(far, 'ben')}"
    assert ben.post(f"{at}/confirm", form()).status_code == 303
    assert "arrived" in ben.get(at)
    with far.app_context():
        assert [on_hand(find_actor("cleo"), item) for item in ("Rice", "Rolls")] == [5, 9]
        for login in ("ada", "cleo"):
            assert verify(db.session(), find_actor(login).depot_id) == ()


def test_what_was_changed_or_is_for_others_is_not_taken(far: Flask, client_for: ClientFor) -> None:
    north, south = keys(far)
    accept(client_for("ada"), "South far", south)
    cleo = client_for("cleo")
    accept(cleo, "North far", north)
    text = sent_file(far, client_for)
    file = json.loads(text)
    more = dict(file, signed=file["signed"].replace('"quantity":5', '"quantity":50'))
    for bad in (json.dumps(more), "{}", "[]", "no json", text.replace("sealed", "x")[:-40]):
        assert upload(cleo, bad).status_code == 422, bad[:60]
    assert upload(client_for("ada"), text).status_code == 409  # she sent it herself
    with far.app_context():
        own = Transfer.depot_id == find_actor("cleo").depot_id
        assert db.session.scalar(select(func.count()).where(own)) == 0


def test_a_sender_whose_book_was_written_anew_is_not_believed(
    far: Flask, client_for: ClientFor
) -> None:
    north, south = keys(far)
    accept(client_for("ada"), "South far", south)
    cleo = client_for("cleo")
    accept(cleo, "North far", north)
    text = sent_file(far, client_for)
    with far.app_context():
        peer = db.session.scalars(select(NetworkPeer).where(NetworkPeer.public_key == north)).one()
        seq = json.loads(json.loads(text)["signed"])["entry"]["seq"]
        peer.last_seq, peer.last_seal = seq, GENESIS
        db.session.commit()
    refused = upload(cleo, text)
    assert (refused.status_code, "another seal" in refused.text) == (409, True)


def test_only_coordinators_accept_keys(far: Flask, client_for: ClientFor) -> None:
    _north, south = keys(far)
    answer = client_for("ben").post("/network/servers", form(name="South", key=south))
    assert answer.status_code == 403
    short = client_for("ada").post("/network/servers", form(name="South", key="abc"))
    assert short.status_code == 422


def test_an_older_programs_file_is_taken_and_what_it_says_of_codes_is_checked(
    far: Flask, client_for: ClientFor
) -> None:
    _north, south = keys(far)
    accept(client_for("ada"), "South far", south)
    file = json.loads(sent_file(far, client_for))
    said = json.loads(file["signed"])
    with far.app_context():
        sender = find_actor("ben").depot_id

    def signed() -> str:
        text = json.dumps(said, sort_keys=True, separators=(",", ":"))
        signature = _private_key(SECRET, sender).sign(text.encode())
        return json.dumps(dict(file, signed=text, signature=signature.hex()))

    said["lines"][0]["gtin"] = "<script>"
    with pytest.raises(FileNotSigned):
        read_file(signed())
    for line in said["lines"]:
        del line["gtin"]
    for crate in said["crates"]:
        del crate["box_number"]
    letter = read_file(signed())
    assert {line.gtin for line in letter.lines} == {""}
    assert [crate.box_number for crate in letter.crates] == [""]


def shown_codes(page: str) -> list[str]:
    """Return what the QR codes of a page say, as a photo of each is read."""
    found = []
    for side, path in re.findall(r'viewBox="0 0 (\d+) \d+".*?class="qr-ink" d="([^"]+)"', page):
        found += [one.text for one in read_photo(drawn(int(side), path))]
    return found


def drawn(side: int, path: str, scale: int = 6) -> bytes:
    """Draw a symbol as a picture."""
    picture = Image.new("L", (side, side), 255)
    for x, y, wide in re.findall(r"M(\d+) (\d+)h(\d+)", path):
        picture.paste(0, (int(x), int(y), int(x) + int(wide), int(y) + 1))
    file = io.BytesIO()
    picture.resize((side * scale, side * scale), Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()


def test_a_small_transfer_is_carried_as_codes_scanned_or_as_a_photo(
    far: Flask, client_for: ClientFor
) -> None:
    north, south = keys(far)
    accept(client_for("ada"), "South far", south)
    cleo = client_for("cleo")
    accept(cleo, "North far", north)
    sent_file(far, client_for)
    address = f"/transfers/{number(far, 'ben')}/codes"
    assert cleo.raw(address).status_code == 404  # it is the north's
    codes = shown_codes(client_for("ben").get(address))
    assert 1 < len(codes) <= MOST_PARTS
    for wrong, sentence in (
        (codes[1:], "these are missing: 1"),
        ([*codes[1:], codes[0][:-9] + "AAAAAAAAA"], "changed on the way"),
        ([*codes, "7K3M-9QX2"], "changed on the way"),
        ([], "Choose the file, or scan its QR codes"),
    ):
        refused = cleo.post("/transfers/file", form(codes="\n".join(wrong)))
        assert (refused.status_code, sentence in refused.text) == (422, True), refused.text
    taken = cleo.post("/transfers/file", form(codes="\r\n".join([*codes[::-1], codes[0]])))
    assert taken.status_code == 303
    pages = client_for("ben").get(address)
    side, path = re.findall(r'viewBox="0 0 (\d+) \d+".*?class="qr-ink" d="([^"]+)"', pages)[-1]
    photo = form(codes="\n".join(codes[:-1])) | {
        "file": (io.BytesIO(drawn(int(side), path)), "photo.png")
    }
    again = cleo.post("/transfers/file", photo, content_type="multipart/form-data")
    assert (again.status_code, again.location) == (303, taken.location)
    blank = form() | {"file": (io.BytesIO(b"\x89PNG nothing"), "photo.png")}
    refused = cleo.post("/transfers/file", blank, content_type="multipart/form-data")
    assert (refused.status_code, "no photo that can be read" in refused.text) == (422, True)
