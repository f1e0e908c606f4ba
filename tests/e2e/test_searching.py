"""Search by keyboard alone: from any page to what was meant, without a mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.e2e.phones import join_depot, open_phone, serve_site

pytestmark = pytest.mark.e2e


def test_a_misspelt_item_is_reached_with_the_keyboard_alone(
    playwright: Playwright, tmp_path: Path
) -> None:
    with serve_site(tmp_path / "depot") as place:
        line = {"item": "Chopped tomatoes", "quantity": 30}
        place.api("POST", "/receipts", {"source": {"kind": "donation"}, "lines": [line]})
        with open_phone(playwright, tmp_path / "phone", place) as context:
            page = context.pages[0]
            join_depot(page, place, "Ben")
            page.goto("/")
            page.keyboard.press("/")
            page.wait_for_url("**/search")
            field = page.get_by_role("combobox", name="What are you looking for?")
            expect(field).to_be_focused()
            page.keyboard.type("tomatos choped")
            option = page.get_by_role("option", name="Chopped tomatoes")
            expect(option).to_be_visible()
            expect(page.locator("[data-said]")).to_have_text("1 suggestion")
            page.keyboard.press("Escape")
            expect(option).to_be_hidden()
            expect(field).to_have_value("tomatos choped")
            page.keyboard.type(" ")
            expect(option).to_be_visible()
            page.keyboard.press("ArrowDown")
            expect(option).to_have_attribute("aria-selected", "true")
            page.keyboard.press("Enter")
            expect(page.get_by_role("heading", name="Chopped tomatoes", level=1)).to_be_visible()
            page.keyboard.type("https://depot.example/c/")  # a hand scanner
            page.wait_for_timeout(400)
            assert "/search" not in page.url
