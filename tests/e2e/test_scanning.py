"""The scan page in a real browser, with a camera that shows films of labels."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, Playwright, Route, expect

from tests.browser import launch_browser
from tests.camera_film import Scene, barcode_picture, crate_picture, write_film
from tests.e2e.scanning import (
    Floor,
    camera_arguments,
    choose,
    move_to,
    open_filmed_page,
    open_scan_page,
    read_marks,
    rows,
    serve_floor,
    type_as_scanner,
    type_code,
    wait_until,
)

pytestmark = pytest.mark.e2e

#: Asserted generously, because a shared machine stalls; `make bench` says how long it takes.
FIRST_SCAN_MS = 5000
EAN = "5012345678900"


@pytest.fixture(scope="module")
def floor(
    tmp_path_factory: pytest.TempPathFactory, playwright: Playwright, browser: Browser
) -> Iterator[Floor]:
    with serve_floor(tmp_path_factory.mktemp("floor"), playwright, browser) as standing:
        yield standing


def start(page: Page) -> None:
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()


def test_three_labels_passing_by_are_three_scans(floor: Floor, tmp_path: Path) -> None:
    passing = floor.codes[:3]
    with open_filmed_page(floor, floor.crate_film(tmp_path / "three.mjpeg", passing)) as opened:
        page = opened.page
        move_to(page, floor.place)
        start(page)
        wait_until(page, lambda: len(read_marks(page).get("scan", [])) >= len(passing))
        wait_until(
            page, lambda: page.locator("#scan-list [data-state=saved]").count() == len(passing)
        )
        assert rows(page) == [f"{code} → {floor.place}" for code in reversed(passing)]
        marked = read_marks(page)
        assert len(marked["scan"]) == len(passing)
        assert marked["scan"][0] - marked["camera-started"][0] < FIRST_SCAN_MS
    assert [floor.place_of(code) for code in passing] == [floor.place] * len(passing)


def test_a_label_held_in_view_is_one_scan(floor: Floor, tmp_path: Path) -> None:
    code = floor.codes[3]
    picture = crate_picture(code, floor.address(f"/C/{code}"))
    held = write_film(tmp_path / "held.mjpeg", [Scene(picture, 150, turn=(-20, 20), travel=0.05)])
    with open_filmed_page(floor, held) as opened:
        page = opened.page
        move_to(page, floor.place)
        start(page)
        wait_until(page, lambda: rows(page))
        page.wait_for_timeout(4000)
        assert rows(page) == [f"{code} → {floor.place}"]
        assert len(read_marks(page)["scan"]) == 1


def test_a_bar_code_on_goods_is_looked_up(floor: Floor, tmp_path: Path) -> None:
    goods = barcode_picture(EAN, zxingcpp.BarcodeFormat.EAN13)
    shown = write_film(tmp_path / "ean.mjpeg", [Scene(goods, 120, turn=(-3, 3), travel=0.05)])
    with open_filmed_page(floor, shown) as opened:
        page = opened.page
        looked: list[str] = []
        page.on("request", lambda request: looked.append(request.url))
        start(page)
        wait_until(page, lambda: any(f"/scan/look?text={EAN}" in url for url in looked))
        expect(page.locator("#scan-answer")).to_contain_text(EAN)


def test_the_decoder_is_fetched_when_the_camera_starts_and_not_before(
    floor: Floor, tmp_path: Path
) -> None:
    with open_filmed_page(
        floor, write_film(tmp_path / "nothing.mjpeg", [Scene(None, 30)])
    ) as opened:
        page = opened.page
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url))
        page.reload()
        type_code(page, floor.codes[0])
        expect(page.locator("#scan-answer")).to_contain_text(floor.codes[0])
        assert not [url for url in fetched if "decoder" in url or ".wasm" in url]
        start(page)
        wait_until(page, lambda: [url for url in fetched if ".wasm" in url])


def test_the_camera_stops_and_starts_again(floor: Floor, tmp_path: Path) -> None:
    code = floor.codes[0]
    shown = floor.crate_film(tmp_path / "again.mjpeg", [code], frames=60, rest=30)
    with open_filmed_page(floor, shown) as opened:
        page = opened.page
        start(page)
        wait_until(page, lambda: read_marks(page).get("scan"))
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("#scan-video")).to_be_hidden()
        assert page.evaluate("document.getElementById('scan-video').srcObject") is None
        seen = len(read_marks(page)["scan"])
        start(page)
        wait_until(page, lambda: len(read_marks(page)["scan"]) > seen)


def test_without_a_camera_the_page_says_so_and_typing_works(floor: Floor, browser: Browser) -> None:
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        page.get_by_role("button", name="Scan with the camera").click()
        expect(page.get_by_role("alert")).to_contain_text("No camera was found on this device.")
        expect(page.locator("#scan-camera")).to_be_hidden()
        type_code(page, floor.codes[0])
        expect(page.locator("#scan-answer")).to_contain_text(floor.codes[0])


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("NotAllowedError", "The camera is not allowed for this page."),
        ("NotReadableError", "Another program or tab is using the camera."),
        ("TypeError", "The camera could not be started: out of order"),
    ],
)
def test_what_is_wrong_with_the_camera_is_said_in_words(
    floor: Floor, browser: Browser, name: str, sentence: str
) -> None:
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        page.evaluate(
            "(name) => { navigator.mediaDevices.getUserMedia = () =>"
            " Promise.reject(new DOMException('out of order', name)); }",
            name,
        )
        page.get_by_role("button", name="Scan with the camera").click()
        expect(page.get_by_role("alert")).to_contain_text(sentence)
        expect(page.get_by_role("button", name="Scan with the camera")).to_be_visible()


def test_without_the_decoder_the_page_says_so_and_can_try_again(
    floor: Floor, tmp_path: Path
) -> None:
    camera = camera_arguments(write_film(tmp_path / "nothing.mjpeg", [Scene(None, 30)]))
    with launch_browser(floor.playwright, arguments=camera) as browser:
        # a service worker would answer with the copy it keeps
        page = browser.new_page(
            base_url=floor.running.base_url,
            storage_state=floor.state,
            service_workers="block",
            permissions=["camera"],
        )
        page.goto("/scan")
        page.route("**/bundles/reader-*.wasm", lambda route: route.abort())
        page.get_by_role("button", name="Scan with the camera").click()
        expect(page.get_by_role("alert")).to_contain_text("The reader of codes could not be loaded")
        page.unroute("**/bundles/reader-*.wasm")
        start(page)


def test_on_plain_http_the_page_says_what_works(floor: Floor) -> None:
    host = "stock.example"
    resolver = [f"--host-resolver-rules=MAP {host} 127.0.0.1"]
    with launch_browser(floor.playwright, arguments=resolver) as elsewhere:
        port = floor.running.base_url.rpartition(":")[2]
        jar: Any = json.loads(floor.state.read_text())["cookies"]
        context = elsewhere.new_context()
        for cookie in jar:
            cookie["domain"] = host
        context.add_cookies(jar)
        page = context.new_page()
        page.goto(f"http://{host}:{port}/scan")
        expect(page.get_by_role("alert")).to_contain_text("begins with http://")
        expect(page.get_by_role("button", name="Scan with the camera")).to_be_hidden()
        expect(page.locator("label[for=f-photo]")).to_be_visible()
        move_to(page, floor.place)
        type_as_scanner(page, floor.codes[4])
        wait_until(page, lambda: page.locator("#scan-list [data-state=saved]").count() == 1)
    assert floor.place_of(floor.codes[4]) == floor.place


def test_a_light_and_several_cameras_can_be_chosen(floor: Floor, tmp_path: Path) -> None:
    with open_filmed_page(
        floor, write_film(tmp_path / "nothing.mjpeg", [Scene(None, 30)])
    ) as opened:
        page = opened.page
        page.evaluate(
            """() => {
              const asked = (window.asked = []);
              const track = MediaStreamTrack.prototype;
              track.getCapabilities = () => ({ torch: true });
              track.applyConstraints = ({ advanced: [wanted] }) =>
                Promise.resolve(asked.push(wanted.torch));
              const camera = (deviceId, label) => ({ kind: "videoinput", deviceId, label });
              navigator.mediaDevices.enumerateDevices = () =>
                Promise.resolve([camera("front", "Front"), camera("back", "Back")]);
              const get = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
              navigator.mediaDevices.getUserMedia = (wanted) => {
                asked.push(wanted.video.deviceId?.exact ?? wanted.video.facingMode.ideal);
                return get({ video: true });
              };
            }"""
        )
        start(page)
        light = page.get_by_role("button", name="Light")
        light.click()
        expect(light).to_have_attribute("aria-pressed", "true")
        page.get_by_label("Which camera").select_option("back")
        wait_until(page, lambda: "back" in page.evaluate("window.asked"))
        assert page.evaluate("window.asked") == ["environment", True, "back"]
        page.reload()
        assert page.evaluate("localStorage.getItem('scan.camera')") == '"back"'


def test_the_same_deed_twice_is_asked_about_and_undo_takes_it_back(
    floor: Floor, browser: Browser
) -> None:
    code = floor.codes[5]
    before = floor.place_of(code)
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        answer = page.locator("#scan-answer")
        move_to(page, floor.place)
        type_code(page, code)
        wait_until(page, lambda: page.locator("#scan-list [data-state=saved]").count() == 1)
        type_code(page, code)
        expect(answer).to_contain_text("already done")
        assert len(rows(page)) == 1
        answer.get_by_role("button", name="Do it again").click()
        wait_until(page, lambda: page.locator("#scan-list [data-state=saved]").count() == 2)
        undo = page.locator("#scan-list").get_by_role("button", name="Undo")
        expect(undo).to_have_count(1)  # the second time it stood there already
        undo.focus()
        page.keyboard.press("Enter")
        wait_until(page, lambda: page.locator("#scan-list [data-state=undone]").count() == 1)
        assert page.evaluate("document.activeElement.id") == "scan-list"
    assert floor.place_of(code) == before


def test_what_was_chosen_and_what_was_scanned_survive_a_reload(
    floor: Floor, browser: Browser
) -> None:
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        move_to(page, floor.place)
        type_code(page, floor.codes[6])
        wait_until(page, lambda: page.locator("#scan-list [data-state=saved]").count() == 1)
        page.reload()
        expect(page.locator("#scan-does")).to_have_text(f"moves to {floor.place}")
        assert rows(page) == [f"{floor.codes[6]} → {floor.place}"]


def test_a_hand_scanner_needs_no_cursor_and_spoils_no_field(floor: Floor, browser: Browser) -> None:
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        move_to(page, floor.place)
        page.locator("body").click(position={"x": 2, "y": 2})
        for code in floor.codes[7:9]:
            type_as_scanner(page, code)
        wait_until(page, lambda: page.locator("#scan-list [data-state=saved]").count() == 2)
        assert rows(page) == [f"{code} → {floor.place}" for code in reversed(floor.codes[7:9])]
        page.goto(f"/crates/{floor.codes[9]}/move")
        page.locator("body").click(position={"x": 2, "y": 2})
        type_as_scanner(page, floor.elsewhere)
        page.get_by_role("button", name="Move it").click()
        expect(page.locator(".answer")).to_contain_text(f"is at {floor.elsewhere} now")


def test_a_place_that_is_scanned_is_where_crates_go_from_now_on(
    floor: Floor, browser: Browser
) -> None:
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        type_as_scanner(page, floor.address(f"/P/{floor.place_id}"))
        expect(page.locator("#scan-does")).to_have_text(f"moves to {floor.place}")
        type_as_scanner(page, floor.address("/P/999999"))
        expect(page.locator("#scan-answer")).to_contain_text("This place is not in use here.")
        expect(page.locator("#scan-does")).to_have_text(f"moves to {floor.place}")


def test_crates_in_the_basket_are_moved_together_and_undone_together(
    floor: Floor, browser: Browser
) -> None:
    several = floor.codes[9:12]
    before = [floor.place_of(code) for code in several]
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        choose(page, "collect")
        for code in (*several, several[0]):
            type_as_scanner(page, floor.address(f"/C/{code}"))
        expect(page.locator("#scan-answer")).to_contain_text("in the basket already")
        expect(page.get_by_role("heading", name="3 crates in the basket")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="3 crates in the basket")).to_be_visible()
        type_as_scanner(page, floor.address(f"/P/{floor.place_id}"))
        page.get_by_role("button", name=f"Move all to {floor.place}").click()
        wait_until(page, lambda: page.locator("#scan-list [data-state=saved]").count() == 3)
        assert [floor.place_of(code) for code in several] == [floor.place] * 3
        page.locator("#scan-answer").get_by_role("button", name="Undo all").click()
        wait_until(page, lambda: page.locator("#scan-list [data-state=undone]").count() == 3)
    assert [floor.place_of(code) for code in several] == before


def test_the_sound_is_off_by_one_tap_and_stays_off(floor: Floor, browser: Browser) -> None:
    with open_scan_page(browser, floor) as opened:
        page = opened.page
        page.get_by_role("button", name="Sound is on").click()
        page.reload()
        toggle = page.get_by_role("button", name="Sound is off")
        expect(toggle).to_have_attribute("aria-pressed", "false")


def test_a_look_that_gets_no_answer_is_said(floor: Floor, browser: Browser) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=500, body="")

    with open_scan_page(browser, floor) as opened:
        page = opened.page
        page.route("**/scan/look*", refuse)
        type_code(page, "BOX-NOBODY-HAS")
        expect(page.locator("#scan-answer")).to_contain_text("No connection")
        opened.complaints.clear()  # the browser says that there was a 500, as there was
