"""Ways of looking at a page, and what is asked in each: axe, width, targets, what is heard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser import DESK, PATIENCE_MS, PHONE
from tests.eyes.reading import misread

RULES: Final = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "resultTypes": ["violations"],  # of what passed it need not tell everything
}
#: A field that the action bar half covers until one scrolls is not too small: the bar is laid flat.
LIE_FLAT: Final = """() => {
  for (const bar of document.querySelectorAll(".dock")) bar.style.position = "static";
}"""
#: What is folded is looked at as well.
UNFOLD: Final = """() => {
  for (const fold of document.querySelectorAll("main details")) fold.open = true;
}"""
#: As WCAG 1.4.4 and 1.4.10 ask: letters twice as large, and the narrowest window.
TWICE: Final = 200
NARROW: Final = (320, 640)
#: What the large-type mode makes of the letters, in percent.
LARGER: Final = 125
SMALL: Final = (360, 640)

_WIDER: Final = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return null;
  const out = [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
    .slice(-2).map((one) => `${one.tagName}.${one.className}`);
  return `${scrollWidth} px wide in ${clientWidth}: ${out}`;
}"""
#: The targets that are lower or narrower than 44 px, with what they are. A link within a sentence
#: is as high as its line (WCAG 2.5.8 leaves it out); a stretched link is felt in its whole row, a
#: field also in its label; a link in the picture of a chart has its row in the table below it.
_SMALL_TARGETS: Final = """() => {
  const least = 43.5;
  const boxes = (one) => {
    const felt = [one, ...(one.labels ?? [])];
    if (one.matches(".stretch")) felt.push(one.closest(".row, tr"));
    return felt.filter(Boolean).map((each) => each.getBoundingClientRect());
  };
  const isInSentence = (one) => {
    if (!one.matches("a") || getComputedStyle(one).display !== "inline") return false;
    const block = one.closest("p, li, dd, td, th, figcaption, .hint, .what > span, .note");
    return block !== null && block.textContent.trim().length > one.textContent.trim().length + 2;
  };
  const acted = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  return [...document.querySelectorAll(acted)]
    .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .filter((one) => !one.closest("svg, .unseen, .skip") && !one.disabled && !isInSentence(one))
    .filter((one) => !boxes(one).some(({ width, height }) => width >= least && height >= least))
    .map((one) => {
      const { width, height } = one.getBoundingClientRect();
      const words = (one.getAttribute("aria-label") ?? one.textContent).trim().slice(0, 30);
      return `${one.tagName}.${one.className} "${words}" in ${one.parentElement.tagName}.`
        + `${one.parentElement.className}: ${Math.round(width)} x ${Math.round(height)}`;
    });
}"""
#: One h1 first, and no level left out below it.
_HEADINGS: Final = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((one) => one.checkVisibility())
  .map((one) => Number(one.tagName[1]))"""


@dataclass(frozen=True)
class Way:
    """A way of looking: the window, its colours, and how large letters are, in percent."""

    name: str
    size: tuple[int, int]
    dark: bool = False
    forced: Literal["active", "none"] = "none"
    letters: int = 100


WAYS: Final = (
    Way("light", PHONE),
    Way("dark", DESK, dark=True),
    Way("forced colours", PHONE, forced="active"),
    Way("letters twice as large", DESK, letters=TWICE),
    Way("320 px", NARROW),
    Way("larger letters", SMALL, letters=LARGER),
)


@contextmanager
def open_way(browser: Browser, base_url: str, way: Way, state: str | None) -> Iterator[Page]:
    """Yield a page of a window that is looked at that way; `state` is a file with cookies."""
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": way.size[0], "height": way.size[1]},
        color_scheme="dark" if way.dark else "light",
        forced_colors=way.forced,
        reduced_motion="reduce",
        locale="en-GB",
        storage_state=state,
        service_workers="block",
    )
    context.set_default_timeout(PATIENCE_MS)
    try:
        yield context.new_page()
    finally:
        context.close()


def look(page: Page, address: str, way: Way) -> list[str]:
    """Open a page and return what is wrong with it in this way of looking."""
    page.goto(address)
    if way.letters != 100:
        page.evaluate(
            "(size) => { document.documentElement.style.fontSize = size }", f"{way.letters}%"
        )
    page.evaluate(UNFOLD)
    found = [*too_wide(page), *small_targets(page), *unheaded(page), *misread(page)]
    page.evaluate(LIE_FLAT)
    found += axe(page, colours=way.forced == "none")
    return [f"{way.name}: {address}: {one}" for one in found]


def problems(page: Page, address: str) -> list[str]:
    """Open a page and return what axe finds on it."""
    page.goto(address)
    page.evaluate(LIE_FLAT)
    return [f"{address}: {found}" for found in axe(page)]


def axe(page: Page, *, colours: bool = True) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA on the page that is open.

    Without `colours` where they are the reader's own: axe then takes ours, which nobody sees.
    """
    rules = {} if colours else {"rules": {"color-contrast": {"enabled": False}}}
    results = Axe().run(page, options=RULES | rules)
    return [
        f"{found['id']} at {[node['target'] for node in found['nodes']][:3]}: {found['help']}"
        for found in results.response["violations"]
    ]


def too_wide(page: Page) -> list[str]:
    """Return by how much the open page is wider than its window, if it is."""
    said: str | None = page.evaluate(_WIDER)
    return [said] if said else []


def small_targets(page: Page) -> list[str]:
    """Return the targets of the open page that are smaller than a fingertip."""
    found: list[str] = page.evaluate(_SMALL_TARGETS)
    return [f"too small: {one}" for one in found]


def unheaded(page: Page) -> list[str]:
    """Return how the open page's headings break their order, if they do."""
    levels: list[int] = page.evaluate(_HEADINGS)
    steps = zip([0, *levels], levels, strict=False)
    jumps = any(level > before + 1 for before, level in steps)
    return [f"headings {levels}"] if jumps or levels.count(1) != 1 else []
