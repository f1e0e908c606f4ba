"""A tablet at the door and a passkey in a real browser: from the code to an entry, also offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.e2e.phones import Site, expect_bar, open_phone, ready_offline, serve_site
from tests.e2e.test_joining import coordinator
from tests.e2e.thumb import pick, save

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def north(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    # passkeys are for hosts with a name; localhost is one
    with serve_site(tmp_path_factory.mktemp("north"), host="localhost") as site:
        yield site


@pytest.fixture(scope="module")
def desk(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory, north: Site
) -> Iterator[BrowserContext]:
    """The coordinator's own laptop, signed in."""
    with open_phone(playwright, tmp_path_factory.mktemp("desk"), north) as opened:
        coordinator(north, opened.pages[0])
        yield opened


def set_up(desk: Page, tablet: Page, name: str = "Tablet at the door") -> None:
    """Add a device at the desk, and open on it what its camera would read."""
    desk.goto("/devices/")
    desk.get_by_label("What you call it").fill(name)
    desk.get_by_role("button", name="Show the code").click()
    tablet.goto(desk.locator("input.copy").input_value())
    tablet.get_by_role("button", name="Make this device the depot’s").click()
    expect(tablet.locator("h1")).to_have_text("Who is doing this?")


def log_bread(page: Page, kilograms: str) -> None:
    pick(page, "Bread").click()
    page.locator("[name=weight]").fill(kilograms)
    save(page).click()


def test_a_tablet_keeps_what_each_did_without_a_signal(
    playwright: Playwright, tmp_path: Path, north: Site, desk: BrowserContext
) -> None:
    with open_phone(playwright, tmp_path / "tablet", north) as tablet:
        page = tablet.pages[0]
        set_up(desk.pages[0], page)
        page.get_by_role("button", name="Ada").click()
        expect(page.locator(".at-device")).to_contain_text("Ada")
        ready_offline(page)
        page.goto("/donations/new")
        tablet.set_offline(True)
        log_bread(page, "3")
        expect_bar(page, "1 waiting")
        tablet.route("**/sync", lambda route: route.abort())
        tablet.set_offline(False)
        page.get_by_role("link", name="Somebody else?").click()
        page.get_by_text("I am not on the list").click()
        page.get_by_label("Your first name").fill("Mo")
        page.get_by_role("button", name="I am here").click()
        expect(page.locator(".at-device")).to_contain_text("Mo")
        expect_bar(page, "1 waiting")
        tablet.unroute("**/sync")
        expect_bar(page, "saved")
        page.goto("/donations/new")
        log_bread(page, "4")
        expect(page.locator(".answer.done")).to_contain_text("Saved: Bread, loose, 4 kg")
    told = [(entry["by"], entry["device"]) for entry in north.entries("receipt")]
    assert told == [("Ada", "Tablet at the door"), ("Mo", "Tablet at the door")]
    north.running.command("verify")


def test_the_name_is_changed_without_a_signal(
    playwright: Playwright, tmp_path: Path, north: Site, desk: BrowserContext
) -> None:
    before = len(north.entries("receipt"))
    with open_phone(playwright, tmp_path / "tablet", north) as tablet:
        page = tablet.pages[0]
        set_up(desk.pages[0], page, "Tablet in the hall")
        page.get_by_text("I am not on the list").click()
        page.get_by_label("Your first name").fill("Bo")
        page.get_by_role("button", name="I am here").click()
        page.get_by_role("link", name="Somebody else?").click()
        page.get_by_role("button", name="Ada").click()
        ready_offline(page)
        page.goto("/donations/new")
        expect(page.locator(".at-device")).to_contain_text("Ada")
        tablet.set_offline(True)
        page.get_by_role("link", name="Somebody else?").click()
        page.get_by_role("dialog").get_by_role("button", name="Bo").click()
        expect(page.locator(".at-device")).to_contain_text("Bo")
        log_bread(page, "5")
        expect_bar(page, "1 waiting")
        page.reload()
        expect(page.locator(".at-device")).to_contain_text("Bo")
        log_bread(page, "6")
        expect_bar(page, "2 waiting")
        tablet.set_offline(False)
        expect_bar(page, "saved")
        # nothing here can begin a session for Bo: with a connection the depot asks, and leads back
        page.goto("/donations/new")
        expect(page.locator("h1")).to_have_text("Who is doing this?")
        page.get_by_role("button", name="Ada", exact=True).click()
        expect(page).to_have_url(f"{north.base_url}/donations/new")
        expect(page.locator(".at-device")).to_contain_text("Ada")
    told = [entry["by"] for entry in north.entries("receipt")[before:]]
    assert told == ["Bo", "Bo"]
    north.running.command("verify")


def test_a_passkey_is_made_and_signs_in(north: Site, desk: BrowserContext) -> None:
    page = desk.pages[0]
    cdp = desk.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    page.goto("/account")
    page.get_by_role("link", name="Passkeys").click()
    password = page.get_by_label("Your password, to begin", exact=True)
    shows = page.get_by_role("button", name="Show")
    password.fill("bread and butter")
    shows.click()
    expect(password).to_have_attribute("type", "text")
    expect(shows).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("button", name="Make it on this device").click()
    expect(page.locator(".answer")).to_contain_text("From now on you can sign in with it.")
    page.goto("/account")
    page.get_by_role("button", name="Sign out on this phone").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("#saved")).to_be_visible()
    page.goto("/people/")
    expect(page.locator("h1")).to_have_text("People")
