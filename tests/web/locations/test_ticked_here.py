"""Crates are ticked where they stand, for the same acts as in the list of crates."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.builders import find_actor, receive
from tests.clients import Client
from tests.commands.shelves import put_crate, put_place

ClientFor = Callable[[str], Client]
RICE, BEANS = "4FJH-22M8", "7K3M-9QX2"


@pytest.fixture
def ben(app: Flask, client_for: ClientFor) -> Client:
    with app.app_context():
        actor = find_actor("ben")
        put_place(actor, "Attic")
        for code, item in ((BEANS, "Beans"), (RICE, "Rice")):
            put_crate(actor, code, at="Attic")
            receive(actor, 8, item, crate_code=code)
    return client_for("ben")


def attic(ben: Client) -> str:
    found = re.search(r'href="(/stock/places/\d+)">Attic', ben.get("/stock/places"))
    assert found is not None
    return found[1]


def boxes(page: str) -> list[tuple[str, str]]:
    return re.findall(r'form="ticked" name="code" value="([^"]+)"[^>]*?( checked)?>', page)


def test_each_crate_can_be_ticked_and_all_at_once(ben: Client) -> None:
    page = ben.get(attic(ben))
    assert boxes(page) == [(RICE, ""), (BEANS, "")]
    link = re.search(r'href="([^"]+)">Tick all on this page', page)
    assert link is not None
    page = ben.get(link[1].replace("&amp;", "&"))
    assert boxes(page) == [(RICE, " checked"), (BEANS, " checked")]
    assert "Tick none" in page


@pytest.mark.parametrize("act", ["/crates/ticked/move", "/crates/ticked/hold"])
def test_the_acts_come_back_here(ben: Client, act: str) -> None:
    place = attic(ben)
    page = ben.get(place)
    assert act in page
    assert f'name="next" value="{place}"' in page
    asked = ben.get(f"{act}?code={RICE}&code={BEANS}&next={place}")
    assert f'name="next" value="{place}"' in asked
    assert RICE in asked
    assert BEANS in asked


def test_where_no_crate_stands_there_is_nothing_to_do_with_them(ben: Client) -> None:
    arrivals = re.search(r'href="(/stock/places/\d+)">Arrivals', ben.get("/stock/places"))
    assert arrivals is not None
    assert 'id="ticked"' not in ben.get(arrivals[1])
