"""Every page from right to left, on a phone: nothing is wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import PHONE, open_window
from tests.e2e.test_accessibility import addresses
from tests.pseudo import MIRRORED, write_pseudo
from tests.serving import Running, depot, serve_depot, settings

pytestmark = pytest.mark.e2e

#: What sticks out of the window, also where a card cuts it off; what scrolls by itself may.
_STICKING_OUT = """() => {
  const wide = document.documentElement.clientWidth
  const scrolls = (one) => one && one !== document.body &&
    (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement))
  return [...document.body.querySelectorAll("*:not(svg *):not(.unseen):not(.skip)")]
    .filter((one) => {
      const box = one.getBoundingClientRect()
      return box.width && (box.left < -1 || box.right > wide + 1) && !scrolls(one)
    })
    .slice(-3)
    .map((one) => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`)
}"""


@pytest.fixture(scope="module")
def mirrored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The demo depot in the mirrored language, served."""
    folder = write_pseudo(tmp_path_factory.mktemp("pseudo"))
    environment = settings(
        tmp_path_factory.mktemp("demo"),
        DEPOT_LANGUAGE=MIRRORED,
        DEPOT_TRANSLATIONS=str(folder),
    )
    depot(environment, "demo", "--weeks", "2")
    with serve_depot(environment) as running:
        yield running


def sticking_out(page: Page, address: str) -> list[str]:
    """Open a page and return what of it is wider than the window."""
    page.goto(address)
    assert page.locator("html").get_attribute("dir") == "rtl", address
    return [f"{address}: {found}" for found in page.evaluate(_STICKING_OUT)]


def test_no_page_is_wider_than_a_phone_from_right_to_left(
    browser: Browser, mirrored: Running
) -> None:
    invited = ("person", "invite", "Ada", "--role", "coordinator", "--depot", "norwood")
    invitation = mirrored.command(*invited).strip()
    locale = MIRRORED.replace("_", "-")
    with open_window(browser, mirrored.base_url, PHONE, locale=locale, worker=False) as opened:
        page = opened.page
        found = sticking_out(page, "/sign-in") + sticking_out(page, "/phone-ready")
        found += sticking_out(page, invitation)  # and stay there
        page.fill("input[name=login]", "ada")
        page.fill("input[name=password]", "bread and butter")
        page.locator("form:has(input[name=password]) .btn.main").click()
        page.wait_for_url(lambda url: "/join/" not in url)
        for address in addresses(page):
            found += sticking_out(page, address)
        page.evaluate("document.querySelector('main').style.minWidth = '500px'")
        assert page.evaluate(_STICKING_OUT)  # it would be seen
    assert found == []
