"""Whatever people call a thing or type, no page takes it for HTML and none breaks on it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from blueprints.outbox.queue_file import QUEUE_FILE_FORMAT
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from tests.builders import find_actor
from tests.clients import Client
from tests.web import depot_addresses
from tests.web.depot_addresses import North
from tests.web.frame.test_outsider import NAMES_NOTHING, SENT, post_everything, rules
from tests.web.phone_client import form, make_command, receipt

ClientFor = Callable[[str], Client]
#: What turns the direction of writing is taken out of names at the door, and the rest of it is not.
TYPED = "</script><script>alert('x')</script><b title=\"'%(x)s %s {{7*7}}"


@pytest.fixture
def north(app: Flask, monkeypatch: pytest.MonkeyPatch) -> North:
    """The north, in which everything has a hostile name."""
    monkeypatch.setattr(depot_addresses, "MARK", TYPED)
    monkeypatch.setattr(depot_addresses, "PLACE", f"{TYPED} shelf")
    return depot_addresses.furnish(app)


def shows_it_as_text(answer: TestResponse, where: str) -> bool:
    """Fail if the page takes a name for HTML; say whether it shows one at all."""
    assert answer.status_code < 500, where
    if answer.mimetype != "text/html":
        return False
    page = answer.get_data(as_text=True)
    assert "<script>alert" not in page, where
    assert '<b title="' not in page, where
    return "&lt;script&gt;alert" in page


def pages_that_show_it(app: Flask, client: Client, north: North, headers: dict[str, str]) -> int:
    """Read every page there is and return how many show a hostile name."""
    shown = 0
    for rule in rules(app, "GET"):
        if rule.endpoint not in NAMES_NOTHING:
            path = north.address(rule)
            answer = client.raw(path, headers=headers if path.startswith("/api/") else None)
            shown += shows_it_as_text(answer, path)
    return shown


def test_no_page_takes_a_name_for_html_or_breaks_on_it(
    app: Flask, client_for: ClientFor, north: North
) -> None:
    ada, headers = client_for("ada"), depot_addresses.bearer(app, "ada")
    assert (
        pages_that_show_it(app, ada, north, headers) > 20
    )  # else they are not where they are shown


def test_no_answer_to_what_is_sent_takes_a_name_for_html(
    app: Flask, client_for: ClientFor, north: North, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is typed comes back in a form that is refused; what is saved is said, and shown then."""
    ada, headers = client_for("ada"), depot_addresses.bearer(app, "ada")
    shown = 0
    typed = {
        endpoint: {name: hostile(value) for name, value in body.items()}
        for endpoint, body in SENT.items()
    }
    named = {
        endpoint: {name: named_so(value) for name, value in body.items()}
        for endpoint, body in SENT.items()
    }
    for sent in (typed, named):
        for endpoint, body in sent.items():
            monkeypatch.setitem(SENT, endpoint, body)
        for endpoint, answer in post_everything(app, ada, north, headers, follow_redirects=True):
            shown += shows_it_as_text(answer, endpoint)
    assert shown > 30
    assert pages_that_show_it(app, ada, north, headers) > 20


def hostile(value: Any) -> Any:
    """Return what somebody types who means harm, in place of a word or a number."""
    if isinstance(value, list):
        return [hostile(one) for one in value]
    if isinstance(value, dict):
        return {name: hostile(one) for name, one in value.items()}
    return TYPED if isinstance(value, str) else value


def named_so(value: Any) -> Any:
    """Return the same about a thing that has a hostile name."""
    if isinstance(value, list):
        return [named_so(one) for one in value]
    if isinstance(value, dict):
        return {name: named_so(one) for name, one in value.items()}
    words = {"Rice": f"{TYPED} rice", "Kale": f"{TYPED} kale", "Arrivals": f"{TYPED} shelf"}
    return words.get(value, value) if isinstance(value, str) else value


def test_a_line_of_the_book_shows_a_lots_code_as_text(
    app: Flask, client_for: ClientFor, north: North
) -> None:
    with app.app_context():
        line = ReceiptLine(item=f"{TYPED} rice", quantity=3, lot_code=TYPED)
        given = ReceiveGoods(command_id=uuid4(), lines=(line,))
        entry_id = receive_goods(given, find_actor("ada")).entry_id
    page = client_for("ada").raw(f"/ledger/{entry_id}")
    assert shows_it_as_text(page, "ledger.entry")
    assert "lot &lt;/script&gt;&lt;script&gt;alert" in page.get_data(as_text=True)


def test_a_file_from_a_phone_is_told_as_text(
    app: Flask, client_for: ClientFor, north: North
) -> None:
    """Its words and names, what was saved, and why something was not: all of it somebody typed."""
    code = str(north.ids["code"])
    commands = [
        receipt(3, f"{TYPED} rice"),
        receipt(3, f"{TYPED} peas"),
        make_command("move", crate_code=code, to=TYPED),
        make_command("move", crate_code=TYPED, to="Arrivals"),
        make_command("move", crate_code=code, to=f"{TYPED} shelf"),
        make_command("take_out", crate_code=code, reason=TYPED),
        make_command("unknown_scan", text=TYPED),
        make_command(TYPED),
        form("donation", source="anyone", what=TYPED, weight=TYPED),
        form(TYPED),
    ]
    page = deliver_file(app, client_for("ada"), commands)
    assert shows_it_as_text(page, "queue_file.load")
    shown = page.get_data(as_text=True).count("&lt;script&gt;alert")
    assert shown > 2 * len(commands)  # beside the words and the name, sentences that tell


def deliver_file(app: Flask, client: Client, commands: list[Any]) -> TestResponse:
    """Load a file of what waited on the phone of somebody with a hostile name."""
    with app.app_context():
        depot = find_actor("ada").depot_id
    by = {"by": TYPED[:80], "depot": depot, "words": TYPED}
    whole = {"format": QUEUE_FILE_FORMAT, "commands": [by | {"command": one} for one in commands]}
    file = (io.BytesIO(json.dumps(whole).encode()), "depot-waiting.json")
    return client.post("/scan/queue-file", {"file": file}, content_type="multipart/form-data")
