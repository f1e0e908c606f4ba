"""An unlikely number in a real browser: asked once, mended or said yes to, one entry."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.e2e.phones import join_depot, open_phone, serve_site
from tests.e2e.queued_forms import save

pytestmark = pytest.mark.e2e


class Door:
    """Ben's phone at the donation page of a depot that has had beans."""

    def __init__(self, page: Page, database: Path) -> None:
        self.page = page
        self.database = database

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.database)) as book:
            return book.execute(sql).fetchall()

    def entries(self) -> int:
        return len(self.ask("SELECT id FROM stock_entry"))

    def donate(self, item: str, quantity: str) -> Locator:
        """Type a donation of one item and save it; return the form."""
        self.page.goto("/donations/new")
        form = self.page.locator("form[data-outbox=donation]")
        form.locator("label", has_text="By item").click()
        form.locator("[name=lines-0-item]").fill(item)
        form.locator("[name=lines-0-quantity]").fill(quantity)
        save(form)
        expect(form.locator(".outbox-problem")).to_be_visible()
        return form

    def is_saved(self) -> None:
        expect(self.page.locator(".answer.done").first).to_be_visible()
        expect(self.page.locator("#saved")).not_to_contain_text("need")


@pytest.fixture
def door(playwright: Playwright, tmp_path: Path) -> Iterator[Door]:
    data = tmp_path / "data"
    data.mkdir()
    with serve_site(data) as place, open_phone(playwright, tmp_path / "phone", place) as context:
        line = {"item": "Beans", "quantity": 30}
        place.api("POST", "/receipts", {"source": {"kind": "donation"}, "lines": [line]})
        page = context.pages[0]
        join_depot(page, place, "Ben")
        yield Door(page, data / "depot.sqlite3")


def test_an_unlikely_number_is_mended_or_said_yes_to_in_place(door: Door) -> None:
    before = door.entries()
    form = door.donate("Beans", "90000")
    expect(form.locator(".outbox-problem")).to_contain_text("far more than Beans ever was")
    assert door.entries() == before
    form.locator("[name=lines-0-quantity]").fill("90")
    save(form)
    door.is_saved()
    assert door.entries() == before + 1
    form = door.donate("Beans", "90000")
    form.get_by_role("button", name="Yes, save it").click()
    door.is_saved()
    assert door.entries() == before + 2
    assert door.ask("SELECT kind FROM discrepancy") == [("unlikely_number",)]


def test_an_almost_known_name_is_the_known_one_by_a_tap(door: Door) -> None:
    before = door.entries()
    form = door.donate("Baens", "6")
    form.get_by_role("button", name="Use “Beans”").click()
    door.is_saved()
    assert door.entries() == before + 1
    assert door.ask("SELECT name FROM item WHERE name = 'Baens'") == []
    assert door.ask("SELECT sum(quantity) FROM stock_balance") == [(36,)]
