"""The end of a shift in a cellar: a note is written and another seen, without a connection."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.e2e.phones import expect_bar, join_depot, open_phone, ready_offline, serve_site

pytestmark = pytest.mark.e2e


def test_a_note_is_seen_and_another_written_in_a_cellar(
    playwright: Playwright, tmp_path: Path
) -> None:
    with serve_site(tmp_path / "depot") as place:
        place.api("POST", "/notes", {"text": "Ham is in fridge 1"})
        with open_phone(playwright, tmp_path / "phone", place) as context:
            page = context.pages[0]
            join_depot(page, place, "Ben")
            ready_offline(page, "/handover/new")
            context.set_offline(True)
            page.goto("/")
            page.get_by_role("link", name="Notes for the next shift").click()
            page.get_by_role("button", name="Seen").click()
            expect_bar(page, "1 waiting")
            page.get_by_role("link", name="Pass on the shift").click()
            page.get_by_label("What the next shift is to know").fill("The side door sticks.")
            page.get_by_role("button", name="Pass it on").click()
            expect_bar(page, "2 waiting")
            context.set_offline(False)
            expect_bar(page, "all 2 saved")
            page.goto("/handover/")
            expect(page.get_by_text("Seen by Ben")).to_be_visible()
            expect(page.get_by_text("The side door sticks.", exact=True)).to_be_visible()
        ham, door = place.api("GET", "/notes")["notes"]
    assert (ham["seen_by"], door["lines"], door["by"]) == (
        ["Ben"],
        ["The side door sticks."],
        "Ben",
    )
