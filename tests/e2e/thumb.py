"""A thumb on a small phone: it taps what is on the screen, and its taps are counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect

from depot.base.clock import utc_now
from tests.e2e.phones import Site

SMALL = (360, 640)
#: Where a thumb feels the target: the link of a row is as large as the row. An eye finds what is
#: painted, so the place counts once two frames agree on it.
_BOX = """async (target) => {
  const felt = target.classList.contains("stretch") ? target.closest(".row") : target;
  const place = () => {
    const { x, y, width, height } = felt.getBoundingClientRect();
    return { x, y, width, height };
  };
  const frame = () => new Promise((painted) => requestAnimationFrame(painted));
  for (let before = ""; before !== JSON.stringify(place()); await frame()) {
    before = JSON.stringify(place());
  }
  return place();
}"""
#: Whether what is at the middle of the target is the target, and nothing that lies over it.
_FREE = """(target, [across, down]) => {
  const hit = document.elementFromPoint(across, down);
  if (!hit) return false;
  const field = hit.closest("label")?.control ?? hit.closest(".with-unit")?.querySelector("input");
  return target.contains(hit) || field === target || hit.closest(".row")?.contains(target);
}"""
#: So many swipes take a thumb to the end of any page; a page that is longer is too long.
MOST_SWIPES = 12


class Thumb:
    """Taps where something is on the screen, and counts; what is not on the screen is no target."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0
        self.numbers = 0
        self.swipes = 0

    def tap(self, target: Locator, least: int = 48) -> None:
        """Tap what can be seen; `least` is its height in pixels, 44 being enough in a list."""
        target.wait_for()
        self.page.wait_for_load_state()  # styles that come late move what stands here
        box = target.evaluate(_BOX)
        across, down = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        assert 0 <= box["y"], "above the screen"
        assert box["y"] + box["height"] <= SMALL[1], "below the screen"
        assert box["height"] >= least, "too small for a thumb"
        assert target.evaluate(_FREE, [across, down]), "something lies over it"
        self.taps += 1
        self.page.mouse.click(across, down)

    def reach(self, target: Locator, least: int = 44) -> None:
        """Swipe until it stands free on the screen, and tap it."""
        target.wait_for()
        for _ in range(MOST_SWIPES):
            box = target.evaluate(_BOX)
            middle = box["y"] + box["height"] / 2
            is_seen = 60 <= box["y"] and box["y"] + box["height"] <= SMALL[1]
            if is_seen and target.evaluate(_FREE, [box["x"] + box["width"] / 2, middle]):
                break
            before = self.page.evaluate("scrollY")
            self.page.mouse.wheel(0, max(-400, min(400, middle - SMALL[1] / 3)))
            self.swipes += 1
            self.page.wait_for_timeout(50)
            if self.page.evaluate("scrollY") == before:
                break  # the page's end
        self.tap(target, least)

    def type(self, number: str) -> None:
        """Type into the field that the last tap led to."""
        self.numbers += 1
        self.page.keyboard.type(number)


def pick(page: Page, words: str) -> Locator:
    """Return a pick button as the thumb sees it."""
    return page.locator("form label.pick:visible", has_text=words).first


def add_line(page: Page) -> Locator:
    return page.get_by_role("button", name="Add line")


def save(page: Page) -> Locator:
    """Return the main button of the action bar."""
    return page.locator("form .dock button.main")


#: What a van brings: kinds, as their buttons say them, with their kilograms.
VAN = (("Mixed food", "24"), ("Bread", "7.4"), ("Fruit and veg", "12.5"), ("Tins", "3"))
FARM = "Chalk Hill Farm"


def know_the_farm(place: Site) -> None:
    """Log a donation of the farm, of some days ago, after which it is a button at the door."""
    line = {"category": "Bread", "weight_grams": 4000}
    given: dict[str, Any] = {"source": {"kind": "farm", "partner": FARM}, "lines": [line]}
    given["occurred_at"] = (utc_now() - timedelta(days=3)).isoformat()
    place.api("POST", "/receipts", given)


def log_the_van(thumb: Thumb) -> None:
    """Log what the farm's van brings, from Today to the answer."""
    page = thumb.page
    thumb.tap(page.get_by_role("link", name="Log a donation").first)
    expect(page.get_by_role("heading", name="Donation at the door")).to_be_visible()
    thumb.tap(pick(page, FARM))
    for number, (kind, weight) in enumerate(VAN):
        if number:
            thumb.tap(add_line(page))
        thumb.tap(pick(page, kind))
        thumb.tap(page.locator("[name=weight]"))
        thumb.type(weight)
    expect(save(page)).to_have_text("Save 46.9 kg")
    thumb.tap(save(page))
    expect(page.locator(".answer.done")).to_contain_text(f"Saved from {FARM}:")
    assert page.evaluate("scrollY") == 0
