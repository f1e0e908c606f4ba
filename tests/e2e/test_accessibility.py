"""Every kind of page against WCAG 2.2 AA, by axe-core, in light and in dark."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser import DESK, PHONE, open_window
from tests.serving import Running, depot, serve_depot, settings

pytestmark = pytest.mark.e2e

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "resultTypes": ["violations"],  # of what passed it need not tell everything
}
#: A field that the action bar half covers until one scrolls is not too small: the bar is laid flat.
LIE_FLAT = """() => {
  for (const bar of document.querySelectorAll(".dock")) bar.style.position = "static";
}"""
PAGES = (
    "/",
    "/more",
    "/donations/new",
    "/donations/boxes",
    "/donations/boxes/new",
    "/donations/new?scan=5000112637922",
    "/scan",
    "/scan/what",
    "/scan/what?text=5000112637922",
    "/scan/learn?code=5000112637922",
    "/scan/photo",
    "/scan/roll-call",
    "/P/999999",
    "/devices/",
    "/account/pin",
    "/account/passkeys",
    "/scan/waiting",
    "/scan/queue-file",
    "/crates",
    "/counts/",
    "/counts/new",
    "/labels",
    "/labels?kind=shelves",
    "/printers",
    "/printers/new?kind=zebra",
    "/printers/sheets/new",
    "/hand-outs",
    "/sign-in-sheets/",
    "/sign-in-sheets/settings",
    "/hand-outs/new",
    "/production",
    "/stock/",
    "/stock/first",
    "/stock/items",
    "/stock/places",
    "/ledger",
    "/to-look-at/",
    "/reports/weekly",
    "/reports/period?kind=month",
    "/reports/period?kind=range",
    "/reports/filed",
    "/reports/forms",
    "/reports/forms/quarterly",
    "/reports/forms/people",
    "/reports/forms/people/edit",
    "/reports/forms/new",
    "/reports/meals",
    "/papers/",
    "/papers/stock",
    "/papers/count",
    "/papers/first",
    "/papers/donors",
    "/papers/letter",
    "/needs/",
    "/needs/shown",
    "/needs/category/10",
    "/bring/norwood",
    "/mails/",
    "/shares/",
    "/shares/new",
    "/everything/",
    "/imports/",
    "/people/",
    "/people/journal",
    "/settings/",
    "/account",
    "/account/devices",
    "/account/second-step",
    "/here/",
    "/here/door",
    "/tasks/",
    "/tasks/new",
    "/rota/",
    "/rota/mine",
    "/rota/new",
    "/rota/routines/",
    "/rota/routines/1",
    "/rota/routines/new",
    "/C/NOPE-NOPE",
)
#: Pages of one thing, found by their links on these lists.
OF_ONE = (
    (
        "/crates",
        r"^/crates/[0-9A-Z]{4}-[0-9A-Z]{4}$",
        ("", "/move", "/take-out", "/count", "/label", "/relabel"),
    ),
    ("/hand-outs", r"^/hand-outs/\d+$", ("", "/hand-out", "/bring-back", "/people")),
    ("/ledger", r"^/ledger/\d+$", ("",)),
    ("/stock/", r"^/stock/items/\d+$", ("",)),
    ("/reports/filed", r"^/reports/filed/\d+$", ("", "/late")),
    ("/reports/meals", r"^/reports/meals/\d+/edit$", ("",)),
    ("/scan/roll-call", r"^/scan/roll-call/\d+$", ("",)),
    ("/tasks/", r"^/tasks/\d+(\.[\d-]+)?$", ("", "/edit")),
    ("/rota/", r"^/rota/\d+(\.[\d-]+)?$", ("", "/change", "/off")),
    ("/papers/", r"^/papers/events/\d+$", ("", "/plan", "/picks")),
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The demo depot, served."""
    environment = settings(tmp_path_factory.mktemp("demo"))
    depot(environment, "demo", "--weeks", "2")
    with serve_depot(environment) as running:
        yield running


def addresses(page: Page) -> list[str]:
    """Return the pages to look at, the ones of one crate, hand-out, entry and item among them."""
    found = list(PAGES)
    for listing, pattern, endings in OF_ONE:
        page.goto(listing)
        links = [str(a.get_attribute("href")) for a in page.locator("main a").all()]
        one = next((link for link in links if re.match(pattern, link)), None)
        assert one, f"no link like {pattern} on {listing}"
        found += [one + ending for ending in endings]
    return found


def problems(page: Page, address: str) -> list[str]:
    page.goto(address)
    page.evaluate(LIE_FLAT)
    results = Axe().run(page, options=RULES)
    return [
        f"{address}: {found['id']} at {found['nodes'][0]['target']}: {found['help']}"
        for found in results.response["violations"]
    ]


@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (DESK, True)], ids=["phone", "dark"])
def test_pages_are_accessible(
    browser: Browser, demo: Running, size: tuple[int, int], dark: bool
) -> None:
    invitation = demo.command(
        "person", "invite", "Ada", "--role", "coordinator", "--depot", "norwood"
    ).strip()
    with open_window(browser, demo.base_url, size, dark=dark, worker=False) as opened:
        page = opened.page
        wrong = (
            problems(page, "/sign-in") + problems(page, "/phone-ready") + problems(page, "/recover")
        )
        wrong += problems(page, invitation)  # and stay there
        page.get_by_label("A name to sign in with").fill(f"ada {dark}")
        page.get_by_label("A password").fill("bread and butter")
        page.get_by_role("button", name="Make my account").click()
        for address in addresses(page):
            wrong += problems(page, address)
    assert not wrong, "\n".join(wrong)
