"""Every kind of page for every eye and hand: WCAG 2.2 AA by axe-core, targets, names, headings.

In light on a phone and in dark at a desk; some of them in the other ways of looking, which
`make axe` tries on every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import open_window
from tests.eyes.looking import (
    WAYS,
    Way,
    axe,
    look,
    open_way,
    small_targets,
    too_wide,
    unheaded,
)
from tests.eyes.reading import misread
from tests.serving import Running, depot, serve_depot, settings

pytestmark = pytest.mark.e2e

#: One page of each make: rows, forms, figures, a grid, papers, buttons.
SAMPLE = ("/", "/more", "/donations/new", "/crates", "/hand-outs", "/reports/weekly", "/account")
#: One of each that is looked for.
SPOIL = """() => {
  document.querySelector("main").insertAdjacentHTML(
    "beforeend", "<h4>Low</h4><p><a href='/'>x</a></p><button></button>"
    + "<button>Sweep</button><button>Sweep</button><div role='main'></div>"
    + "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>");
  document.querySelector("main h4").style.color = "#ddd";
  document.querySelector("main h4").style.background = "#eee";
  document.querySelector("main h4").style.width = "900px";
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
    "/scan/roll-call/8",
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


@pytest.fixture(scope="module")
def state(browser: Browser, demo: Running) -> str:
    """A file with the cookies of a coordinator, who came by an invitation."""
    file = Path(demo.environment["DEPOT_DATA"]) / "cookies.json"
    with open_window(browser, demo.base_url, worker=False) as opened:
        page = opened.page
        page.goto(invitation(demo, "Ada"))
        page.get_by_label("A name to sign in with").fill("ada")
        page.get_by_label("A password").fill("bread and butter")
        page.get_by_role("button", name="Make my account").click()
        page.wait_for_url(lambda url: "/join/" not in url)
        opened.context.storage_state(path=file)
    return str(file)


def invitation(demo: Running, name: str) -> str:
    said = ("person", "invite", name, "--role", "coordinator", "--depot", "norwood")
    return demo.command(*said).strip()


@pytest.mark.parametrize("way", WAYS[:2], ids=lambda way: way.name)
def test_pages_are_accessible(browser: Browser, demo: Running, state: str, way: Way) -> None:
    wrong = []
    with open_way(browser, demo.base_url, way, None) as page:
        joining = invitation(demo, f"Bea, {way.name}")
        for address in ("/sign-in", "/phone-ready", "/recover", joining):
            wrong += look(page, address, way)
    with open_way(browser, demo.base_url, way, state) as page:
        for address in addresses(page):
            wrong += look(page, address, way)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("way", WAYS[2:], ids=lambda way: way.name)
def test_pages_of_each_make_are_accessible_however_they_are_looked_at(
    browser: Browser, demo: Running, state: str, way: Way
) -> None:
    with open_way(browser, demo.base_url, way, state) as page:
        wrong = [one for address in SAMPLE for one in look(page, address, way)]
    assert not wrong, "\n".join(wrong)


def test_what_is_not_accessible_is_seen(browser: Browser, demo: Running, state: str) -> None:
    with open_way(browser, demo.base_url, WAYS[0], state) as page:
        page.goto("/account")
        page.evaluate(SPOIL)
        assert any("color-contrast" in one for one in axe(page))
        assert any("A." in one for one in small_targets(page))
        assert too_wide(page)
        assert unheaded(page)
        heard = misread(page)
        assert "no name: button" in heard
        assert "2 times button “Sweep”" in heard
        assert any("without a name" in one for one in heard)
        assert any("2 landmarks main" in one for one in heard)
