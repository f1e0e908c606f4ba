"""A blank label on a phone: scanned, filled, moved, taken out, undone, counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import open_window
from tests.serving import Running, serve_depot, settings

pytestmark = pytest.mark.e2e


def join(page: Page, running: Running) -> None:
    """Become the first coordinator."""
    assert running.first_link is not None
    page.goto(running.first_link)
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("A name to sign in with").fill("ada")
    page.get_by_label("A password").fill("bread and butter")
    page.get_by_role("button", name="Make my account").click()
    expect(page).to_have_url(f"{running.base_url}/")


def blank_code(page: Page, running: Running, folder: Path) -> str:
    """Print one blank label and return its code."""
    running.command("labels", "--count", "1", "--output", str(folder / "labels.pdf"))
    page.goto("/crates?state=blank")
    return str(page.locator("input[name=code]").first.get_attribute("value"))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_blank_label_becomes_a_crate_with_a_history(
    browser: Browser, tmp_path: Path, scripts: bool
) -> None:
    with (
        serve_depot(settings(tmp_path)) as running,
        open_window(browser, running.base_url, scripts=scripts) as opened,
    ):
        page = opened.page
        join(page, running)
        code = blank_code(page, running, tmp_path)
        page.goto("/scan")
        page.get_by_label("Code or crate number").fill(code.lower().replace("-", " "))
        page.get_by_role("button", name="Go").click()
        if scripts:  # the page stays open for the next scan and says what can be done with this
            page.get_by_role("link", name="Fill this crate").click()
        fill_with_found_rice(page, code)
        move_to_hold_and_back(page, code)
        take_some_and_undo(page, code)


def fill_with_found_rice(page: Page, code: str) -> None:
    """What nobody logged is found in it: the count brings it into the book."""
    expect(page.get_by_role("heading", name=f"Fill {code}")).to_be_visible()
    page.get_by_role("link", name=f"Crate {code}").click()
    page.get_by_role("link", name="Count").click()
    page.get_by_label("Item").first.fill("Rice 1 kg")
    page.get_by_label("How much").first.fill("20")
    page.get_by_role("button", name="Save the count").click()
    expect(page.locator(".tag")).to_contain_text("20 pieces")


def move_to_hold_and_back(page: Page, code: str) -> None:
    """By a button, then by a name typed."""
    page.get_by_role("link", name="Move").click()
    page.get_by_text("On hold", exact=True).click()
    page.get_by_role("button", name="Move it").click()
    expect(page.locator(".tag")).to_contain_text("Crate at On hold")
    page.get_by_role("link", name="Move").click()
    page.get_by_label("Or type or scan").fill("arrivals")
    page.get_by_role("button", name="Move it").click()
    expect(page.locator(".answer")).to_contain_text(f"{code} is at Arrivals now.")


def take_some_and_undo(page: Page, code: str) -> None:
    """Three are broken, and then they were not."""
    page.get_by_role("link", name="Take out").click()
    page.get_by_text("Broken", exact=True).click()
    page.get_by_text("Some of it", exact=True).click()
    page.get_by_label("Take: Rice 1 kg").fill("3")
    page.get_by_role("button", name="Take it out").click()
    expect(page.locator(".answer")).to_contain_text(f"Taken out of {code} — Rice 1 kg: 3.")
    page.locator(".answer").get_by_role("button", name="Undo").click()
    expect(page.locator(".answer").first).to_contain_text("ndone")
    page.goto(f"/C/{code.lower()}")
    expect(page.locator(".tag")).to_contain_text("20 pieces")
