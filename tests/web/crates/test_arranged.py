"""The list of crates is kept as somebody arranged it: order, rows on a page, columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask

from depot.kernel.goods_lines import GoodsLine
from depot.stock.commands.new_crates import PackCrates, pack_crates
from tests.builders import clock, find_actor, receive
from tests.clients import Client
from tests.commands.shelves import put_crate, put_place
from tests.current import db
from tests.statements import count_statements

ClientFor = Callable[[str], Client]
RICE, BEANS, EMPTY = "7K3M-9QX2", "4FJH-22M8", "BN6R-5CS3"


@pytest.fixture
def ben(app: Flask, client_for: ClientFor) -> Client:
    with app.app_context():
        actor = find_actor("ben")
        put_place(actor, "Attic")
        put_crate(actor, RICE, at="Arrivals")
        put_crate(actor, BEANS, at="Attic")
        put_crate(actor, EMPTY, at="Arrivals", state="in_use")
        receive(actor, 8, "Rice", crate_code=RICE, date="2031-05")
        receive(actor, 8, "Beans", crate_code=BEANS, date="2032-05")
    return client_for("ben")


def listed(page: str) -> list[str]:
    return re.findall(r'name="code" value="([^"]+)"', page)


@pytest.mark.parametrize(
    ("order", "codes"),
    [
        ("newest", [EMPTY, BEANS, RICE]),
        ("contents", [BEANS, RICE, EMPTY]),
        ("place", [RICE, EMPTY, BEANS]),
        ("date", [RICE, BEANS, EMPTY]),
    ],
)
def test_the_order_asked_for_goes_on_over_the_pages(
    ben: Client, monkeypatch: pytest.MonkeyPatch, order: str, codes: list[str]
) -> None:
    monkeypatch.setattr("blueprints.words.listing.arranged.SIZES", (1,))
    page = ben.get(f"/crates?state=in_use&order={order}&size=1")
    found = listed(page)
    while more := re.search(r'rel="next" href="([^"]+)"', page):
        page = ben.get(more[1].replace("&amp;", "&"))
        found += listed(page)
    assert found == codes


def test_order_and_rows_are_kept_and_the_address_counts(ben: Client) -> None:
    ben.get("/crates?state=in_use&order=contents&size=20")
    assert listed(ben.get("/crates?state=in_use"))[0] == BEANS
    assert '<option value="20" selected>' in ben.get("/crates")
    assert listed(ben.get("/crates?state=in_use&order=date"))[0] == RICE
    assert listed(ben.get("/crates?state=in_use&order=nonsense&size=7"))[0] == RICE
    assert '<option value="20" selected>' in ben.get("/crates")


def test_a_column_that_is_not_ticked_is_gone_until_it_is(ben: Client) -> None:
    assert ben.get("/crates").count('<th scope="col"') == 5
    page = ben.get("/crates?columns=chosen&column=place&column=nonsense")
    assert page.count('<th scope="col"') == 2
    assert "<td>Arrivals</td>" in page
    page = ben.get("/crates")
    assert page.count('<th scope="col"') == 2
    assert ben.get("/crates?columns=chosen").count('<th scope="col"') == 1


def test_what_one_chose_is_not_anothers(ben: Client, client_for: ClientFor) -> None:
    ben.get("/crates?columns=chosen")
    assert client_for("ada").get("/crates").count('<th scope="col"') == 5


def test_the_file_comes_in_the_same_order(ben: Client) -> None:
    text = ben.raw("/crates/list.csv?state=in_use&order=contents").get_data(as_text=True)
    assert text.index(BEANS) < text.index(RICE)


@pytest.mark.parametrize("order", ["newest", "contents", "place", "date"])
def test_ten_crates_and_a_thousand_cost_the_same_statements(
    app: Flask, ben: Client, order: str
) -> None:
    def cost() -> int:
        with app.app_context(), count_statements(db.engine) as seen:
            page = ben.get(f"/crates?order={order}&size=200")
        assert "Rice: 1<" in page
        return len(seen)

    def fill(count: int) -> None:
        with app.app_context():
            actor, rice = find_actor("ben"), GoodsLine(item="Rice", quantity=1)
            receive(actor, count, "Rice")
            pack = PackCrates(
                command_id=uuid4(), source="Arrivals", lines=(rice,), count=count, to="Attic"
            )
            pack_crates(pack, actor, clock)

    fill(10)
    few = cost()
    for _ in range(5):
        fill(200)
    assert cost() == few
