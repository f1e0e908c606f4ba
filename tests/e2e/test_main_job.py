"""The main job in a real browser: door, crates, hand-outs, kitchen, undo, and the report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from depot.base.periods import week_of
from tests.browser import open_window
from tests.e2e.scanning import fill_with_pantry
from tests.serving import Running, serve_depot, settings

pytestmark = pytest.mark.e2e

NEVER_FILLED = [f"BOX{number}" for number in range(12368, 12377)]


@pytest.fixture
def pantry(tmp_path: Path) -> Iterator[Running]:
    """A served depot that has imported a real pantry's spreadsheet."""
    fill_with_pantry(tmp_path)
    with serve_depot(settings(tmp_path)) as running:
        yield running


def become_coordinator(page: Page, running: Running) -> None:
    assert running.first_link is not None
    page.goto(running.first_link)
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("A name to sign in with").fill("ada")
    page.get_by_label("A password").fill("bread and butter")
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def answer(page: Page, text: str) -> None:
    """Expect the dark strip to say what happened."""
    expect(page.locator(".answer").first).to_contain_text(text)


def log_a_weighed_donation(page: Page, kilograms: str) -> None:
    """Four taps and one number."""
    page.goto("/")
    page.get_by_role("link", name="Log a donation").first.click()
    page.get_by_label("Passer-by").check()
    page.get_by_label("Bread").check()
    page.get_by_role("textbox", name="How much", exact=True).fill(kilograms)
    page.get_by_role("button", name=f"Save {kilograms} kg").click()
    answer(page, f"Saved: Bread, loose, {kilograms} kg")


def log_an_item(page: Page, item: str, quantity: int) -> None:
    page.goto("/donations/new")
    page.get_by_label("By item…").check()
    page.locator("[name=lines-0-item]").fill(item)
    page.locator("[name=lines-0-quantity]").fill(str(quantity))
    page.get_by_role("button", name="Save").click()
    answer(page, f"Saved: {item}, {quantity}")


def fill_a_blank_box(page: Page, box: str, quantity: int) -> None:
    """A scan of a blank crate's code opens its fill page."""
    page.goto(f"/C/{box}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fill")
    page.get_by_role("link", name="With what came in now").click()
    page.get_by_label("By item…").check()
    page.locator("[name=lines-0-item]").fill("Green Beans")
    page.locator("[name=lines-0-quantity]").fill(str(quantity))
    page.get_by_role("button", name="Save").click()
    answer(page, f"Saved: Green Beans, {quantity}")


def move_a_box(page: Page, box: str, shelf: str) -> None:
    page.goto("/scan")
    page.get_by_label("Code or crate number").fill(box.lower())
    page.get_by_role("button", name="Go").click()
    page.get_by_role("link", name="Move").click()
    page.get_by_label("Or type or scan").fill(shelf)
    page.get_by_role("button", name="Move it").click()
    answer(page, shelf)


def hold_a_hand_out(page: Page, name: str, boxes: list[str]) -> None:
    page.goto("/hand-outs/new")
    page.get_by_label("What is it called").fill(name)
    page.get_by_label("When it begins").fill(f"{datetime.now(UTC):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    event = page.url
    page.get_by_role("link", name="Hand out").first.click()
    for box in boxes:
        page.get_by_label("Whole crate").fill(box)
        page.keyboard.press("Enter")
        answer(page, "handed out")
    page.goto(event)
    page.get_by_role("link", name="People helped").first.click()
    page.get_by_label("Households", exact=True).fill("21")
    page.get_by_label("Adults").fill("40")
    page.get_by_role("button", name="Add 21 households").click()
    answer(page, "21")
    page.goto(event)
    page.get_by_role("link", name="Bring back").first.click()
    page.get_by_label("Item", exact=True).fill("Green Beans")
    page.get_by_label("How much came back").fill("4")
    page.get_by_role("button", name="Bring back", exact=True).click()
    answer(page, "4")
    page.goto(f"{event}/close")
    page.get_by_role("button", name="Close the hand-out").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def cook_soup(page: Page) -> None:
    page.goto("/production")
    page.locator("[name=inputs-0-item]").fill("Carrots")
    page.locator("[name=inputs-0-amount]").fill("12")
    page.locator("[name=outputs-0-item]").fill("Lentil stew")
    page.locator("[name=outputs-0-amount]").fill("40")
    page.get_by_role("button", name="Save what was made").click()
    answer(page, "Lentil stew")


def undo_donation_of(page: Page, what: str) -> None:
    page.goto("/ledger")
    row = page.locator(".row", has_text=what).first
    row.get_by_role("button", name="Undo").click()
    expect(page.locator(".answer").first).to_contain_text("ndone")


def test_the_week_of_a_real_pantry_by_hand(browser: Browser, pantry: Running) -> None:
    with open_window(browser, pantry.base_url) as opened:
        page = opened.page
        become_coordinator(page, pantry)
        for kilograms in ("8.1", "8.2", "8.3", "8.4", "8.5"):
            log_a_weighed_donation(page, kilograms)
        for number, item in enumerate(("Corn", "Carrots", "Peas", "Broth", "Tea")):
            log_an_item(page, item, 30 + number)
        for number, box in enumerate(NEVER_FILLED):
            fill_a_blank_box(page, box, 24 + number)
        for box, shelf in zip(NEVER_FILLED[:3], ("0104A1", "0104A2", "0104B1"), strict=True):
            move_a_box(page, box, shelf)
        hold_a_hand_out(page, "Saturday hand-out", NEVER_FILLED[:2])
        hold_a_hand_out(page, "Sunday hand-out", NEVER_FILLED[2:3])
        cook_soup(page)
        undo_donation_of(page, "Tea")
        undo_donation_of(page, "Carrots")  # twelve of them are soup by now
        week = week_of(datetime.now(UTC).date(), 1).name
        page.goto(f"/reports/weekly?week={week}")
        expect(page.locator("main")).to_contain_text("It adds up")
        expect(page.locator("main")).to_contain_text("Saturday hand-out")
    pantry.command("verify")


def test_the_door_the_crate_and_the_table_work_without_scripts(
    browser: Browser, pantry: Running
) -> None:
    with open_window(browser, pantry.base_url, scripts=False) as opened:
        page = opened.page
        become_coordinator(page, pantry)
        log_an_item(page, "Corn", 30)
        fill_a_blank_box(page, NEVER_FILLED[0], 24)
        move_a_box(page, NEVER_FILLED[0], "0104A1")
        page.goto("/")
        page.locator(".row form.undo button").first.click()
        expect(page.locator(".answer").first).to_contain_text("ndone")
    pantry.command("verify")
