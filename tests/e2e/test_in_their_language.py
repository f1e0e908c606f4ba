"""Join, donation, crate, hand-out and report by who reads no English: no English word is met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from depot.base.periods import week_of
from depot.words.languages import Languages, own_name
from tests.browser import DESK, open_window
from tests.e2e.phones import PASSWORD, Site, make_invitation, serve_site
from tests.e2e.thumb import SMALL, pick, save

pytestmark = pytest.mark.e2e

#: What is written in Latin letters in any language.
_ANYWHERE: Final = frozenset(
    # programs and what programmers call theirs, forms of files, signs of the SI
    {"Depot", "QR", "PDF", "CSV", "XLSX", "API", "JSON", "ICS", "TXT", "RSS", "kg", "ml"}
    | {"https", "Webhook", "Webhooks", "US", "Letter"}
)
#: Languages stand under their own names, whoever reads.
_LANGUAGES: Final = frozenset(
    word for name in Languages().names() for word in re.findall(r"[A-Za-z]{2,}", own_name(name))
)
#: Codes of crates and weeks, addresses, seals and keys.
_NO_WORDS: Final = re.compile(
    r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}|\d{4}-W\d\d|https?://\S+|\S+@\S+|\b[0-9a-f]{4,}\b"
)
_LATIN: Final = re.compile(r"[A-Za-z]{2,}")
#: All that is seen or read aloud.
_SAID: Final = """() => {
  const said = [document.title, document.body.innerText];
  for (const one of document.querySelectorAll("[aria-label],[title],[placeholder],[alt]")) {
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      if (one.hasAttribute(name)) said.push(one.getAttribute(name));
    }
  }
  for (const one of document.querySelectorAll(".unseen, summary, option")) {
    said.push(one.textContent);
  }
  return said;
}"""

#: So that what is answered next is not taken for what was answered before.
_FORGET: Final = "() => document.querySelectorAll('.answer').forEach((one) => one.remove())"


@dataclass(frozen=True)
class Place:
    """A depot where everything that people wrote is in their language."""

    language: str
    size: tuple[int, int]
    depot: str
    helper: str
    coordinator: str
    event: str


ARABIC: Final = Place("ar", SMALL, "مخزن الحي", "سلمى", "رشا", "يوم السبت")
UKRAINIAN: Final = Place("uk", DESK, "Подільський склад", "Оля", "Іра", "Субота")


@dataclass
class Walk:
    """A window of somebody, the words they read, and what of it was in another language."""

    page: Page
    place: Place
    found: dict[str, set[str]] = field(default_factory=dict)

    def say(self, sentence: str, **held: object) -> str:
        """Return a sentence of the program as they read it."""
        reader = Languages().reader(language=self.place.language)
        return reader.gettext(sentence, **held)

    def look(self) -> None:
        """Read the page as it stands now."""
        self.page.wait_for_load_state()
        for text in self.page.evaluate(_SAID):
            strange = set(_LATIN.findall(_NO_WORDS.sub(" ", text))) - _ANYWHERE - _LANGUAGES
            if strange:
                self.found.setdefault(self.page.url, set()).update(strange)
        wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert self.page.evaluate(wide), self.page.url

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def follow(self, sentence: str) -> None:
        """Follow a link by what is written on it first."""
        named = re.compile(rf"^\s*{re.escape(self.say(sentence))}(\s|$)")
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=named).first.click()
        self.look()

    def press(self, button: Locator) -> None:
        """Press a button that saves, and read what is answered."""
        self.page.evaluate(_FORGET)
        button.click()
        expect(self.page.locator(".answer").first).to_be_visible()
        self.page.wait_for_load_state("networkidle")  # some forms lead to another page then
        self.look()


@pytest.fixture(params=[ARABIC, UKRAINIAN], ids=lambda place: place.language)
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.param
    return found


@pytest.fixture
def site(tmp_path: Path, place: Place) -> Iterator[Site]:
    with serve_site(tmp_path, name=place.depot, language=place.language) as serving:
        yield serving


def test_nobody_who_works_meets_an_english_word(browser: Browser, site: Site, place: Place) -> None:
    (code,) = site.codes(1)
    locale = {"ar": "ar-EG", "uk": "uk-UA"}[place.language]
    url = site.api("POST", "/join-links", {"uses_max": 9})["url"]
    with open_window(browser, site.base_url, place.size, locale=locale) as window:
        helper = Walk(window.page, place)
        join(helper, url)
        donate(helper)
        fill_crate(helper, code)
        event = site.event(place.event)
        hand_out(helper, event, code)
        for address in ("/", "/more", "/scan", "/crates", f"/crates/{code}", "/search", "/stock"):
            helper.go(address)
        assert helper.found == {}
    with open_window(browser, site.base_url, place.size, locale=locale) as window:
        coordinator = Walk(window.page, place)
        sign_up(coordinator, site)
        report(coordinator)
        for address in ("/", "/more", "/ledger", "/here/", "/settings", "/stock/items", "/guides/"):
            coordinator.go(address)
        assert coordinator.found == {}
    site.running.command("verify")


def join(walk: Walk, url: str) -> None:
    """Join by the code on the wall with a first name."""
    walk.go(url)
    walk.page.get_by_role("textbox").first.fill(walk.place.helper)
    walk.press(walk.page.get_by_role("button", name=walk.say("I am here")))


def donate(walk: Walk) -> None:
    """Log some bread at the door."""
    walk.follow("Log a donation")
    pick(walk.page, walk.say("Bread")).click()
    walk.page.locator("[name=weight]").fill("4")
    walk.press(save(walk.page))


def fill_crate(walk: Walk, code: str) -> None:
    """Fill a new crate with what came in."""
    walk.go(f"/C/{code}")
    walk.follow("With what came in now")
    pick(walk.page, walk.say("Bread")).click()
    walk.page.locator("[name=weight]").fill("3")
    walk.press(save(walk.page))


def hand_out(walk: Walk, event: int, code: str) -> None:
    """Hand out a whole crate, and write down the people."""
    walk.go(f"/hand-outs/{event}")
    walk.follow("Hand out")
    walk.page.get_by_label(walk.say("Whole crate, or a product")).fill(code)
    walk.press(
        walk.page.locator("form", has=walk.page.locator("[name=crate_code]")).locator("button.main")
    )
    walk.go(f"/hand-outs/{event}/people")
    walk.page.get_by_label(walk.say("Households"), exact=True).fill("21")
    walk.press(save(walk.page))


def sign_up(walk: Walk, site: Site) -> None:
    """Make a coordinator's account by an invitation."""
    walk.go(make_invitation(site, walk.place.coordinator, "coordinator"))
    page = walk.page
    page.get_by_label(walk.say("Your name")).fill(walk.place.coordinator)
    page.get_by_label(walk.say("A name to sign in with")).fill("ira")
    page.get_by_label(walk.say("A password")).fill(PASSWORD)
    page.get_by_role("button", name=walk.say("Make my account")).click()
    expect(page.locator("#saved")).to_be_visible()
    walk.look()


def report(walk: Walk) -> None:
    """Read this week, and file the one that is over."""
    walk.go(f"/reports/weekly?week={week_of(datetime.now(UTC).date(), 1).name}")
    expect(walk.page.locator("#adds-up")).to_be_attached()
    walk.go("/reports/weekly")
    walk.press(walk.page.locator("form button.main"))
    walk.go("/reports/filed")
