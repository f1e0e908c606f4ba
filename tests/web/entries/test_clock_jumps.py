"""A jump of the clock among the things to look at, with what was written meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask

from depot.entries.commands.clock import note_jump
from tests.builders import NOW, find_actor, receive
from tests.clients import Client

ClientFor = Callable[[str], Client]


def test_a_coordinator_finds_what_was_written_while_the_clock_was_wrong(
    app: Flask, client_for: ClientFor
) -> None:
    with app.app_context():
        ada = find_actor("ada")
        receive(ada, 1, "Early beans")
        note_jump(NOW, NOW.replace(year=2031), {ada.depot_id: 1})
        receive(ada, 2, "Late lentils")
    client = client_for("ada")
    assert "1 thing to look at" in client.get("/")
    page = client.get("/to-look-at/")
    assert "The clock of the server jumped" in page
    assert "2031" in page
    found = re.search(r'href="(/to-look-at/\d+/entries)"', page)
    assert found
    listed = client.get(found[1])
    assert "Late lentils" in listed
    assert "Early beans" not in listed
    assert client_for("ben").raw(found[1]).status_code == 403
    assert client_for("cleo").raw(found[1]).status_code == 404
    assert client.raw("/to-look-at/999/entries").status_code == 404
