"""Codes on packages in a real browser: taught once, then they fill the lines of a donation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import open_window
from tests.serving import Running, depot, serve_depot, settings

pytestmark = pytest.mark.e2e

EAN, OTHER = "5000112637922", "96385074"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    environment = settings(tmp_path)
    depot(environment, "init", "--depot-name", "Pantry")
    with serve_depot(environment) as served:
        yield served


def join(page: Page, running: Running) -> None:
    assert running.first_link is not None
    page.goto(running.first_link)
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("A name to sign in with").fill("ada")
    page.get_by_label("A password").fill("bread and butter")
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def teach(page: Page, code: str, item: str, amount: str) -> None:
    page.goto(f"/scan/what?text={code}")
    page.get_by_role("link", name="Say what it is").click()
    page.get_by_label("Item", exact=True).fill(item)
    page.get_by_label("How many are in it").fill(amount)
    page.get_by_role("button", name="Remember it").click()
    expect(page.locator(".answer")).to_contain_text(f"Known from now on: {item}.")


def by_item(page: Page) -> None:
    page.goto("/donations/new")
    page.get_by_label("Passer-by").check()
    page.get_by_label("By item…").check()


def scan(page: Page, code: str) -> None:
    """Type as a hand scanner does, which ends with Enter."""
    field = page.get_by_label("Scan or type the code on a package")
    field.fill(code)
    field.press("Enter")


def test_what_is_scanned_at_the_door_fills_the_lines(browser: Browser, running: Running) -> None:
    with open_window(browser, running.base_url) as opened:
        page = opened.page
        join(page, running)
        teach(page, EAN, "Beans", "12")
        by_item(page)
        scan(page, f"(01)0{EAN}(15)270531(10)A1")
        first = page.get_by_role("group", name="Line 1", exact=True)
        expect(first.get_by_label("Item")).to_have_value("Beans")
        expect(first.get_by_role("textbox", name="How much", exact=True)).to_have_value("12")
        expect(first.get_by_label("Date on it")).to_have_value("2027-05-31")
        expect(first).to_contain_text("lot A1")
        scan(page, f"(01)0{EAN}(15)270531(10)A1")
        expect(first.get_by_role("textbox", name="How much", exact=True)).to_have_value("24")
        scan(page, OTHER)
        expect(page.get_by_text("Write the item: then it is known.")).to_be_visible()
        second = page.get_by_role("group", name="Line 2", exact=True)
        second.get_by_label("Item").fill("Oat milk")
        second.get_by_role("textbox", name="How much", exact=True).fill("6")
        page.get_by_role("button", name="Save", exact=True).last.click()
        expect(page.locator(".answer").first).to_contain_text("Beans, 24")
        page.goto(f"/scan/what?text={OTHER}")
        expect(page.get_by_role("heading", name="Oat milk")).to_be_visible()


def test_without_a_connection_the_code_stays_with_its_line_and_is_looked_up_later(
    browser: Browser, running: Running
) -> None:
    with open_window(browser, running.base_url) as opened:
        page = opened.page
        join(page, running)
        teach(page, EAN, "Beans", "12")
        by_item(page)
        opened.context.set_offline(True)
        scan(page, EAN)
        expect(page.get_by_text("No connection: the code is kept with the line")).to_be_visible()
        opened.context.set_offline(False)
        page.get_by_role("button", name="Save", exact=True).last.click()
        expect(page.locator(".answer").first).to_contain_text("Beans, 12")
