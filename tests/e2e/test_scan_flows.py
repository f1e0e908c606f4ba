"""What the scan page does: roll-call, unknown codes, goods, hand-outs, and no connection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser import DESK, PHONE
from tests.camera_film import crate_picture
from tests.e2e.scanning import (
    Floor,
    choose,
    choose_place,
    move_to,
    open_scan_page,
    rows,
    serve_floor,
    type_as_scanner,
    type_code,
    wait_until,
)
from tests.eyes.looking import RULES

pytestmark = pytest.mark.e2e

EAN = "5012345678900"
#: A good code that this depot has not made.
STRANGER = "7K3M-9QX2"


@pytest.fixture(scope="module")
def floor(
    tmp_path_factory: pytest.TempPathFactory, playwright: Playwright, browser: Browser
) -> Iterator[Floor]:
    with serve_floor(tmp_path_factory.mktemp("floor"), playwright, browser) as standing:
        yield standing


def call(page: Page, place: str) -> None:
    page.get_by_role("button", name="Change").click()
    page.locator("[data-act=call]").click()
    choose_place(page, place)


def saved(page: Page, count: int) -> None:
    wait_until(page, lambda: page.locator("#scan-list [data-state=saved]").count() == count)


def plan_hand_out(page: Page, name: str) -> None:
    page.goto("/hand-outs/new")
    page.get_by_label("What is it called").fill(name)
    page.get_by_label("When it begins").fill(f"{datetime.now(UTC):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_a_roll_call_lists_what_differs_and_each_is_set_right_with_a_tap(
    floor: Floor, browser: Browser
) -> None:
    here, strayed, absent = floor.codes[:3]
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        move_to(page, floor.place)
        for code in (here, absent):
            type_as_scanner(page, code)
        saved(page, 2)
        call(page, floor.place)
        for text in (here, strayed, STRANGER, "what is this"):
            type_code(page, text)
        type_code(page, here)
        expect(page.locator("#scan-answer")).to_contain_text("is ticked off already")
        page.get_by_role("button", name="That was all").click()
        found = page.locator("#scan-found")
        expect(found.locator(".card.stop")).to_contain_text(absent)
        expect(found.locator(".card.move")).to_contain_text(strayed)
        expect(found).to_contain_text(STRANGER)
        expect(found).to_contain_text("what is this")
        assert floor.place_of(strayed) != floor.place, "a roll-call books nothing by itself"
        found.get_by_role("button", name="Move here").click()
        found.get_by_role("button", name="Look for it later").click()
        found.get_by_role("button", name="Use as a new crate").click()
        found.get_by_role("button", name="Ask a coordinator").click()
        saved(page, 6)
        assert found.get_by_text("set right").count() == 4
        assert floor.place_of(strayed) == floor.place
        assert floor.place_of(STRANGER) == floor.place


def test_a_roll_call_without_a_connection_uses_the_list_on_the_phone(
    floor: Floor, browser: Browser
) -> None:
    here, absent = floor.codes[3:5]
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        move_to(page, floor.elsewhere)
        for code in (here, absent):
            type_as_scanner(page, code)
        saved(page, 2)
        page.reload()
        page.wait_for_load_state("networkidle")
        opened.context.set_offline(True)
        call(page, floor.elsewhere)
        type_as_scanner(page, here)
        page.get_by_role("button", name="That was all").click()
        found = page.locator("#scan-found")
        expect(found).to_contain_text("compared with the list of")
        expect(found.locator(".card.stop")).to_contain_text(absent)
        opened.context.set_offline(False)
        opened.complaints.clear()  # the browser says what it could not fetch


def test_what_is_done_without_a_connection_is_saved_when_it_is_back(
    floor: Floor, browser: Browser
) -> None:
    several = floor.codes[5:8]
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        move_to(page, floor.place)
        opened.context.set_offline(True)
        for code in several:
            type_as_scanner(page, code)
        wait_until(page, lambda: page.locator("#scan-list [data-state=waiting]").count() == 3)
        opened.context.set_offline(False)
        saved(page, 3)
        opened.complaints.clear()  # the browser says what it could not fetch
    assert [floor.place_of(code) for code in several] == [floor.place] * 3


def test_a_crate_is_shown_with_what_can_be_done(floor: Floor, browser: Browser) -> None:
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        answer = page.locator("#scan-answer")
        type_code(page, floor.box)
        expect(answer).to_contain_text(floor.codes[0])
        answer.get_by_role("button", name="Put crates on it").click()
        expect(page.locator("#scan-does")).to_have_text(f"moves to {floor.codes[0]}")
        type_as_scanner(page, floor.codes[0])
        expect(answer).to_contain_text("is the crate you put others on")
        assert rows(page) == []


def test_an_old_box_number_does_what_the_context_says(floor: Floor, browser: Browser) -> None:
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        move_to(page, floor.elsewhere)
        type_code(page, floor.box)
        saved(page, 1)
        assert rows(page) == [f"{floor.codes[0]} → {floor.elsewhere}"]


def test_unknown_goods_are_asked_about_when_looking_and_kept_when_moving(
    floor: Floor, browser: Browser
) -> None:
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        answer = page.locator("#scan-answer")
        type_as_scanner(page, EAN)
        expect(answer).to_contain_text("Nobody has said yet what this is.")
        expect(answer.get_by_role("link", name="Say what it is")).to_be_visible()
        assert rows(page) == []
        move_to(page, floor.place)
        type_as_scanner(page, EAN)
        saved(page, 1)
        assert rows(page) == [f"{EAN} kept"]
        page.goto("/to-look-at/")
        expect(page.locator("main")).to_contain_text(EAN)


def test_learned_goods_lead_to_a_donation_with_the_code_in_it(
    floor: Floor, browser: Browser
) -> None:
    learned = "96385074"
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        type_as_scanner(page, learned)
        page.locator("#scan-answer").get_by_role("link", name="Say what it is").click()
        page.get_by_label("Item").first.fill("Green Beans")
        page.locator("main form button").last.click()
        page.goto("/scan")
        type_as_scanner(page, learned)
        expect(page.locator("#scan-answer")).to_contain_text("Green Beans")
        page.get_by_role("link", name="Log a donation").click()
        expect(page.locator("[name=lines-0-item]")).to_have_value("Green Beans")


def test_a_scan_into_the_wrong_field_is_taken_out_of_it_and_finds_its_own(
    floor: Floor, browser: Browser
) -> None:
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        page.goto("/donations/new")
        weight = page.locator("[name=weight]")
        weight.fill("12")
        type_as_scanner(page, EAN)
        expect(weight).to_have_value("12")
        taken = page.locator("[name=lines-0-scanned], [name=scan]")
        wait_until(page, lambda: EAN in "".join(field.input_value() for field in taken.all()))
        weight.evaluate("(field) => field.blur()")
        page.keyboard.type("12", delay=120)  # a person's typing is left alone
        assert page.url.endswith("/donations/new")


def test_crates_are_handed_out_one_after_another(floor: Floor, browser: Browser) -> None:
    several = floor.codes[8:10]
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        plan_hand_out(page, "Saturday table")
        page.goto("/scan")
        page.get_by_role("button", name="Change").click()
        page.locator("[data-act=issue]").click()
        expect(page.locator("#scan-does")).to_contain_text("Saturday table")
        for code in several:
            type_as_scanner(page, code)
        saved(page, 2)
        assert rows(page) == [f"{code} handed out" for code in reversed(several)]
        for code in several:
            assert floor.ask(f"/crates/{code}")["contents"] == []


def test_a_refused_scan_needs_somebody_and_says_why(floor: Floor, browser: Browser) -> None:
    """The crate is known to the phone, and its target is not there any more."""
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        move_to(page, floor.place)
        page.evaluate(
            """() => {
              const key = Object.keys(localStorage).find((name) => name.endsWith(".context"));
              const gone = { act: "move", target: { to: "H0H0-H0H0", isCrate: true } };
              localStorage.setItem(key, JSON.stringify(gone));
            }"""
        )
        page.reload()
        type_as_scanner(page, floor.codes[10])
        wait_until(page, lambda: page.locator("#scan-list [data-state=refused]").count() == 1)
        answer = page.locator("#scan-answer")
        expect(answer).to_have_class(re.compile(r"\bstop\b"))
        answer.get_by_role("link", name="See why").click()
        expect(page.locator("main")).to_contain_text(floor.codes[10])


def wrong(page: Page, state: str) -> list[str]:
    results = Axe().run(page, options=RULES)
    return [
        f"{state}: {found['id']} at {found['nodes'][0]['target']}: {found['help']}"
        for found in results.response["violations"]
    ]


@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (DESK, True)], ids=["phone", "dark"])
def test_the_page_is_accessible_in_all_its_states(
    floor: Floor, browser: Browser, size: tuple[int, int], dark: bool
) -> None:
    with open_scan_page(browser, floor, size, dark) as opened:
        page = opened.page
        found = wrong(page, "at first")
        page.get_by_role("button", name="Change").click()
        page.locator("[data-act=move]").click()
        found += wrong(page, "choosing")
        choose_place(page, floor.place)
        found += wrong(page, "chosen")
        type_as_scanner(page, floor.codes[11])
        saved(page, 1)
        found += wrong(page, "moved")
        type_as_scanner(page, floor.codes[11])
        expect(page.locator("#scan-answer")).to_contain_text("already done")
        found += wrong(page, "already done")
        choose(page, "collect")
        type_as_scanner(page, floor.codes[10])
        expect(page.get_by_role("heading", name="1 crate in the basket")).to_be_visible()
        page.locator("[data-basket=take_out]").click()
        found += wrong(page, "collecting")
        call(page, floor.place)
        type_as_scanner(page, floor.codes[9])
        page.get_by_role("button", name="That was all").click()
        expect(page.locator("#scan-found .card").first).to_be_visible()
        found += wrong(page, "called over")
        choose(page, "look")
        type_as_scanner(page, EAN)
        expect(page.locator("#scan-answer")).to_contain_text(EAN)
        found += wrong(page, "unknown")
        page.get_by_role("button", name="Scan with the camera").click()
        expect(page.get_by_role("alert")).to_contain_text("No camera")
        found += wrong(page, "no camera")
    assert not found, "\n".join(found)


def test_a_word_is_put_on_all_in_the_basket(floor: Floor, browser: Browser) -> None:
    one, two, three = floor.codes[3:6]
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        choose(page, "collect")
        for code in (one, two):
            type_code(page, code)
        page.locator("[data-basket=tag]").click()
        page.get_by_label("Another word").fill("for Saturday")
        page.get_by_role("button", name="Put on all").click()
        expect(page.locator("#scan-answer")).to_contain_text("2 crates: for Saturday")
        saved(page, 2)
        page.reload()
        type_code(page, three)
        page.locator("[data-basket=tag]").click()
        page.locator("#scan-basket-choices").get_by_role("button", name="for Saturday").click()
        saved(page, 3)
    for code in (one, two, three):
        assert floor.ask(f"/crates/{code}")["tags"] == ["for Saturday"]


def test_crates_in_the_basket_are_brought_along_to_a_transfer(
    floor: Floor, browser: Browser
) -> None:
    """What the depot says of such a code is tested without a browser; here it is said for it."""
    one, two = floor.codes[3:5]
    address = "/T/6F1D2B64-0C1E-4C58-9C52-6B1F7C7B9D10"
    told = {
        "kind": "transfer",
        "code": "6f1d2b64",
        "title": "From North",
        "lines": ["on the way"],
        "href": "/transfers/7",
        "actions": [{"href": "/transfers/7/receive", "text": "Receive it"}],
        "crates_href": "/transfers/7/receive",
    }
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        page.route(re.compile("/scan/look.*%2FT%2F"), lambda route: route.fulfill(json=told))
        choose(page, "collect")
        for code in (one, two):
            type_code(page, code)
        type_code(page, address)
        along = page.locator("#scan-answer").get_by_role("link", name="With the 2 crates")
        expect(along).to_have_attribute("href", f"/transfers/7/receive?crates={one}%2C{two}")
        expect(page.locator("#scan-answer").get_by_role("link", name="Receive it")).to_be_visible()


def test_a_photo_of_a_label_is_a_scan(floor: Floor, browser: Browser, tmp_path: Path) -> None:
    code = floor.codes[6]
    photo = tmp_path / "label.png"
    crate_picture(code, floor.address(f"/C/{code}")).save(photo)
    nothing = tmp_path / "nothing.png"
    Image.new("L", (400, 300), 200).save(nothing)
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        move_to(page, floor.elsewhere)
        page.locator("#f-photo").set_input_files(nothing)
        expect(page.locator("#scan-answer")).to_contain_text("No code found in the photo")
        page.locator("#f-photo").set_input_files(photo)
        saved(page, 1)
        assert rows(page) == [f"{code} → {floor.elsewhere}"]
