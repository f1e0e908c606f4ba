"""Every code field has the camera, in place; hand scanners reach them with nothing focused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser import Window
from tests.camera_film import Scene, barcode_picture, write_film
from tests.e2e.scanning import Floor, open_filmed_page, serve_floor, type_as_scanner

pytestmark = pytest.mark.e2e

EAN = "5012345678900"
IS_FILMING = """() => {
  const video = document.querySelector("dialog.sheet video");
  return Boolean(video?.srcObject?.getTracks().some(({ readyState }) => readyState === "live"));
}"""


@pytest.fixture(scope="module")
def floor(
    tmp_path_factory: pytest.TempPathFactory, playwright: Playwright, browser: Browser
) -> Iterator[Floor]:
    with serve_floor(tmp_path_factory.mktemp("floor"), playwright, browser) as standing:
        yield standing


@contextmanager
def filmed(floor: Floor, film: Path, path: str) -> Iterator[Window]:
    with open_filmed_page(floor, film) as opened:
        opened.page.goto(path)
        yield opened


def crate_film(floor: Floor, folder: Path, *codes: str) -> Path:
    return floor.crate_film(folder / "crates.mjpeg", codes, rest=60)


def open_camera(page: Page, field: str) -> None:
    page.get_by_role("button", name=re.compile(f"Scan with the camera: {field}")).click()
    expect(page.get_by_role("dialog", name="Scan a code")).to_be_visible()


def plan(page: Page) -> str:
    """Plan a hand-out and return its address."""
    page.goto("/hand-outs/new")
    page.get_by_label("What is it called").fill("Saturday")
    page.get_by_label("When it begins").fill("2026-11-28T10:00")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_role("heading", name="Saturday")).to_be_visible()
    return page.url


def test_the_camera_reads_into_the_field_and_the_page_goes_on(floor: Floor, tmp_path: Path) -> None:
    code = floor.codes[0]
    with filmed(floor, crate_film(floor, tmp_path, code), "/crates") as opened:
        open_camera(opened.page, "Code or crate number")
        expect(opened.page).to_have_url(re.compile(r"/crates\?q="))
        expect(opened.page.get_by_role("link", name=code)).to_be_visible()


def test_the_camera_fills_a_field_of_a_larger_form_and_stops(floor: Floor, tmp_path: Path) -> None:
    code = floor.codes[1]
    with filmed(floor, crate_film(floor, tmp_path, code), "/donations/new") as opened:
        page = opened.page
        page.locator("summary", has_text="Crate").click()
        open_camera(page, "Straight into a crate")
        field = page.get_by_label("Straight into a crate")
        expect(field).to_have_value(re.compile(code))
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(field).to_be_focused()
        page.wait_for_function(f"!({IS_FILMING})()")
        assert page.url.endswith("/donations/new"), "the rest is for a person to fill in"


def test_esc_closes_it_stops_the_camera_and_gives_the_focus_back(
    floor: Floor, tmp_path: Path
) -> None:
    nothing = write_film(tmp_path / "nothing.mjpeg", [Scene(None, 60)])
    with filmed(floor, nothing, "/crates") as opened:
        page = opened.page
        button = page.get_by_role("button", name="Scan with the camera: Code or crate number")
        button.focus()
        page.keyboard.press("Enter")
        page.wait_for_function(IS_FILMING)
        expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(
            "Hold the code in the frame."
        )
        found = Axe().run(page, context="dialog.sheet")
        assert not found.violations_count, found.generate_report()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.wait_for_function(f"!({IS_FILMING})()")
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_function(IS_FILMING)


def test_a_product_in_front_of_the_camera_is_handed_out(floor: Floor, tmp_path: Path) -> None:
    goods = barcode_picture(EAN, zxingcpp.BarcodeFormat.EAN13)
    film = write_film(tmp_path / "ean.mjpeg", [Scene(goods, 120, turn=(-3, 3), travel=0.05)])
    with open_filmed_page(floor, film) as opened:
        page = opened.page
        event = plan(page)
        page.goto(f"{event}/hand-out")
        open_camera(page, "Whole crate, or a product")
        what = page.get_by_label("What is it")
        expect(what).to_be_visible()
        expect(what).to_have_attribute("aria-invalid", "true")
        what.fill("Green Beans")
        page.get_by_label("How many are in one pack").fill("6")
        page.get_by_role("button", name="Hand out", exact=True).first.click()
        expect(page.locator(".answer.done")).to_contain_text("Handed out: Green Beans (6)")
        page.get_by_role("button", name="One more: Packs of a product").click()
        open_camera(page, "Whole crate, or a product")
        expect(page.locator(".answer.done")).to_contain_text("Handed out: Green Beans (12)")


def test_roll_call_takes_one_code_after_another(floor: Floor, tmp_path: Path) -> None:
    codes = floor.codes[2:4]
    film = crate_film(floor, tmp_path, *codes)
    with filmed(floor, film, f"/scan/roll-call/{floor.place_id}") as opened:
        page = opened.page
        open_camera(page, "Codes, one in a line")
        field = page.locator("[name=again]")
        for code in codes:
            expect(field).to_have_value(re.compile(code))
        page.wait_for_timeout(1500)  # the film begins anew: a code that is there is not added
        assert field.input_value().count(codes[0]) == 1
        page.get_by_role("button", name="Close").click()
        page.wait_for_function(f"!({IS_FILMING})()")
        page.get_by_role("button", name="Compare with the book").click()
        expect(page.locator("main")).to_contain_text(codes[0])


def test_a_hand_scanner_needs_no_focus_at_a_roll_call(floor: Floor, tmp_path: Path) -> None:
    first, second = floor.codes[4:6]
    nothing = write_film(tmp_path / "nothing.mjpeg", [Scene(None, 10)])
    with filmed(floor, nothing, f"/scan/roll-call/{floor.place_id}") as opened:
        page = opened.page
        page.evaluate("document.activeElement.blur()")
        type_as_scanner(page, first)
        type_as_scanner(page, floor.address(f"/C/{second}"))
        type_as_scanner(page, first)
        lines = page.locator("[name=again]").input_value().split()
        assert lines == [floor.address(f"/C/{second}"), first]
        page.get_by_role("button", name="Compare with the book").click()
        expect(page.locator("main")).to_contain_text(first)
        expect(page.locator("main")).to_contain_text(second)


def test_a_hand_scanner_needs_no_focus_to_find_a_crate(floor: Floor, tmp_path: Path) -> None:
    nothing = write_film(tmp_path / "nothing.mjpeg", [Scene(None, 10)])
    for text in (floor.codes[6], floor.address(f"/C/{floor.codes[6]}"), floor.box):
        with filmed(floor, nothing, "/crates") as opened:
            page = opened.page
            page.evaluate("document.activeElement.blur()")
            type_as_scanner(page, text)
            known = floor.codes[0] if text == floor.box else floor.codes[6]
            expect(page.locator("main")).to_contain_text(known)
            expect(page).not_to_have_url(re.compile(r"/crates$"))
