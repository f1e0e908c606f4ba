"""Today and More: the way to everything."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from flask import Flask

from tests.builders import find_actor, receive
from tests.clients import Client

ClientFor = Callable[[str], Client]


def test_an_empty_today_teaches_the_first_step(client_for: ClientFor) -> None:
    page = client_for("ben").get("/")
    assert "Log the first donation" in page
    assert "No hand-out is planned." in page


def test_today_shows_what_happened_with_undo(app: Flask, client_for: ClientFor) -> None:
    ben = client_for("ben")
    with app.app_context():
        receive(find_actor("ben"), 6, "Milk", date="2019")
    page = ben.get("/")
    assert "Milk" in page
    assert "too late to give out" in page
    undo = re.search(r'action="(/ledger/\d+/undo)"', page)
    assert undo
    assert ben.post(undo[1], {"command_id": str(uuid4())}).status_code == 303
    assert "Undone" in ben.get("/")


def test_every_way_of_more_leads_somewhere(client_for: ClientFor) -> None:
    for login in ("ada", "ben"):
        client = client_for(login)
        ways = set(re.findall(r'class="row way" href="([^"]+)"', client.get("/more")))
        assert len(ways) > 8
        for way in ways:
            client.get(way, follow=True)


#: The word of an entry, wherever it stands in the menu: in the bar, or on More.
_ENTRY = re.compile(
    r'<a href="([^"]+)" class="place[^>]*>.*?<span>([^<]+)</span></a>'
    r'|class="row way" href="([^"]+)">.*?<span class="what"><span>([^<]+)</span>'
)


def test_the_menu_calls_each_page_what_its_title_calls_it(client_for: ClientFor) -> None:
    walked, other = 0, []
    for login in ("ada", "ben"):
        client = client_for(login)
        for bar, word, more, own in _ENTRY.findall(client.get("/more")):
            page = client.get(bar or more, follow=True)
            title = re.search(r"<title>(.*?)</title>", page)
            assert title
            walked += 1
            if (word or own) not in title[1].split(" · "):
                other.append((login, word or own, title[1]))
    assert walked > 60
    assert other == []


def test_only_coordinators_are_led_to_what_is_theirs(client_for: ClientFor) -> None:
    assert "/people/" in client_for("ada").get("/more")
    assert "/people/" not in client_for("ben").get("/more")
