"""No scan is lost and none counts twice, whatever the connection does to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.e2e.phones import (
    Site,
    expect_bar,
    join_depot,
    open_phone,
    ready_offline,
    serve_site,
    sign_in,
)
from tests.eyes.looking import problems
from tests.faulty import FAULTS

pytestmark = pytest.mark.e2e

SCANS = 200


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Site]:
    with serve_site(tmp_path / "depot") as found:
        yield found


def scan_to(page: Page, where: str) -> None:
    """Let each crate that is scanned from now on go to a place."""
    page.get_by_role("button", name="Change").click()
    page.locator("[data-act=move]").click()
    page.locator("#scan-choices").get_by_role("button", name=where).click()
    expect(page.locator("#scan-does")).to_contain_text(where)


def scan(page: Page, codes: list[str]) -> None:
    """A hand scanner types code after code."""
    for code in codes:
        page.locator("#f-code").fill(code)
        page.locator("#f-code").press("Enter")
        expect(page.locator("#f-code")).to_have_value("")


def hand_out(page: Page, event_id: int, code: str) -> None:
    page.goto(f"/hand-outs/{event_id}/hand-out")
    page.get_by_label("Whole crate").fill(code)
    page.keyboard.press("Enter")


def answer(page: Page, words: str) -> None:
    expect(page.locator(".answer").first).to_contain_text(words)


def test_two_hundred_scans_come_through_a_bad_connection_once_and_in_order(
    playwright: Playwright, tmp_path: Path, place: Site
) -> None:
    codes = place.codes(SCANS)
    profile = tmp_path / "phone"
    with open_phone(playwright, profile, place) as context:
        page = context.pages[0]
        join_depot(page, place, "Ben")
        ready_offline(page)
        scan_to(page, "Arrivals")
        context.set_offline(True)
        scan(page, codes[:70])
        expect_bar(page, "70 waiting: keep this page open")
        page.reload()
        scan(page, codes[70:140])
        expect_bar(page, "140 waiting")
    with open_phone(playwright, profile, place, online=False) as context:
        page = context.pages[0]
        page.goto("/scan")
        expect_bar(page, "140 waiting")
        scan(page, codes[140:])
        expect_bar(page, "200 waiting")
        assert not place.entries("transfer")
        second = context.new_page()
        second.goto("/scan/waiting")
        expect(second.get_by_role("heading", name="200 wait for a connection")).to_be_visible()
        place.proxy.share = 2 / 3
        context.set_offline(False)
        expect_bar(page, "all 200 saved", timeout=120_000)
        expect_bar(second, "all 200 saved")
        place.proxy.share = 0
    moved = [entry["placements"][0]["crate_code"] for entry in place.entries("transfer")]
    assert moved == codes
    assert set(place.proxy.met) == {*FAULTS, "none"}, place.proxy.met
    place.running.command("verify")


def test_two_phones_without_a_connection_hand_out_the_same_crate(
    playwright: Playwright, tmp_path: Path, place: Site
) -> None:
    (code,) = place.codes(1)
    given = {"item": "Rice", "quantity": 9, "crate_code": code}
    place.api("POST", "/receipts", {"source": {"kind": "donation"}, "lines": [given]})
    event_id = place.event()
    told: list[str] = []
    with (
        open_phone(playwright, tmp_path / "one", place) as one,
        open_phone(playwright, tmp_path / "two", place) as two,
    ):
        pages = [one.pages[0], two.pages[0]]
        for page, name in zip(pages, ("Ana", "Ben"), strict=True):
            join_depot(page, place, name)
            ready_offline(page, f"/hand-outs/{event_id}/hand-out")
            page.context.set_offline(True)
            hand_out(page, event_id, code)
            answer(page, "Kept here")
            expect_bar(page, "1 waiting")
        for page in pages:
            page.context.set_offline(False)
            expect(page.locator(".answer").first).not_to_contain_text("Kept here")
            told.append(page.locator(".answer p").first.inner_text())
    assert told == [
        f"Crate {code} handed out: Rice (9).",
        f"The book says crate {code} is empty. Thank you for telling."
        " A coordinator will look at it.",
    ]
    assert len(place.entries("issue")) == 1
    place.running.command("verify")


def test_a_session_that_ended_asks_to_sign_in_and_then_sends(
    playwright: Playwright, tmp_path: Path, place: Site
) -> None:
    with open_phone(playwright, tmp_path / "phone", place) as context:
        page = context.pages[0]
        join_depot(page, place, "Ben")
        ready_offline(page)
        scan_to(page, "Arrivals")
        context.set_offline(True)
        scan(page, place.codes(3))
        context.clear_cookies()
        context.set_offline(False)
        expect_bar(page, "3 waiting: sign in to send")
        page.locator("#saved a").click()
        sign_in(page, "Ben")
        expect_bar(page, "all 3 saved")
    assert len(place.entries("transfer")) == 3


def test_another_person_is_asked_whose_they_are(
    playwright: Playwright, tmp_path: Path, place: Site
) -> None:
    with open_phone(playwright, tmp_path / "phone", place) as context:
        page = context.pages[0]
        join_depot(page, place, "Ben")
        ready_offline(page)
        scan_to(page, "Arrivals")
        context.set_offline(True)
        scan(page, place.codes(2))
        context.clear_cookies()
        context.set_offline(False)
        expect_bar(page, "sign in to send")
        join_depot(page, place, "Ana")
        expect_bar(page, "2 need you")
        page.goto("/donations/new")
        page.get_by_label("Bread").first.check()
        page.get_by_role("textbox", name="How much", exact=True).fill("2")
        page.get_by_role("button", name="Save 2 kg").click()
        answer(page, "Saved: Bread, loose, 2 kg")
        page.goto("/scan/waiting")
        expect(page.locator("#waiting")).to_contain_text("2 things here were done by Ben")
        page.get_by_role("button", name="Send as Ana").click()
        expect_bar(page, "all 3 saved")
    notes = {(entry["by"], entry["note"]) for entry in place.entries("transfer")}
    assert notes == {("Ana", "done by Ben")}


def test_a_command_that_was_refused_holds_up_nothing_and_is_mended(
    playwright: Playwright, tmp_path: Path, place: Site
) -> None:
    event_id = place.event()
    (code,) = place.codes(1)
    given = {"item": "Rice", "quantity": 9, "crate_code": code}
    place.api("POST", "/receipts", {"source": {"kind": "donation"}, "lines": [given]})
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with open_phone(playwright, tmp_path / "phone", place) as context:
        page = context.pages[0]
        join_depot(page, place, "Ben")
        ready_offline(page, f"/hand-outs/{event_id}/hand-out")
        context.set_offline(True)
        hand_out(page, event_id, wrong)
        answer(page, "Kept here")
        page.goto("/donations/new")
        page.get_by_label("Bread").first.check()
        page.get_by_role("textbox", name="How much", exact=True).fill("2")
        page.get_by_role("button", name="Save 2 kg").click()
        expect_bar(page, "2 waiting")
        context.set_offline(False)
        expect_bar(page, "1 needs you")
        assert len(place.entries("receipt")) == 2
        page.locator("#saved a").click()
        expect(page.locator("#waiting .error")).to_contain_text(
            "No crate of this depot has the code"
        )
        assert not problems(page, "/scan/waiting")
        page.get_by_role("link", name="Open and mend").click()
        expect(page.get_by_label("Whole crate")).to_have_value(wrong)
        page.get_by_role("button", name=f"Did you mean {code}?").click()
        answer(page, f"Crate {code} handed out: Rice (9).")
        expect_bar(page, "all 2 saved")
    assert len(place.entries("issue")) == 1


def test_what_waits_goes_as_a_file_to_a_coordinator_and_counts_once(
    playwright: Playwright, tmp_path: Path, place: Site
) -> None:
    with (
        open_phone(playwright, tmp_path / "one", place) as one,
        open_phone(playwright, tmp_path / "two", place) as two,
    ):
        ben, ada = one.pages[0], two.pages[0]
        join_depot(ben, place, "Ben")
        ready_offline(ben)
        scan_to(ben, "Arrivals")
        one.set_offline(True)
        scan(ben, place.codes(2))
        expect_bar(ben, "2 waiting")
        ben.goto("/scan/waiting")
        with ben.expect_download() as saved:
            ben.get_by_role("button", name="Save what waits as a file").click()
        saved.value.save_as(tmp_path / "waiting.json")
        join_depot(ada, place, "Ada", "coordinator")
        ada.goto("/scan/queue-file")
        ada.get_by_label("The file").set_input_files(tmp_path / "waiting.json")
        ada.get_by_role("button", name="Save what is in it").click()
        expect(ada.get_by_role("heading", name="Loaded from a phone")).to_be_visible()
        expect(ada.locator(".fig").first).to_contain_text("2")
        one.set_offline(False)
        expect_bar(ben, "all 2 saved")
    told = {(entry["by"], entry["note"]) for entry in place.entries("transfer")}
    assert told == {("Ada", "done by Ben")}
    assert len(place.entries("transfer")) == 2


def test_what_is_dropped_is_asked_for_once_and_stays_listed(
    playwright: Playwright, tmp_path: Path, place: Site
) -> None:
    event_id = place.event()
    with open_phone(playwright, tmp_path / "phone", place) as context:
        page = context.pages[0]
        join_depot(page, place, "Ben")
        ready_offline(page, f"/hand-outs/{event_id}/hand-out")
        context.set_offline(True)
        hand_out(page, event_id, "7K3M-9QX2")
        answer(page, "Kept here")
        context.set_offline(False)
        expect(page.locator(".outbox-problem")).to_contain_text("No crate of this depot")
        expect_bar(page, "1 needs you")
        page.goto("/scan/waiting")
        page.get_by_role("button", name="Drop: Hand out").click()
        page.get_by_role("button", name="Leave it").click()
        page.get_by_role("button", name="Drop: Hand out").click()
        page.get_by_role("button", name="Drop: Hand out").click()
        expect(page.get_by_role("heading", name="Dropped, not sent")).to_be_visible()
        expect_bar(page, "all saved")
        page.get_by_role("button", name="Clear this list").click()
        expect(page.locator("#waiting")).not_to_contain_text("Dropped")
    assert not place.entries("issue")
