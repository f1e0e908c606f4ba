"""What is typed is shown as it is read; what is asked is answered on its form or in the list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.e2e.phones import Site, expect_bar, join_depot, open_phone, ready_offline, serve_site

pytestmark = pytest.mark.e2e

LONG_AGO, BEFORE_THAT = "2020-01-02", "2019-05-06"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve_site(tmp_path_factory.mktemp("depot")) as site:
        site.api(
            "POST",
            "/receipts",
            {
                "source": {"kind": "farm"},
                "lines": [{"item": "Potatoes", "quantity": 9000, "unit": "gram"}],
            },
        )
        yield site


@pytest.fixture
def page(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory, place: Site
) -> Iterator[Page]:
    with open_phone(playwright, tmp_path_factory.mktemp("phone"), place) as context:
        yield context.pages[0]


def type_slip(page: Page, day: str) -> None:
    """Type a slip of long ago: two sacks of potatoes."""
    page.get_by_text("By item…").click()
    page.fill("input[name=lines-0-item]", "Potatoes")
    page.fill("input[name=lines-0-quantity]", "2 x 12,5")
    page.locator("details.when summary").click()
    page.fill("input[name=when_day]", day)


def test_what_is_typed_is_understood_aloud_and_asked_about_once(page: Page, place: Site) -> None:
    join_depot(page, place, "Ben")
    before = len(place.entries("receipt"))
    page.goto("/donations/new")
    type_slip(page, LONG_AGO)
    expect(page.locator("#f-lines-0-quantity-unit")).to_have_text("kg")
    expect(page.locator("#f-lines-0-quantity-understood")).to_have_text("= 25 kg")
    expect(page.locator("details.when summary")).to_contain_text("2 Jan")
    page.locator("form .dock button.main").click()
    asked = page.locator(".outbox-problem")
    expect(asked).to_contain_text("is before the first day of this depot")
    expect(page.locator("input[name=lines-0-quantity]")).to_have_value("2 x 12,5")
    assert len(place.entries("receipt")) == before
    asked.get_by_role("button", name="Yes, save it").click()
    expect(page.locator(".answer.done")).to_contain_text("Potatoes, 25 kg")
    expect(page.locator("details.when summary")).to_contain_text("now")
    assert len(place.entries("receipt")) == before + 1


def test_what_was_kept_without_a_connection_is_answered_in_the_list(
    page: Page, place: Site
) -> None:
    join_depot(page, place, "Dora")
    before = len(place.entries("receipt"))
    ready_offline(page)
    page.goto("/donations/new")
    page.context.set_offline(True)
    type_slip(page, BEFORE_THAT)
    page.locator("form .dock button.main").click()
    expect(page.locator(".answer")).to_contain_text("Kept here")
    page.goto("/scan/waiting")
    page.context.set_offline(False)
    waiting = page.locator("#waiting")
    expect(waiting).to_contain_text("is before the first day of this depot")
    waiting.locator("button", has_text="Yes, save it").click()
    expect(waiting).to_contain_text("Nothing waits")
    expect_bar(page, "saved")
    entries = place.entries("receipt")
    assert len(entries) == before + 1
    assert [entry["occurred_at"].startswith(BEFORE_THAT) for entry in entries].count(True) == 1
