"""The pages about labels and printers."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from ipaddress import ip_network
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from depot.models import Crate, Location
from labels.printers import network
from tests.builders import find_actor, receive
from tests.clients import Client
from tests.commands.printer_fixtures import add_printer, zebra_command
from tests.commands.shelves import put_crate, put_place
from tests.current import db

ClientFor = Callable[[str], Client]
CODE, OTHER = "7K3M-9QX2", "4FJH-22M8"
SCRIPT = "<script>alert(1)</script>"
SHEET = {
    "name": "Our sheet",
    "page": "A4",
    "across": "2",
    "down": "5",
    "label_width": "90",
    "label_height": "2 in",
    "left": "10",
    "top": "20,5",
    "pitch_x": "95",
}


@pytest.fixture
def ada(client_for: ClientFor) -> Client:
    return client_for("ada")


@pytest.fixture
def ben(client_for: ClientFor) -> Client:
    return client_for("ben")


@pytest.fixture
def filled(app: Flask) -> str:
    with app.app_context():
        actor = find_actor("ben")
        put_place(actor, "Shelf B2")
        put_crate(actor, CODE, at="Arrivals")
        receive(actor, 8, "Rice", crate_code=CODE, date="2031-05")
    return CODE


def send(client: Client, path: str, **form: Any) -> TestResponse:
    return client.post(path, {"command_id": str(uuid4())} | form)


def crates(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Crate.code)))


class Printer:
    """A printer on this machine that takes what is sent."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.jobs: list[bytes] = []
        self._server = socket.create_server(("127.0.0.1", port))
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                taken, _from = self._server.accept()
            except OSError:
                return
            with taken:
                job = b""
                while piece := taken.recv(65536):
                    job += piece
                self.jobs.append(job)

    def close(self) -> None:
        with suppress(OSError):  # it was closed in the test already
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Printer]:
    """A printer; this machine counts as the local network."""
    monkeypatch.setattr(network, "NETWORKS", (ip_network("127.0.0.0/8"),))
    for port in network.PORTS:
        try:
            running = Printer(port)
        except OSError:
            continue
        yield running
        running.close()
        return
    pytest.fail("all ports of label printers are taken on this machine")


def add_zebra(ada: Client, port: int, **more: str) -> str:
    """Enter a Zebra on this machine and return the address of its page."""
    form = {"name": "Door", "kind": "zebra", "dpi": "203", "size": "62x29", "host": "127.0.0.1"}
    answer = send(ada, "/printers/new", **(form | {"port": str(port)} | more))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def test_blank_labels_are_made_once_and_printed_again(app: Flask, ben: Client) -> None:
    assert "How many" in ben.get("/crates/labels", follow=True)
    form = {"command_id": str(uuid4()), "count": "30", "sheet": "L7160", "start_at": "4"}
    for _ in range(2):
        answer = ben.post("/labels", form)
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF")
    assert len(crates(app)) == 30
    found = re.search(r'href="(/labels/again[^"]*)"', ben.get("/labels"))
    assert found
    ben.get(found[1])
    again = ben.raw(found[1] + "&sheet=5160&start_at=999")
    assert again.mimetype == "application/pdf"
    assert ben.raw("/labels/again?made=1").status_code == 404
    old = ben.raw("/crates/labels/again?made=1").headers["Location"]
    assert old == "/labels/again?made=1"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"count": "0"}, "count"),
        ({"count": "2001"}, "count"),
        ({"start_at": "22"}, "start_at"),
        ({"sheet": "A0"}, "sheet"),
        ({"count": SCRIPT}, "count"),
        ({"kind": "pallets"}, "sheet"),
    ],
)
def test_labels_that_cannot_be_made_say_why(
    app: Flask, ben: Client, change: dict[str, str], field: str
) -> None:
    form = {"kind": "crates", "count": "3", "sheet": "L7160", "start_at": "1"} | change
    answer = send(ben, "/labels", **form)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.get_data(as_text=True)
    assert not crates(app)


def test_blank_pallets_are_crates_with_large_labels(app: Flask, ben: Client) -> None:
    assert "two metres" in ben.get("/labels?kind=pallets")
    answer = send(ben, "/labels", kind="pallets", count="2", sheet="A4/2", start_at="1")
    assert answer.data.startswith(b"%PDF")
    assert len(crates(app)) == 2


def test_shelves_get_their_labels_one_or_all(app: Flask, ben: Client, filled: str) -> None:
    with app.app_context():
        shelf = db.session.scalars(select(Location.id).where(Location.name == "Shelf B2")).one()
    assert "Shelf B2" in ben.get(f"/labels?kind=shelves&place={shelf}")
    for place in ("all", str(shelf)):
        answer = send(ben, "/labels", kind="shelves", place=place, sheet="L7169")
        assert answer.data.startswith(b"%PDF"), place
    for place in ("999999", "x"):
        assert send(ben, "/labels", kind="shelves", place=place, sheet="L7169").status_code in (
            404,
            422,
        )
    too_small = send(ben, "/labels", kind="shelves", place="all", sheet="L4732")
    assert too_small.status_code == 422
    assert "Print shelf labels" in ben.get("/stock/places")
    assert "Print its label" in ben.get(f"/stock/places/{shelf}")


def test_the_outsider_prints_no_shelf_of_the_north(
    app: Flask, client_for: ClientFor, filled: str
) -> None:
    with app.app_context():
        shelf = db.session.scalars(select(Location.id).where(Location.name == "Shelf B2")).one()
    answer = send(client_for("cleo"), "/labels", kind="shelves", place=str(shelf), sheet="L7169")
    assert answer.status_code == 404


def test_one_crates_label_is_shown_and_printed(ben: Client, filled: str) -> None:
    page = ben.get(f"/crates/{filled}/label")
    shown = re.search(r'<img class="label-shown" src="([^"]+)"', page)
    assert shown
    assert ben.raw(shown[1].replace("&amp;", "&")).data.startswith(b"\x89PNG")
    assert ben.raw(f"/crates/{filled}/label.pdf?size=102x152").data.startswith(b"%PDF")
    for size in ("", "999x1", "0x0", SCRIPT):
        assert ben.raw(f"/crates/{filled}/label.png?size={size}").data.startswith(b"\x89PNG")
    for kind, sheet in (("crates", "L7160"), ("pallets", "A5")):
        answer = send(ben, f"/crates/{filled}/label", kind=kind, sheet=sheet, times="2")
        assert answer.data.startswith(b"%PDF")
    refused = send(ben, f"/crates/{filled}/label", sheet="L7160", start_at="99")
    assert refused.status_code == 422
    assert ben.raw("/crates/NOPE/label").status_code == 404


def test_a_printer_is_entered_remembered_and_printed_to(
    app: Flask, ada: Client, ben: Client, printer: Printer
) -> None:
    page = add_zebra(ada, printer.port)
    number = page.rpartition("/")[2]
    assert "Door" in ada.get("/printers")
    assert "Door" in ben.get("/labels")
    chosen = ben.get(f"/labels?printer={number}")
    assert "at once" in chosen
    assert "at once" in ben.get("/labels")  # it is remembered
    form = {"command_id": str(uuid4()), "count": "3", "printer": number}
    for _ in range(2):
        assert ben.post("/labels", form).status_code == 303
    assert "were sent to Door already" in ben.get("/labels")
    assert len(printer.jobs) == 1
    assert printer.jobs[0].count(b"^XA") == 3
    assert len(crates(app)) == 3
    assert "at once" not in ben.get("/labels?printer=none")


def test_a_test_label_goes_to_the_printer(ada: Client, printer: Printer) -> None:
    page = add_zebra(ada, printer.port)
    assert ada.post(f"{page}/test", {}).status_code == 303
    assert "1 label sent to Door" in ada.get(page)
    assert printer.jobs[0].startswith(b"^XA")


def test_a_printer_that_is_off_is_told_in_a_sentence(
    app: Flask, ada: Client, ben: Client, printer: Printer
) -> None:
    number = add_zebra(ada, printer.port).rpartition("/")[2]
    printer.close()
    assert send(ben, "/labels", count="1", printer=number).status_code == 303
    assert "does not take anything just now" in ben.get("/labels")
    assert len(crates(app)) == 1  # made, and printed again from the list


def test_a_printers_name_that_moved_is_not_followed(
    ada: Client, ben: Client, printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = add_zebra(ada, printer.port).rpartition("/")[2]
    monkeypatch.setattr(network, "_addresses", lambda host, port: ["127.0.0.9"])
    send(ben, "/labels", count="1", printer=number)
    assert "leads elsewhere now" in ben.get("/labels")
    assert not printer.jobs


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "8.8.8.8", "169.254.169.254", "::1"])
def test_only_the_local_network_has_printers(ada: Client, host: str) -> None:
    form = {"name": "X", "kind": "zebra", "dpi": "203", "size": "62x29", "host": host}
    answer = send(ada, "/printers/new", **form)
    assert answer.status_code == 422
    assert 'id="f-host-error"' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"port": "22"}, "port"),
        ({"dpi": "1"}, "dpi"),
        ({"size": "own"}, "size"),
        ({"size": "1x1"}, "size"),
        ({"size": "own", "own_width": SCRIPT}, "own_width"),
        ({"offset_x": "99"}, "offset_x"),
        ({"offset_y": "left"}, "offset_y"),
        ({"name": ""}, "name"),
    ],
)
def test_a_printer_that_cannot_be_says_why(ada: Client, change: dict[str, str], field: str) -> None:
    form = {"name": "X", "kind": "zebra", "dpi": "203", "size": "62x29", "host": "10.0.0.9"}
    answer = send(ada, "/printers/new", **(form | change))
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("kind", ["sheet", "pdf_roll", "zebra", "brother"])
def test_each_kind_of_printer_has_its_form_and_its_test_page(ada: Client, kind: str) -> None:
    ada.get(f"/printers/new?kind={kind}")
    form = {
        "name": "In the office",
        "kind": kind,
        "sheet": "L7163",
        "dpi": "300",
        "model": "QL-820NWB",
        "size": "62x29",
        "offset_x": "-1,2",
        "offset_y": "0.5",
    }
    page = send(ada, "/printers/new", **form).headers["Location"]
    shown = ada.get(page)
    assert 'value="-1.2"' in shown
    assert 'value="0.5"' in shown
    number = page.rpartition("/")[2]
    for made in (ada.post(f"{page}/test", {}), send(ada, "/labels", printer=number, count="1")):
        assert made.status_code == 200
        assert made.data
    assert send(ada, page, **(form | {"archived": "yes"})).status_code == 303
    assert "In the office" in ada.get("/printers")
    assert "In the office" not in ada.get("/labels")


def test_a_sheet_of_ones_own_is_used_like_any_other(ada: Client, ben: Client) -> None:
    ada.get("/printers/sheets/new")
    page = send(ada, "/printers/sheets/new", **SHEET).headers["Location"]
    shown = ada.get(page)
    for typed in ("50.8", "20.5", "95"):
        assert f'value="{typed}"' in shown
    assert ada.raw(f"{page}/test").data.startswith(b"%PDF")
    assert "Our sheet" in ben.get("/labels")
    answer = send(ben, "/labels", count="3", sheet="Our sheet", start_at="10")
    assert answer.data.startswith(b"%PDF")
    assert send(ben, "/labels", count="3", sheet="Our sheet", start_at="11").status_code == 422
    saved = send(ada, page, **(SHEET | {"archived": "yes"}))
    assert saved.status_code == 303
    assert "Our sheet" not in ben.get("/labels")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"across": "3"}, "across"),
        ({"pitch_x": "80"}, "pitch_x"),
        ({"label_width": "0"}, "label_width"),
        ({"label_width": "wide"}, "label_width"),
        ({"left": "-1"}, "left"),
        ({"page": "own"}, "page_width"),
        ({"name": "L7160"}, "name"),
    ],
)
def test_a_sheet_that_cannot_be_says_why(ada: Client, change: dict[str, str], field: str) -> None:
    answer = send(ada, "/printers/sheets/new", **(SHEET | change))
    assert answer.status_code in (409, 422)
    assert f'id="f-{field}-error"' in answer.get_data(as_text=True)


def test_another_depots_printer_is_not_offered(
    app: Flask, client_for: ClientFor, ada: Client
) -> None:
    with app.app_context():
        row = add_printer(find_actor("ada"), zebra_command("Zzyzx"))
    cleo = client_for("cleo")
    assert "Zzyzx" not in cleo.get(f"/labels?printer={row.id}")
    assert "Zzyzx" in ada.get("/labels")
    assert send(cleo, f"/printers/{row.id}", name="X", kind="sheet").status_code == 404
