"""The stock by item is kept as somebody arranged it: its order and its columns."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.builders import find_actor, receive
from tests.clients import Client

ClientFor = Callable[[str], Client]


@pytest.fixture
def ben(app: Flask, client_for: ClientFor) -> Client:
    with app.app_context():
        actor = find_actor("ben")
        receive(actor, 8, "Apples", date="2032-05", category="Fruit and veg")
        receive(actor, 8, "Buns", date="2031-05", category="Bread")
    return client_for("ben")


def listed(page: str) -> list[str]:
    return re.findall(r'class="stretch" href="/stock/items/\d+">([^<]+)<', page)


def test_the_order_is_kept_and_the_address_counts(ben: Client) -> None:
    assert listed(ben.get("/stock/")) == ["Apples", "Buns"]
    assert listed(ben.get("/stock/?order=date")) == ["Buns", "Apples"]
    assert listed(ben.get("/stock/")) == ["Buns", "Apples"]
    assert listed(ben.get("/stock/?order=item")) == ["Apples", "Buns"]
    assert listed(ben.get("/stock/?order=category")) == ["Buns", "Apples"]


def test_columns_are_chosen_and_kept_beside_what_was_looked_for(ben: Client) -> None:
    assert ben.get("/stock/").count('<th scope="col"') == 7
    page = ben.get("/stock/?q=app&columns=chosen&column=weight")
    assert page.count('<th scope="col"') == 3
    assert '<input type="hidden" name="q" value="app">' in page
    assert ben.get("/stock/").count('<th scope="col"') == 3


def test_each_category_has_its_picture(ben: Client) -> None:
    pictures = re.findall(r'<span class="picture"><svg[^>]*><path d="([^"]+)"', ben.get("/stock/"))
    assert len(set(pictures)) == 2
