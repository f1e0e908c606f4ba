"""Pictures of the demo depot: `make screenshots`.

Without arguments the few that README shows, into docs/pictures, and one for each guide, small, into
docs/pictures/guides. With a folder, one picture of every
page that can be reached from Today, at a phone's and at a desk's width, light and dark, to be
looked at by somebody before a release.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser import DESK, PHONE, open_window, run_chromium
from tests.serving import Running, depot, serve_depot, settings

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
#: What README shows: file, address, size, the whole page or what fits.
SHOWN = (
    ("today", "/", DESK),
    ("donation", "/donations/new", PHONE),
    ("crates", "/crates", PHONE),
    ("report", "/reports/weekly", DESK),
)
#: What guides show: the guide, and its page; then the link of that page that is followed.
GUIDES: Final = (
    ("today", "/", None),
    ("joining", "/here/code/", None),
    ("who-is-here", "/here/", None),
    ("scan", "/scan", None),
    ("donation", "/donations/new", None),
    ("announced-deliveries", "/drop-offs", None),
    ("crates", "/crates", 'a[href^="/crates/"].stretch'),
    ("labels", "/labels", None),
    ("hand-out", "/hand-outs", 'a[href^="/hand-outs/"].stretch'),
    ("tasks", "/tasks/", None),
    ("passing-on", "/handover/new", None),
    ("kitchen", "/production", None),
    ("stock", "/stock/", None),
    ("counting", "/counts/", None),
    ("needs", "/needs/", None),
    ("items-and-places", "/stock/places", None),
    ("temperatures", "/temperatures", None),
    ("holds", "/holds/new", None),
    ("recalls", "/recalls/new", None),
    ("weekly-report", "/reports/weekly", None),
    ("papers", "/papers/", None),
    ("ledger", "/ledger/", None),
    ("shifts", "/rota/", None),
    ("duties", "/duties/", None),
    ("decisions", "/decisions/", None),
    ("settings", "/settings/", None),
    ("import", "/imports/", None),
)
#: As wide as a phone, and as much of the page as says what it is.
_PIECE: Final = (390, 620)
#: So many colours are enough for a page, and make its picture small.
_COLOURS: Final = 24
#: Addresses that act, or that are no page.
_NOT_PAGES = re.compile(r"/(sign-out|static|api)\b|\.(csv|json|txt|html|pdf|xlsx|svg|png)\b")
_ONE_OF_MANY = re.compile(r"/[0-9A-Z]{4}-[0-9A-Z]{4}\b|/\d+\b|/\d{4}-W\d\d\b")
_ADDRESSES = "(links) => links.map((link) => link.getAttribute('href'))"
#: More than a person would look at; a loop of addresses stops here.
MOST_PAGES = 120


def main(folder: str | None = None) -> None:
    """Fill a demo depot in a temporary folder, serve it and take the pictures."""
    with tempfile.TemporaryDirectory(prefix="depot-pictures-") as data:
        environment = settings(Path(data))
        said = depot(environment, "demo")
        with serve_depot(environment) as running, run_chromium() as browser:
            state = signed_in(browser, running, said)
            if folder is None:
                take_shown(browser, running, state)
                take_guides(browser, running, state)
            else:
                take_all(browser, running, state, Path(folder))


def signed_in(browser: Browser, running: Running, said: str) -> Path:
    """Follow the sign-in link of the demo and return the file that holds the cookies."""
    link = re.search(r"https?://\S+/\S+", said)
    if link is None:
        raise RuntimeError(f"depot demo printed no link:\n{said}")
    state = Path(running.environment["DEPOT_DATA"]) / "cookies.json"
    with open_window(browser, running.base_url) as opened:
        opened.page.goto(link[0])
        if opened.page.locator("input[name=password]").count():
            opened.page.fill("input[name=name]", "Ada")
            opened.page.fill("input[name=login]", "ada")
            opened.page.fill("input[name=password]", "bread and butter")
            opened.page.locator("form:has(input[name=password]) .btn.main").click()
        opened.context.storage_state(path=state)
    return state


def take_shown(browser: Browser, running: Running, state: Path) -> None:
    """Take the pictures that README shows."""
    for name, address, size in SHOWN:
        with open_window(browser, running.base_url, size, state=state) as opened:
            opened.page.goto(address)
            PICTURES.mkdir(parents=True, exist_ok=True)
            opened.page.screenshot(path=PICTURES / f"{name}.png")


def take_guides(browser: Browser, running: Running, state: Path) -> None:
    """Take the pictures of the guides: a phone's, light, in few colours."""
    folder = PICTURES / "guides"
    folder.mkdir(parents=True, exist_ok=True)
    with open_window(browser, running.base_url, _PIECE, state=state, worker=False) as opened:
        for name, address, link in GUIDES:
            opened.page.goto(address)
            if link:
                opened.page.goto(str(opened.page.locator(link).first.get_attribute("href")))
            taken = Image.open(BytesIO(opened.page.screenshot()))
            small = taken.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
            small.save(folder / f"{name}.png", optimize=True)


def take_all(browser: Browser, running: Running, state: Path, folder: Path) -> None:
    """Take every page, in each width and scheme."""
    with open_window(browser, running.base_url, state=state) as opened:
        addresses = list(walk(opened.page))
    for size in (PHONE, DESK):
        for dark in (False, True):
            with open_window(browser, running.base_url, size, dark=dark, state=state) as opened:
                for address in addresses:
                    opened.page.goto(address)
                    shade = "dark" if dark else "light"
                    opened.picture(folder / f"{size[0]}-{shade}" / f"{file_name(address)}.png")


def walk(page: Page) -> Iterator[str]:
    """Yield the addresses linked from Today and onwards, one of each sort, each as it is open."""
    sorts = {"/"}
    waiting = deque(sorts)
    while waiting:
        opened = waiting.popleft()
        page.goto(opened)
        links = page.eval_on_selector_all("a[href]", _ADDRESSES) if len(sorts) < MOST_PAGES else []
        for link in links:
            address = urlsplit(link).path
            sort = _ONE_OF_MANY.sub("/*", address)
            if address.startswith("/") and sort not in sorts and not _NOT_PAGES.search(address):
                sorts.add(sort)
                waiting.append(address)
        yield opened


def file_name(address: str) -> str:
    """Return a file's name for a page's address."""
    return _ONE_OF_MANY.sub("/one", address).strip("/").replace("/", "-") or "today"


if __name__ == "__main__":
    main(*sys.argv[1:])
