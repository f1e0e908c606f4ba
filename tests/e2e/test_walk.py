"""A first visit on a small phone, by taps: the door, yesterday's slip, a shelf, a hand-out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import open_window
from tests.e2e.phones import Site, expect_bar, join_depot, serve_site
from tests.e2e.thumb import SMALL, Thumb, know_the_farm, log_the_van, pick, save

pytestmark = pytest.mark.e2e

MOST_TAPS = 14
SHELF = "Shelf B2"
LOOSE, IN_CRATE, EACH = 9, 3, 10
#: What was found of the fourth tin, and of the first in the crate.
FOUND = {4: 8, LOOSE + 1: EACH + 1}
#: What the hand-out is to take along.
PLAN = (("Bread, loose", "5 kg"), ("Tin 01", "6"), ("Tin 02", "4"))
#: What goes out of it, once the plan says 7 kg of bread: pieces and grams.
GOES_OUT = (("Bread, loose", 7_000), ("Tin 01", 6), ("Tin 02", 4))


@dataclass(frozen=True)
class Depot:
    """A depot with a farm it knows and a shelf with twelve lots, three of them in a crate."""

    site: Site
    crate: str
    #: What the book should say: pieces and grams by item, added up by this test alone.
    sums: dict[str, int]

    def stock(self) -> dict[str, int]:
        """Return what the book says of each item that is here."""
        rows = self.site.api("GET", "/stock?limit=200")["stock"]
        return {row["item"]: row["quantity"] for row in rows if row["quantity"]}

    def add(self, item: str, amount: int) -> None:
        self.sums[item] = self.sums.get(item, 0) + amount


@pytest.fixture
def north(tmp_path: Path) -> Iterator[Depot]:
    with serve_site(tmp_path) as site:
        (tmp_path / "places.csv").write_text(f"name\n{SHELF}\n")
        site.running.command("import", "locations", str(tmp_path / "places.csv"))
        know_the_farm(site)
        (crate,) = site.codes(1)
        site.api("POST", f"/crates/{crate}/move", {"to": SHELF})
        depot = Depot(site, crate, {"Bread, loose": 4000})
        for number in range(1, LOOSE + IN_CRATE + 1):
            where = {"location": SHELF} if number <= LOOSE else {"crate_code": crate}
            line = {"item": f"Tin {number:02}", "quantity": EACH} | where
            site.api("POST", "/receipts", {"source": {"kind": "donation"}, "lines": [line]})
            depot.add(f"Tin {number:02}", EACH)
        yield depot


def test_a_first_visit_from_the_van_to_the_closed_hand_out(
    browser: Browser, north: Depot, tmp_path: Path
) -> None:
    with open_window(browser, north.site.base_url, SMALL) as window:
        page = window.page
        join_depot(page, north.site, "Ben")
        thumb = Thumb(page)
        the_van(thumb, north)
        a_wrong_number(thumb, north)
        the_slip_of_yesterday(thumb, north)
        sheet = the_shelf(thumb)
        assert north.stock() == north.sums, "counting changes no stock"
        with open_window(browser, north.site.base_url, SMALL) as desk:
            join_depot(desk.page, north.site, "Ada", "coordinator")
            the_differences(Thumb(desk.page), sheet)
        for number, found in FOUND.items():
            north.sums[f"Tin {number:02}"] = found
        assert north.stock() == north.sums
        a_plan(thumb)
        another_plan(thumb)
        the_doors(thumb, north)
        the_end(thumb)
    assert north.stock() == {item: amount for item, amount in north.sums.items() if amount}
    north.site.running.command("verify")


def go(thumb: Thumb, *ways: str) -> None:
    """Tap a place of the bottom bar, then what its pages lead to."""
    first, *rest = ways
    thumb.tap(thumb.page.locator("nav.nav").get_by_role("link", name=first))
    for way in rest:
        thumb.reach(thumb.page.locator("main").get_by_role("link", name=way).first)


def the_van(thumb: Thumb, north: Depot) -> None:
    """Four kinds from one donor: one receipt."""
    before = len(north.site.entries("receipt"))
    log_the_van(thumb)
    assert thumb.taps <= MOST_TAPS
    assert (thumb.numbers, thumb.swipes) == (4, 0)
    assert len(north.site.entries("receipt")) == before + 1
    for item, grams in (("Mixed food", 24_000), ("Bread", 7_400), ("Fruit and veg", 12_500)):
        north.add(f"{item}, loose", grams)
    north.add("Tins and jars, loose", 3_000)


def a_wrong_number(thumb: Thumb, north: Depot) -> None:
    """What is refused in place and mended is one entry, and nothing waits."""
    page, before = thumb.page, len(north.site.entries("receipt"))
    go(thumb, "Today", "Log a donation")
    thumb.tap(pick(page, "Bread"))
    weight = page.locator("[name=weight]")
    thumb.tap(weight)
    thumb.type("9-1")
    thumb.tap(save(page))
    expect(weight).to_have_attribute("aria-invalid", "true")
    assert len(north.site.entries("receipt")) == before
    weight.press("ControlOrMeta+a")
    thumb.type("9.1")
    thumb.tap(save(page))
    expect(page.locator(".answer.done")).to_contain_text("Bread, loose, 9.1 kg")
    expect_bar(page, "saved")
    assert len(north.site.entries("receipt")) == before + 1
    north.add("Bread, loose", 9_100)
    page.goto("/scan/waiting")
    expect(page.locator("#waiting")).to_contain_text("Nothing waits")


def the_slip_of_yesterday(thumb: Thumb, north: Depot) -> None:
    """A slip of paper is entered with its day, and the ledger says that it came later."""
    page, yesterday = thumb.page, datetime.now(UTC) - timedelta(days=1)
    go(thumb, "Today", "Log a donation")
    thumb.tap(pick(page, "Bread"))
    thumb.tap(page.locator("[name=weight]"))
    thumb.type("3")
    thumb.reach(page.locator("details.when summary"))
    page.locator("[name=when_day]").fill(f"{yesterday:%Y-%m-%d}")
    thumb.tap(save(page))
    expect(page.locator(".answer.done")).to_contain_text("Bread, loose, 3 kg")
    north.add("Bread, loose", 3_000)
    go(thumb, "More", "Ledger")
    slip = page.locator(".row", has_text="Bread, loose").first
    expect(slip).to_contain_text("entered later")
    expect(slip).to_contain_text("+3 kg")


def the_shelf(thumb: Thumb) -> str:
    """Twelve lots are counted one after another; return the address of the sheet."""
    page = thumb.page
    go(thumb, "More", "Counts")
    thumb.tap(page.get_by_role("link", name="Count a shelf"))
    page.get_by_label("Which place").select_option(label=SHELF)
    thumb.tap(page.get_by_role("button", name="Begin to count"))
    expect(page.get_by_text("0 of 12 counted")).to_be_visible()
    sheet = page.url
    thumb.reach(page.locator("#a-1"))
    for number in range(1, LOOSE + IN_CRATE + 1):
        expect(page.locator(f"#a-{number}")).to_be_focused()
        thumb.type(str(FOUND.get(number, EACH)))
        page.keyboard.press("Enter")
    expect(page.get_by_text("12 of 12 counted")).to_be_attached()
    thumb.tap(page.get_by_role("button", name="Done"))
    expect(page).to_have_url(re.compile(r"/counts/$"))
    expect(page.get_by_text("12 of 12")).to_be_visible()
    return sheet


def the_differences(thumb: Thumb, sheet: str) -> None:
    """The coordinator looks at what differs and posts it."""
    page = thumb.page
    go(thumb, "Today", SHELF)
    expect(page).to_have_url(sheet)
    thumb.reach(page.get_by_role("link", name="Look at the differences"))
    expect(page.locator("fieldset.difference")).to_have_count(len(FOUND))
    thumb.tap(page.get_by_role("button", name="Post 2 differences"))
    expect(page.locator(".answer")).to_contain_text(SHELF)


def a_plan(thumb: Thumb) -> None:
    """A hand-out of today is planned, with what it takes along."""
    page = thumb.page
    go(thumb, "Today", "Hand out")
    thumb.reach(page.get_by_role("link", name="Plan a hand-out").first)
    thumb.tap(page.get_by_label("What is it called"))
    page.keyboard.type("Friday table")
    page.get_by_label("When it begins").fill(f"{datetime.now(UTC):%Y-%m-%dT%H:%M}")
    thumb.tap(save(page))
    expect(page.get_by_role("heading", level=1)).to_have_text("Friday table")
    thumb.tap(page.get_by_role("link", name="Say what to take along"))
    for index, (item, amount) in enumerate(PLAN):
        thumb.reach(page.locator(f"[name=lines-{index}-item]"))
        page.keyboard.type(item)
        thumb.reach(page.locator(f"[name=lines-{index}-amount]"))
        thumb.type(amount)
    thumb.tap(save(page))


def another_plan(thumb: Thumb) -> None:
    """The plan changes: a name, how many are expected, and more to take."""
    page = thumb.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Friday table")
    thumb.reach(page.get_by_role("link", name="Change it"))
    page.get_by_label("What is it called").fill("Friday hand-out")
    thumb.reach(page.get_by_label("Households expected"))
    thumb.type("30")
    thumb.tap(save(page))
    expect(page.get_by_role("heading", level=1)).to_have_text("Friday hand-out")
    thumb.reach(page.get_by_role("link", name="What to take along"))
    amount = page.locator("[name=lines-0-amount]")
    thumb.reach(amount)
    amount.press("ControlOrMeta+a")
    thumb.type("7")
    thumb.tap(save(page))


def taken(page: Page, item: str) -> Locator:
    """Return the line of an item that is to be taken along."""
    return page.locator("#take .row", has_text=item)


def the_doors(thumb: Thumb, north: Depot) -> None:
    """What is planned is ticked and packed, the doors open, goods go out, people are counted."""
    page = thumb.page
    for item, _amount in PLAN:
        thumb.reach(taken(page, item).get_by_role("button", name="picked"))
        expect(taken(page, item).get_by_role("button", pressed=True)).to_be_visible()
    thumb.reach(page.get_by_role("button", name="All is packed"))
    thumb.tap(page.get_by_role("button", name="Open the doors"))
    for item, amount in GOES_OUT:
        thumb.reach(taken(page, item).get_by_role("button", name="Hand out"))
        expect(page.locator(".answer.done", has_text=item)).to_be_visible()
        north.add(item, -amount)
    people(thumb)
    a_whole_crate(thumb, north)


def people(thumb: Thumb) -> None:
    """Three households come, and a fourth press is undone where it stands."""
    page, counted = thumb.page, thumb.page.locator(".counted b")
    for number, words in enumerate(("family", "couple", "one adult", "family"), 1):
        thumb.reach(page.locator("#count button", has_text=words))
        expect(counted).to_have_text(str(number))
    thumb.tap(page.locator("#count").get_by_role("button", name="Undo last"))
    expect(counted).to_have_text("3")


def a_whole_crate(thumb: Thumb, north: Depot) -> None:
    """A crate goes out by its code."""
    page = thumb.page
    thumb.reach(page.locator("a.act", has_text="Hand out"))
    thumb.tap(page.get_by_label("Whole crate, or a product"))
    page.keyboard.type(north.crate.lower())
    thumb.tap(save(page).first)
    expect(page.locator(".answer.done")).to_contain_text(north.crate)
    for number in range(LOOSE + 1, LOOSE + IN_CRATE + 1):
        north.sums[f"Tin {number:02}"] = 0
    thumb.reach(page.locator(".back a"))


def the_end(thumb: Thumb) -> None:
    """The hand-out is closed, and its page says so."""
    page = thumb.page
    thumb.reach(page.get_by_role("link", name="Close the hand-out"))
    thumb.tap(page.get_by_role("button", name="Close the hand-out"))
    expect(page.locator(".steps .done")).to_have_count(4)
    expect(page.locator(".fig", has_text="Households")).to_contain_text("3")
