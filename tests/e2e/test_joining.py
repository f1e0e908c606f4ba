"""From the code on the wall to the first donation on a small phone, and what a coordinator ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.e2e.phones import Site, expect_bar, open_phone, ready_offline, serve_site
from tests.e2e.thumb import SMALL, Thumb, pick, save

pytestmark = pytest.mark.e2e

#: From the wall's code to the first logged donation: so many taps, and one name.
MOST_TAPS = 6


@pytest.fixture
def north(tmp_path: Path) -> Iterator[Site]:
    with serve_site(tmp_path / "depot") as site:
        yield site


def wall(site: Site) -> str:
    """Hang up a code and return the address that a camera reads from it."""
    url: str = site.api("POST", "/join-links", {"uses_max": 9})["url"]
    return url


def join(thumb: Thumb, url: str, name: str) -> None:
    """Open what the camera read, type a first name, and be in."""
    thumb.page.goto(url)
    thumb.page.keyboard.type(name)  # the field waits for it
    thumb.tap(thumb.page.get_by_role("button", name="I am here"))
    expect(thumb.page.locator(".answer")).to_contain_text(f"Welcome, {name}.")


@contextmanager
def helper(
    playwright: Playwright, profile: Path, site: Site
) -> Iterator[tuple[BrowserContext, Thumb, str]]:
    """Open a small phone whose owner, Ana, joined by the wall; yield the wall's address too."""
    url = wall(site)
    with open_phone(playwright, profile, site) as phone:
        page = phone.pages[0]
        page.set_viewport_size({"width": SMALL[0], "height": SMALL[1]})
        thumb = Thumb(page)
        join(thumb, url, "Ana")
        yield phone, thumb, url


def log_bread(thumb: Thumb, kilograms: str) -> None:
    """Log a donation, from Today to the answer."""
    page = thumb.page
    thumb.tap(page.get_by_role("link", name="Log a donation").first)
    thumb.reach(pick(page, "Bread"))
    thumb.reach(page.locator("[name=weight]"))
    thumb.type(kilograms)
    thumb.tap(save(page))


def end_helper(site: Site, page: Page, name: str) -> None:
    """End what a helper may do, as a coordinator with one tap on who is here."""
    page.goto("/here/")
    row = page.locator(".row", has_text=name)
    row.get_by_text("Change").click()
    row.get_by_role("button", name="End access now").click()
    expect(page.locator(".answer")).to_contain_text("Their access has ended")


def coordinator(site: Site, page: Page) -> None:
    said = site.running.command("person", "invite", "Ada", "--role", "coordinator")
    page.goto(said[said.index("http") :].split()[0])
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("A name to sign in with").fill("ada")
    page.get_by_label("A password").fill("bread and butter")
    page.get_by_role("button", name="Make my account").click()
    expect(page.locator("#saved")).to_be_visible()


def test_from_the_wall_to_the_first_donation_and_the_same_without_a_signal(
    playwright: Playwright, tmp_path: Path, north: Site
) -> None:
    with helper(playwright, tmp_path / "phone", north) as (phone, thumb, _url):
        page = thumb.page
        log_bread(thumb, "4")
        expect(page.locator(".answer.done")).to_contain_text("Saved: Bread, loose, 4 kg")
        assert thumb.taps <= MOST_TAPS
        ready_offline(page)
        page.goto("/donations/new")
        phone.set_offline(True)
        page.reload()
        pick(page, "Bread").click()
        page.locator("[name=weight]").fill("3")
        save(page).click()
        expect_bar(page, "1 waiting")
        phone.set_offline(False)
        expect_bar(page, "saved")
    assert [entry["by"] for entry in north.entries("receipt")] == ["Ana", "Ana"]
    north.running.command("verify")


def test_a_coordinator_ends_a_helper_and_the_phone_keeps_what_waits(
    playwright: Playwright, tmp_path: Path, north: Site
) -> None:
    url = wall(north)
    with (
        open_phone(playwright, tmp_path / "phone", north) as phone,
        open_phone(playwright, tmp_path / "desk", north) as desk,
    ):
        page = phone.pages[0]
        join(Thumb(page), url, "Ana")
        ready_offline(page)
        page.goto("/donations/new")
        phone.set_offline(True)
        pick(page, "Bread").click()
        page.locator("[name=weight]").fill("3")
        save(page).click()
        expect_bar(page, "1 waiting")
        coordinator(north, desk.pages[0])
        end_helper(north, desk.pages[0], "Ana")
        phone.set_offline(False)
        expect_bar(page, "1 waiting: sign in to send")
        page.goto(url)
        page.get_by_role("textbox").fill("Somebody")
        page.get_by_role("button", name="I am here").click()
        expect(page.locator("main")).to_contain_text("Please speak with them. What waits on this")
        assert north.entries("receipt") == []
        desk.pages[0].goto("/here/")
        desk.pages[0].get_by_role("button", name="Let them join again").click()
        expect(desk.pages[0].locator(".answer")).to_contain_text("They can join again")
        page.goto(url)
        expect(page.locator(".answer")).to_contain_text("You are in already, Ana.")
        expect_bar(page, "saved")
    assert [entry["by"] for entry in north.entries("receipt")] == ["Ana"]


def told_here(site: Site) -> list[str]:
    return [row["name"] for row in site.api("GET", "/here")["here"]]


def test_the_code_on_the_wall_is_one_tap_without_a_signal(
    playwright: Playwright, tmp_path: Path, north: Site
) -> None:
    with helper(playwright, tmp_path / "phone", north) as (phone, thumb, url):
        page = thumb.page
        ready_offline(page, "/here/by-oneself")
        phone.set_offline(True)
        page.goto(url)
        thumb.tap(page.get_by_role("button", name="I’m leaving"))
        expect_bar(page, "1 waiting")
        assert told_here(north) == ["Ana"]
        phone.set_offline(False)
        expect_bar(page, "saved")
        assert told_here(north) == []
        phone.set_offline(True)
        page.goto(url)
        thumb.tap(page.get_by_role("button", name="I’m here"))
        expect_bar(page, "1 waiting")
        phone.set_offline(False)
        expect_bar(page, "saved")
        assert told_here(north) == ["Ana"]


def test_the_code_on_the_wall_asks_a_stranger_for_a_connection(
    playwright: Playwright, tmp_path: Path, north: Site
) -> None:
    with helper(playwright, tmp_path / "phone", north) as (phone, thumb, url):
        page = thumb.page
        ready_offline(page, "/here/by-oneself")
        page.goto("/account")
        page.get_by_role("button", name="Sign out on this phone").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
        phone.set_offline(True)
        page.goto(url)
        expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
