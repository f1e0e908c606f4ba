"""The lists of items and of stock by item go on over pages, and are kept as arranged."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from blueprints.words.listing.paged import page_after
from tests.builders import find_actor, receive
from tests.clients import Client

ClientFor = Callable[[str], Client]


@pytest.fixture
def ben(app: Flask, client_for: ClientFor) -> Client:
    with app.app_context():
        for name, category in (("Apples", "Fruit and veg"), ("Buns", "Bread"), ("Corn", "Bread")):
            receive(find_actor("ben"), 8, name, category=category)
    return client_for("ben")


def listed(page: str) -> list[str]:
    return re.findall(r'class="stretch" href="/stock/items/\d+">([^<]+)<', page)


@pytest.mark.parametrize("address", ["/stock/items", "/stock/"])
@pytest.mark.parametrize(
    ("order", "names"),
    [("item", ["Apples", "Buns", "Corn"]), ("category", ["Buns", "Corn", "Apples"])],
)
def test_the_order_goes_on_over_the_pages(
    ben: Client, monkeypatch: pytest.MonkeyPatch, address: str, order: str, names: list[str]
) -> None:
    monkeypatch.setattr("blueprints.words.listing.arranged.SIZES", (1,))
    page = ben.get(f"{address}?order={order}&size=1")
    found = listed(page)
    while more := re.search(r'rel="next" href="([^"]+)"', page):
        assert len(listed(page)) == 1
        page = ben.get(more[1].replace("&amp;", "&"))
        found += listed(page)
    assert found == names
    assert len(listed(ben.get(address))) == 1  # kept


def test_a_total_is_of_all_pages(ben: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blueprints.words.listing.arranged.SIZES", (1,))
    page = ben.get("/stock/?size=1")
    assert re.search(r'<span class="soft">Items</span><b>3</b>', page)


def test_columns_of_items_are_chosen_and_what_was_looked_for_stays(ben: Client) -> None:
    assert ben.get("/stock/items").count('<th scope="col"') == 5
    page = ben.get("/stock/items?q=app&columns=chosen&column=category")
    assert page.count('<th scope="col"') == 3
    assert '<input type="hidden" name="q" value="app">' in page
    assert ben.get("/stock/items").count('<th scope="col"') == 3


def test_after_what_is_there_no_more_comes_the_first() -> None:
    rows = [4, 2, 9]
    assert page_after(rows, int, None, 2) == ([4, 2], 2)
    assert page_after(rows, int, 2, 2) == ([9], None)
    assert page_after(rows, int, 7, 5) == ([4, 2, 9], None)
