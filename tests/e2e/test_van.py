"""A van at the door, on a small phone: taps are counted, and nothing has to be scrolled to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.e2e.phones import Site, expect_bar, join_depot, open_phone, ready_offline, serve_site
from tests.e2e.thumb import SMALL, Thumb, add_line, know_the_farm, log_the_van, pick, save

pytestmark = pytest.mark.e2e

MOST_TAPS = 14


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve_site(tmp_path_factory.mktemp("depot")) as site:
        know_the_farm(site)
        yield site


@pytest.fixture(scope="module")
def phone(
    playwright: Playwright, place: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    with open_phone(playwright, tmp_path_factory.mktemp("phone"), place) as context:
        page = context.pages[0]
        join_depot(page, place, "Ben")
        page.set_viewport_size({"width": SMALL[0], "height": SMALL[1]})
        yield page


def receipts(place: Site) -> list[dict[str, object]]:
    return [entry for entry in place.entries("receipt") if entry.get("reversed_by") is None]


def test_four_kinds_of_one_donor_in_fourteen_taps_and_four_numbers(
    phone: Page, place: Site
) -> None:
    before = len(receipts(place))
    thumb = Thumb(phone)
    phone.goto("/")
    log_the_van(thumb)
    assert thumb.taps <= MOST_TAPS
    assert thumb.numbers == 4
    made = receipts(place)
    assert len(made) == before + 1
    lines = place.api("GET", "/entries?kind=receipt&limit=1")["entries"][0]["lines"]
    assert [line["quantity"] for line in lines] == [24_000, 7_400, 12_500, 3_000]


def test_no_button_moves_while_lines_are_added(phone: Page) -> None:
    phone.goto("/donations/new")
    buttons = [pick(phone, "Bread"), phone.locator("[name=weight]"), add_line(phone), save(phone)]

    def places() -> list[object]:
        return [button.bounding_box() for button in buttons]

    thumb = Thumb(phone)
    at_first = places()
    for weight in ("1", "2", "3"):
        thumb.tap(pick(phone, "Bread"))
        thumb.type(weight)
        assert places() == at_first
        thumb.tap(add_line(phone))
        assert places() == at_first
    expect(phone.locator("[data-weighed]")).to_have_count(3)


def test_the_boxes_come_off_in_sight_and_are_kept(phone: Page, place: Site) -> None:
    phone.goto("/donations/new")
    thumb = Thumb(phone)
    thumb.tap(pick(phone, "Fruit and veg"))
    thumb.type("12.5")
    phone.locator("summary", has_text="Box").click()
    phone.get_by_role("button", name="One more: Banana box, 1.4 kg").click()
    expect(phone.locator("[data-net]")).to_have_text("Without the boxes: 11.1 kg")
    expect(save(phone)).to_have_text("Save 11.1 kg")
    save(phone).click()
    expect(phone.locator(".answer.done")).to_contain_text("Fruit and veg, loose, 11.1 kg")
    newest = place.entries("receipt")[-1]
    phone.goto(f"/ledger/{newest['entry_id']}")
    expect(phone.locator("main")).to_contain_text("weighed 12.5 kg, less 1 × Banana box (1.4 kg)")


def test_a_van_without_a_connection_is_one_delivery_later(phone: Page, place: Site) -> None:
    ready_offline(phone)
    before = len(receipts(place))
    phone.goto("/donations/new")
    phone.context.set_offline(True)
    try:
        for weight in ("5", "6"):
            pick(phone, "Bread").click()
            phone.locator("[name=weight]").fill(weight)
            add_line(phone).click()
        save(phone).click()
        expect(phone.locator(".answer").first).to_contain_text("Kept here")
        expect(phone.locator("[data-weighed]")).to_have_count(0)
    finally:
        phone.context.set_offline(False)
    expect_bar(phone, "saved")
    assert len(receipts(place)) == before + 1


def test_a_wrong_weight_in_a_line_is_mended_where_it_stands(phone: Page, place: Site) -> None:
    before = len(receipts(place))
    phone.goto("/donations/new")
    pick(phone, "Bread").click()
    phone.locator("[name=weight]").fill("5")
    add_line(phone).click()
    line = phone.locator("[name=weighed-0-weight]")
    line.fill("9-1")
    save(phone).click()
    expect(line).to_have_attribute("aria-invalid", "true")
    line.fill("9.1")
    save(phone).click()
    expect(phone.locator(".answer.done")).to_contain_text("Bread, loose, 9.1 kg")
    assert len(receipts(place)) == before + 1


def test_a_van_that_was_refused_later_comes_back_with_all_its_lines(
    phone: Page, place: Site
) -> None:
    ready_offline(phone)
    before = len(receipts(place))
    phone.goto("/donations/new")
    pick(phone, "Chalk Hill Farm").click()
    for kind, weight in (("Bread", "5"), ("Mixed food", "6")):
        pick(phone, kind).click()
        phone.locator("[name=weight]").fill(weight)
        add_line(phone).click()
    phone.locator("[name=weighed-1-weight]").fill("6-1")
    phone.context.set_offline(True)
    save(phone).click()
    expect(phone.locator(".answer").first).to_contain_text("Kept here")
    phone.context.set_offline(False)
    expect_bar(phone, "1 needs you")
    phone.locator("#saved a").click()
    phone.get_by_role("link", name="Open and mend").click()
    expect(phone.locator("[data-weighed]")).to_have_count(2)
    expect(phone.locator("[data-weighed]").first).to_contain_text("Bread")
    line = phone.locator("[name=weighed-1-weight]")
    expect(line).to_have_attribute("aria-invalid", "true")
    line.fill("6.1")
    save(phone).click()
    expect(phone.locator(".answer.done")).to_contain_text("Saved from Chalk Hill Farm:")
    assert len(receipts(place)) == before + 1
    expect_bar(phone, "saved")
