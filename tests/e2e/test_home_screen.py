"""Depot on a home screen: what is shared with it, the lit screen, the offer to put it there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.camera_film import Scene, crate_picture, write_film
from tests.e2e.scanning import (
    Floor,
    choose,
    move_to,
    open_filmed_page,
    open_scan_page,
    serve_floor,
    wait_until,
)

pytestmark = pytest.mark.e2e
#: As a phone shares: a form that another program sends, in a window of its own.
SHARE = """async ({photo, told}) => {
  const form = document.createElement("form");
  Object.assign(form, {method: "post", action: "/search/shared", enctype: "multipart/form-data"});
  for (const [name, value] of Object.entries(told)) {
    const field = Object.assign(document.createElement("input"), {name, value});
    form.append(field);
  }
  if (photo) {
    const field = Object.assign(document.createElement("input"), {name: "photo", type: "file"});
    const data = await (await fetch(photo)).blob();
    const carried = new DataTransfer();
    carried.items.add(new File([data], "label.png", {type: "image/png"}));
    field.files = carried.files;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""


@pytest.fixture(scope="module")
def floor(
    tmp_path_factory: pytest.TempPathFactory, playwright: Playwright, browser: Browser
) -> Iterator[Floor]:
    with serve_floor(tmp_path_factory.mktemp("floor"), playwright, browser) as standing:
        yield standing


def worked_for(page: Page) -> None:
    """Wait until the service worker answers for this page."""
    wait_until(page, lambda: page.evaluate("navigator.serviceWorker.controller !== null"))


def share(page: Page, photo: str = "", **told: str) -> None:
    """Share as another program does, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.evaluate(SHARE, {"photo": photo, "told": {"title": "", "text": "", "url": ""} | told})


def test_a_shared_photo_is_read_and_is_a_scan_after_a_tap(
    floor: Floor, browser: Browser, tmp_path: Path
) -> None:
    code = floor.codes[3]
    crate_picture(code, floor.address(f"/C/{code}")).save(tmp_path / "label.png")
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        worked_for(page)
        move_to(page, floor.elsewhere)
        page.route("**/label.png", lambda route: route.fulfill(path=tmp_path / "label.png"))
        share(page, "/label.png")
        answer = page.locator("#scan-answer")
        found = answer.get_by_role("button").first
        expect(found).to_be_visible()
        assert floor.place_of(code) != floor.elsewhere
        found.click()
        expect(page.locator("#scan-list [data-state=saved]")).to_have_count(1)
        assert floor.place_of(code) == floor.elsewhere
        assert page.url.endswith("/scan")
        page.goto("/scan#shared")
        page.reload()
        expect(page.locator("#scan-answer").get_by_role("button")).to_have_count(0)
        choose(page, "look")


def test_shared_words_become_a_note_and_a_shared_code_leads_to_its_crate(
    floor: Floor, browser: Browser
) -> None:
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        worked_for(page)
        share(page, text="The <b>fridge</b> hums", title="Note")
        field = page.get_by_label("What the next shift is to know")
        expect(field).to_have_value("Note The <b>fridge</b> hums")
        page.goto("/scan")
        share(page, text=floor.codes[4])
        page.wait_for_url(f"**/crates/{floor.codes[4]}")


def test_the_screen_stays_lit_only_while_the_camera_looks(floor: Floor, tmp_path: Path) -> None:
    nothing = write_film(tmp_path / "nothing.mjpeg", [Scene(None, 30)])
    with open_filmed_page(floor, nothing) as opened:
        page = opened.page
        page.evaluate(
            """() => {
              window.lit = 0;
              const request = async () => {
                window.lit += 1;
                return {released: false, release: async () => { window.lit -= 1; }};
              };
              Object.defineProperty(navigator, "wakeLock", {value: {request}});
            }"""
        )
        page.get_by_role("button", name="Scan with the camera").click()
        wait_until(page, lambda: page.evaluate("window.lit === 1"))
        page.locator("#scan-stop").click()
        wait_until(page, lambda: page.evaluate("window.lit === 0"))


def test_the_home_screen_is_offered_where_it_is_looked_for_once_the_browser_can(
    floor: Floor, browser: Browser
) -> None:
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        page.goto("/more")
        offer = page.get_by_role("button", name="Put Depot on this home screen")
        expect(offer).to_be_hidden()
        asked = """() => {
          const event = new Event("beforeinstallprompt", {cancelable: true});
          event.prompt = async () => { window.prompted = true; };
          return !dispatchEvent(event);
        }"""
        wait_until(page, lambda: page.evaluate(asked))  # the browser's own offer is put off
        offer.click()
        assert page.evaluate("window.prompted")
