"""On every page that acts the main button is in reach of a thumb, as the page opens on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import PHONE, open_window
from tests.screenshots import signed_in, walk
from tests.serving import Running, depot, serve_depot, settings

pytestmark = pytest.mark.e2e

SMALL = (360, 640)
#: The main buttons that can be seen, and whether one of them is on the screen with nothing on it.
MAIN = """() => {
  const all = [...document.querySelectorAll("main :is(.btn.main, .act)")];
  const buttons = all.filter((button) => button.checkVisibility());
  const within = (button) => {
    const { left, width, top, bottom } = button.getBoundingClientRect();
    const isFree = (y) => button.contains(document.elementFromPoint(left + width / 2, y));
    return top >= 0 && bottom <= innerHeight && isFree(top + 3) && isFree(bottom - 3);
  };
  return buttons.length ? buttons.some(within) : null;
}"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A depot with a little of everything."""
    environment = settings(tmp_path_factory.mktemp("depot"))
    said = depot(environment, "demo", "--weeks", "2")
    (Path(environment["DEPOT_DATA"]) / "said").write_text(said)
    with serve_depot(environment) as served:
        yield served


@pytest.fixture(scope="module")
def state(browser: Browser, running: Running) -> Path:
    data = Path(running.environment["DEPOT_DATA"])
    return signed_in(browser, running, (data / "said").read_text())


def in_reach(page: Page, size: tuple[int, int]) -> bool | None:
    """Return whether a main button of the page is in reach at this size; None if it has none."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("scrollTo(0, 0)")
    found: bool | None = page.evaluate(MAIN)
    return found


def test_the_main_button_of_every_page_is_in_reach(
    browser: Browser, running: Running, state: Path
) -> None:
    with open_window(browser, running.base_url, SMALL, state=state, worker=False) as opened:
        found = {
            address: [in_reach(opened.page, size) for size in (SMALL, PHONE)]
            for address in walk(opened.page)
        }
    acting = {address: reach for address, reach in found.items() if reach[0] is not None}
    assert len(acting) > 40, acting
    assert [address for address, reach in acting.items() if reach != [True, True]] == []


def test_what_has_just_happened_covers_no_main_button(
    browser: Browser, running: Running, state: Path
) -> None:
    with open_window(browser, running.base_url, SMALL, state=state) as opened:
        page = opened.page
        page.goto("/donations/new")
        page.get_by_label("Passer-by").check()
        page.locator("label.pick:visible:has([name=what])").first.click()
        page.get_by_role("textbox", name="How much", exact=True).fill("4")
        page.get_by_role("button", name="Save 4 kg").click()
        page.locator(".answer.done").wait_for()
        assert in_reach(page, SMALL)
        assert in_reach(page, PHONE)


def test_a_week_is_told_on_a_screen_and_a_half(
    browser: Browser, running: Running, state: Path
) -> None:
    """Figures, what changed and why, and the acts: all above the parts that are folded."""
    with open_window(browser, running.base_url, PHONE, state=state, worker=False) as opened:
        opened.page.goto("/reports/weekly")
        ends = opened.page.evaluate(
            "() => document.querySelector('.jumps').getBoundingClientRect().top + scrollY"
        )
        assert ends <= 1.5 * PHONE[1]
        opened.page.click(".jumps a[href='#items']")
        opened.page.wait_for_function("() => document.querySelector('#items').checkVisibility()")
        opened.page.emulate_media(media="print")
        assert opened.page.locator("#adds-up table").is_visible()


def test_the_board_keeps_what_it_showed_while_the_server_is_away(
    browser: Browser, running: Running, state: Path
) -> None:
    with open_window(browser, running.base_url, PHONE, state=state, worker=False) as opened:
        page = opened.page
        page.goto("/board/")
        shown = page.locator("main").inner_text()
        page.route("**/board/", lambda route: route.fulfill(status=503, body="away"))
        page.evaluate("() => dispatchEvent(new Event('online'))")
        page.wait_for_function("() => document.querySelector('#away').textContent !== ''")
        assert page.locator("main").inner_text() == shown
        page.unroute("**/board/")
        page.evaluate("() => dispatchEvent(new Event('online'))")
        page.wait_for_function("() => document.querySelector('#away').textContent === ''")
        assert page.locator("main").inner_text() == shown
        opened.complaints.clear()
