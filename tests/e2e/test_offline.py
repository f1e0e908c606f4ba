"""The pages of the door open without a connection, and a new version of them loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.e2e.phones import Site, expect_bar, join_depot, open_phone, ready_offline, serve_site

pytestmark = pytest.mark.e2e

WAITING = "navigator.serviceWorker.getRegistration().then((found) => found.waiting !== null)"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Site]:
    with serve_site(tmp_path / "depot") as found:
        yield found


def log_bread(page: Page, kilograms: str) -> None:
    page.goto("/donations/new")
    page.get_by_label("Bread").first.check()
    page.get_by_role("textbox", name="How much", exact=True).fill(kilograms)
    page.get_by_role("button", name=f"Save {kilograms} kg").click()
    expect(page.locator(".answer")).to_contain_text("Bread")


#: Whether this device keeps the list of what there is.
KNOWN = """new Promise((tell) => {
  const opening = indexedDB.open("depot");
  opening.onsuccess = () => {
    const asked = opening.result.transaction("notes").objectStore("notes").getKey("list");
    asked.onsuccess = () => { opening.result.close(); tell(asked.result !== undefined); };
  };
})"""


def expect_pages(context: BrowserContext, event_id: int) -> None:
    """Open every page of the door, and one that is none."""
    page = context.pages[0]
    for address, heading in (
        ("/scan", "Scan"),
        ("/donations/new", "Donation at the door"),
        ("/donations/new?crate=7K3M-9QX2", "Donation at the door"),
        (f"/hand-outs/{event_id}", "Saturday"),
        (f"/hand-outs/{event_id}/hand-out", "Hand out"),
        (f"/hand-outs/{event_id}/bring-back", "Bring back"),
        (f"/hand-outs/{event_id}/people", "People helped"),
        ("/scan/waiting", "Waiting on this device"),
        ("/guides/scan", "Scan"),
        ("/stock", "No connection"),
    ):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_the_pages_of_the_door_open_without_a_connection_and_belong_to_a_person(
    playwright: Playwright, tmp_path: Path, place: Site
) -> None:
    event_id = place.event()
    profile = tmp_path / "phone"
    with open_phone(playwright, profile, place) as context:
        page = context.pages[0]
        join_depot(page, place, "Ben")
        ready_offline(page, f"/hand-outs/{event_id}/people")
        ready_offline(page, "/guides/who-is-here")
        context.set_offline(True)
        expect_pages(context, event_id)
    with open_phone(playwright, profile, place, online=False) as context:
        page = context.pages[0]
        log_bread(page, "3")
        expect_bar(page, "1 waiting")
        log_bread(page, "4")  # the same copy of the page: another donation all the same
        expect_bar(page, "2 waiting")
        context.set_offline(False)
        expect_bar(page, "all 2 saved")
        page.goto("/account")
        wait_for(page, KNOWN, True)
        page.get_by_role("button", name="Sign out on this phone").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
        wait_for(page, KNOWN, False)
        context.set_offline(True)
        page.goto("/donations/new")
        expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
    assert len(place.entries("receipt")) == 2


def test_a_label_that_the_phones_own_camera_opened_goes_on_to_the_scan_page(
    playwright: Playwright, tmp_path: Path, place: Site
) -> None:
    with open_phone(playwright, tmp_path / "phone", place) as context:
        page = context.pages[0]
        join_depot(page, place, "Ben")
        ready_offline(page, "/scan")
        context.set_offline(True)
        page.goto("/c/7K3M9QX2")
        expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
        page.reload()  # what "Try again" does
        page.get_by_role("link", name="Go on with this label 7K3M9QX2").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Scan")
        expect(page.locator("#scan-answer")).to_contain_text("7K3M-9QX2")
        assert page.evaluate("location.hash") == ""
        page.goto("/stock")
        expect(page.get_by_text("Go on with this label")).to_be_hidden()


def shells(page: Page) -> list[str]:
    found: list[str] = page.evaluate("caches.keys()")
    return [name for name in found if name.startswith("shell-")]


def wait_for(page: Page, script: str, wanted: Any) -> None:
    for _ in range(150):
        if page.evaluate(script) == wanted:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{script} never became {wanted!r}")


def test_a_new_version_takes_over_and_what_waits_is_sent(
    playwright: Playwright, tmp_path: Path, place: Site
) -> None:
    with open_phone(playwright, tmp_path / "phone", place) as context:
        page = context.pages[0]
        join_depot(page, place, "Ben")
        ready_offline(page)
        (old,) = shells(page)
        context.set_offline(True)
        log_bread(page, "3")
        expect_bar(page, "1 waiting")
        place.proxy.rewrite = lambda path, body: (
            body.replace(b'"version": "', b'"version": "next') if path == "/sw.js" else body
        )
        context.set_offline(False)
        expect_bar(page, "1 saved")
        page.reload()
        wait_for(page, "caches.keys().then((names) => names.join().includes('next'))", wanted=True)
        wait_for(page, f"caches.has('{old}')", wanted=False)
        wait_for(page, WAITING, wanted=False)
        log_bread(page, "4")
        expect_bar(page, "all 2 saved")
    assert len(place.entries("receipt")) == 2


def test_a_version_that_keeps_other_things_waits_until_no_old_page_is_open(
    playwright: Playwright, tmp_path: Path, place: Site
) -> None:
    profile = tmp_path / "phone"
    with open_phone(playwright, profile, place) as context:
        page = context.pages[0]
        join_depot(page, place, "Ben")
        ready_offline(page)
        place.proxy.rewrite = lambda path, body: (
            body.replace(b'"protocol": 1', b'"protocol": 2') if path == "/sw.js" else body
        )
        page.reload()
        wait_for(page, WAITING, wanted=True)
        context.set_offline(True)
        log_bread(page, "3")
        expect_bar(page, "1 waiting")
    with open_phone(playwright, profile, place) as context:
        page = context.pages[0]
        page.goto("/donations/new")
        expect_bar(page, "1 saved")
        wait_for(
            page,
            "caches.keys().then((all) => all.some((one) => one.startsWith('shell-2-')))",
            wanted=True,
        )
        wait_for(
            page,
            "caches.keys().then((all) => all.some((one) => one.startsWith('shell-1-')))",
            wanted=False,
        )
    assert len(place.entries("receipt")) == 1
