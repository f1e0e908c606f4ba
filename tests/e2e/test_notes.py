"""A note is folded beside the time on a phone's form, and waits there with what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.e2e.phones import expect_bar, join_depot, open_phone, ready_offline, serve_site
from tests.e2e.scanning import Floor, move_to, open_scan_page, serve_floor, type_code

pytestmark = pytest.mark.e2e
WHY = "Three came back for a neighbour"


@pytest.fixture(scope="module")
def floor(
    tmp_path_factory: pytest.TempPathFactory, playwright: Playwright, browser: Browser
) -> Iterator[Floor]:
    with serve_floor(tmp_path_factory.mktemp("floor"), playwright, browser) as standing:
        yield standing


def write_note(page: Page, text: str) -> None:
    """Open the fold with the keyboard and write into it."""
    fold = page.locator("details.noting summary").first
    fold.focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Why, or what else to know").first
    expect(field).to_be_visible()
    field.fill(text)


def test_a_note_waits_without_a_connection_with_what_it_is_about(
    playwright: Playwright, tmp_path: Path
) -> None:
    with serve_site(tmp_path / "depot") as place:
        event_id = place.event()
        with open_phone(playwright, tmp_path / "phone", place) as context:
            page = context.pages[0]
            join_depot(page, place, "Ben")
            address = f"/hand-outs/{event_id}/people"
            ready_offline(page, address)
            context.set_offline(True)
            page.goto(address)
            page.get_by_label("Households", exact=True).fill("3")
            write_note(page, WHY)
            page.get_by_role("button", name="Add 3 households").click()
            expect_bar(page, "1 waiting")
            expect(page.get_by_label("Why, or what else to know")).to_have_value("")
            page.get_by_label("Households", exact=True).fill("9-1")
            page.get_by_label("Why, or what else to know").fill("By hand")
            page.get_by_role("button", name="Add").click()
            expect_bar(page, "2 waiting")
            context.set_offline(False)
            expect_bar(page, "1 needs you")
            page.goto("/scan/waiting")
            page.get_by_role("link", name="Open and mend").click()
            field = page.get_by_label("Why, or what else to know")
            expect(field).to_be_visible()
            expect(field).to_have_value("By hand")
            page.get_by_label("Households", exact=True).fill("91")
            page.get_by_role("button", name="Add 91 households").click()
            expect_bar(page, "all 2 saved")
        notes = [one["note"] for one in place.entries("people")]
    assert sorted(notes) == ["By hand", WHY]


def test_a_note_on_the_scan_page_goes_with_each_crate_until_it_is_wiped_out(
    floor: Floor, browser: Browser
) -> None:
    first, second = floor.codes[:2]
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        move_to(page, floor.place)
        write_note(page, WHY)
        type_code(page, first)
        page.get_by_label("Why, or what else to know").fill(" ")
        type_code(page, second)
        expect(page.locator("#scan-list [data-state=saved]")).to_have_count(2)
        page.goto("/ledger/")
        assert page.locator(".what").get_by_text(WHY).count() == 1
        page.goto(f"/crates/{first}")
        expect(page.locator(".what").get_by_text(WHY)).to_be_visible()


def test_a_note_wiped_out_while_its_crate_is_looked_up_still_goes_with_it(
    floor: Floor, browser: Browser
) -> None:
    code, note = floor.codes[2], "The lid is cracked"
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        move_to(page, floor.place)
        write_note(page, note)
        page.evaluate(
            """(code) => {
              document.getElementById("f-code").value = code;
              document.getElementById("scan-typed").requestSubmit();
              document.querySelector("#scan-when [name=note]").value = "";
            }""",
            code,
        )
        expect(page.locator("#scan-list [data-state=saved]")).to_have_count(1)
        page.goto(f"/crates/{code}")
        expect(page.locator(".what").get_by_text(note)).to_be_visible()
