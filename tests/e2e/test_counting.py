"""A shelf of twelve lots is counted on small phones: left, resumed, counted again blind, posted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import open_window
from tests.e2e.phones import Site, join_depot, serve_site
from tests.eyes.looking import problems

pytestmark = pytest.mark.e2e

SMALL = (360, 640)
SHEET = re.compile(r"/counts/\d+$")
LOOSE = 9
IN_CRATE = 3
#: So many of each lot are in the book.
EACH = 10


@dataclass(frozen=True)
class Shelf:
    """A shelf with twelve lots, three of them in a crate."""

    site: Site
    place: int
    crate: str

    def stock(self) -> dict[str, int]:
        """Return what the book has of each item."""
        rows = self.site.api("GET", "/stock?limit=200")["stock"]
        return {row["item"]: row.get("on_hand", row.get("quantity")) for row in rows}


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with serve_site(tmp_path) as site:
        place = site.api("GET", "/locations")["locations"][0]
        (crate,) = site.codes(1)
        site.api("POST", f"/crates/{crate}/move", {"to": place["name"]})
        for number in range(1, LOOSE + IN_CRATE + 1):
            where = {"location": place["name"]} if number <= LOOSE else {"crate_code": crate}
            line = {"item": f"Tin {number:02}", "quantity": EACH} | where
            site.api("POST", "/receipts", {"source": {"kind": "donation"}, "lines": [line]})
        yield Shelf(site, place["id"], crate)


def write(page: Page, number: int, amount: str) -> None:
    """Write at a line and go on to the next one, as a thumb on the number pad does."""
    page.locator(f"#a-{number}").fill(amount)
    page.keyboard.press("Enter")


def is_saved(page: Page, *numbers: int) -> None:
    for number in numbers:
        expect(page.locator(f"#line-{number} [data-state]")).to_contain_text("saved")


def test_a_shelf_is_counted_by_two_and_posted(
    browser: Browser, shelf: Shelf, tmp_path: Path
) -> None:
    base_url, cookies = shelf.site.base_url, tmp_path / "ben.json"
    with open_window(browser, base_url, SMALL) as phone:
        join_depot(phone.page, shelf.site, "Ben")
        sheet = begin(phone.page, shelf)
        phone.context.storage_state(path=cookies)
    with open_window(browser, base_url, SMALL, state=cookies) as other:
        resume(other.page, shelf)
        without_connection(other.page)
        for number in range(6, LOOSE + 1):
            other.page.locator(f"#a-{number}").fill(str(EACH))
        other.page.get_by_role("button", name="Done").click()
        expect(other.page).to_have_url(re.compile(r"/counts/$"))
        expect(other.page.get_by_text("12 of 12")).to_be_visible()
    assert set(shelf.stock().values()) == {EACH}, "counting changes no stock"
    with open_window(browser, base_url, SMALL) as desk:
        join_depot(desk.page, shelf.site, "Ada", "coordinator")
        count_again(desk.page, sheet)
        is_accessible(desk.page, sheet)
        post(desk.page, sheet)
        counted = shelf.stock()
        assert (counted["Tin 04"], counted[f"Tin {LOOSE + 1}"]) == (8, EACH + 1)
        desk.page.locator(".answer").get_by_role("button", name="Undo").click()
        expect(desk.page.locator(".answer")).to_contain_text("The count of Arrivals is undone.")
        assert set(shelf.stock().values()) == {EACH}


def begin(page: Page, shelf: Shelf) -> str:
    """Begin to count, get as far as the fifth line, and return the sheet's address."""
    page.goto(f"/stock/places/{shelf.place}")
    page.get_by_role("link", name="Count this place").click()
    page.get_by_role("button", name="Begin to count").click()
    expect(page).to_have_url(SHEET)
    expect(page.get_by_text("0 of 12 counted")).to_be_visible()
    for number in range(1, 6):
        write(page, number, "8" if number == 4 else str(EACH))
    is_saved(page, 1, 4, 5)
    return page.url.removeprefix(shelf.site.base_url)


def resume(page: Page, shelf: Shelf) -> None:
    """Go on with it elsewhere: find the crate, and mistype a number."""
    page.goto("/counts/")
    page.get_by_role("link", name="Arrivals").click()
    expect(page.get_by_text("5 of 12 counted")).to_be_visible()
    expect(page.locator("#a-4")).to_have_value("8")
    page.get_by_label("Find a crate by its code").fill(shelf.crate.lower())
    page.keyboard.press("Enter")
    expect(page.locator(f"#a-{LOOSE + 1}")).to_be_focused()
    page.keyboard.type(str(EACH + 1))
    page.keyboard.press("Enter")
    page.keyboard.type("nonsense")
    page.keyboard.press("Enter")
    expect(page.locator(f"#line-{LOOSE + 2} .error")).to_be_visible()


def without_connection(page: Page) -> None:
    """Write while there is no connection, and see it sent when there is one."""
    page.context.set_offline(True)
    write(page, LOOSE + 2, str(EACH))
    write(page, LOOSE + 3, str(EACH))
    expect(page.locator(f"#line-{LOOSE + 3} [data-state]")).to_contain_text("kept here")
    page.context.set_offline(False)
    is_saved(page, LOOSE + 2, LOOSE + 3)


def count_again(page: Page, sheet: str) -> None:
    """Count two lines as the second counter, who sees neither the book nor the first numbers."""
    page.goto(sheet)
    page.get_by_role("link", name="Somebody else counts too").click()
    expect(page.locator("#a-4")).to_have_value("")
    expect(page.get_by_text("the book says")).to_have_count(0)
    write(page, 4, "8")
    write(page, LOOSE + 1, str(EACH))
    is_saved(page, 4, LOOSE + 1)


def is_accessible(page: Page, sheet: str) -> None:
    """Look at whole pages: what is half under the action bar is no small target."""
    page.set_viewport_size({"width": SMALL[0], "height": 3000})
    for name in ("", "/second", "/found", "/review"):
        assert not problems(page, f"{sheet}{name}")
    page.set_viewport_size({"width": SMALL[0], "height": SMALL[1]})


def post(page: Page, sheet: str) -> None:
    """See what differs, say whose number is right, and post it."""
    page.goto(f"{sheet}/review")
    differences = page.locator("fieldset.difference")
    expect(differences).to_have_count(2)
    expect(differences.nth(0)).to_contain_text("2 fewer than the book")
    expect(differences.nth(1)).to_contain_text("1 more than the book")
    differences.nth(1).get_by_text("Ben").click()
    page.get_by_role("button", name="Post 2 differences").click()
    expect(page).to_have_url(SHEET)


def test_a_sheet_is_counted_without_scripts(browser: Browser, shelf: Shelf, tmp_path: Path) -> None:
    site, cookies = shelf.site, tmp_path / "ben.json"
    with open_window(browser, site.base_url, SMALL) as phone:
        join_depot(phone.page, site, "Ben")
        phone.context.storage_state(path=cookies)
    with open_window(browser, site.base_url, SMALL, scripts=False, state=cookies) as plain:
        page = plain.page
        page.goto(f"/counts/new?place={shelf.place}")
        page.get_by_role("button", name="Begin to count").click()
        page.locator("#a-2").fill("0")
        page.locator("#a-5").fill("oops")
        page.locator("[data-save]").click()
        expect(page.locator("#e-5")).to_be_visible()
        page.locator("#a-5").fill("7")
        page.locator("[data-save]").click()
        expect(page.locator(".answer")).to_contain_text("2 of 12 lines counted")
        expect(page.locator("#a-2")).to_have_value("0")
