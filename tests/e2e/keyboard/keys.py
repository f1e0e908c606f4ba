"""Hands that have a keyboard and nothing else, and what must be so wherever they stop."""

from __future__ import annotations

import re
from typing import Any, Final

from playwright.sync_api import Locator, Page

#: So many stops take one through any page; more is a trap or a page that is too long.
MOST_STOPS: Final = 250
#: What has the focus, told so that a test can judge: where it is on the page, whether anything
#: shows that it is here, and how much of it is hidden. A pick shows its focus on the words beside
#: its radio, a row's link is felt in its whole row.
_STOP: Final = r"""() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const felt = one.matches(".stretch") ? one.closest(".row, tr") : one;
  const showing = [one, one.nextElementSibling, ...(one.labels ?? []), one.closest(".pick, .place")]
    .filter(Boolean);
  const parsed = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [r, g, b] = parsed(colour).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (from) => {
    for (let at = from; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      const [, , , alpha = 1] = parsed(colour);
      if (alpha === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const isSeen = (each) => {
    const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(each);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return false;
    const inside = parseFloat(outlineOffset) < 0;
    return contrast(outlineColor, ground(inside ? each : each.parentElement)) >= 3;
  };
  const { x, y, width, height } = one.getBoundingClientRect();
  const whole = felt.getBoundingClientRect();
  // of what is larger than the window, what is in the window counts
  const cut = (from, size, all) => (size > all / 2
    ? [Math.max(0, from), Math.min(all, from + size) - Math.max(0, from)] : [from, size]);
  const [x0, w0] = cut(whole.x, whole.width, innerWidth);
  const [y0, h0] = cut(whole.y, whole.height, innerHeight);
  let free = 0;
  const parts = [0.1, 0.5, 0.9];
  const hits = [];
  for (const across of parts) {
    for (const down of parts) {
      const hit = document.elementFromPoint(x0 + w0 * across, y0 + h0 * down);
      const own = hit && (felt.contains(hit) || hit.contains(felt)
        || hit.closest("label")?.control === one
        || hit.closest("label, .with-unit")?.contains(one));
      if (own) free += 1;
      else hits.push(hit ? `${hit.tagName}.${hit.className}` : "the edge");
    }
  }
  const words = one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent;
  const name = words.replace(/\s+/g, " ").trim().slice(0, 40);
  return {
    what: `${one.tagName.toLowerCase()}#${one.id}.${one.className} "${name}"`,
    left: x, top: y + scrollY, right: x + width, bottom: y + height + scrollY,
    isShown: showing.some(isSeen), free, hits,
    isInFlow: Boolean(one.closest("main")) && !one.closest(".dock, dialog, .answers"),
    tabIndex: one.tabIndex,
  };
}"""
_IS_FOCUSED: Final = "(one) => one === document.activeElement"
_SAME_GROUP: Final = """(one) => one.type === "radio" && document.activeElement?.type === "radio"
  && one.name === document.activeElement.name && one.form === document.activeElement.form"""
#: Of nine points so many may be hidden: a bar may lie over an edge, and never over all of it.
_LEAST_FREE: Final = 5

Stop = dict[str, Any]


class Keyboard:
    """Goes by Tab and arrows, presses, types, and keeps what was wrong where it stopped."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        self._before: Stop | None = None

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def reach(self, target: Locator, *, back: bool = False) -> None:
        """Go on by Tab (back: by Shift and Tab) until the target has the focus."""
        target.wait_for(state="attached")
        self._before = None
        for _ in range(MOST_STOPS):
            if target.evaluate(_IS_FOCUSED):
                return
            if target.evaluate(_SAME_GROUP):
                self._arrow_to(target)
                return
            self.press("Shift+Tab" if back else "Tab")
            self.stop(backwards=back)
        raise AssertionError(f"{MOST_STOPS} stops did not lead to {target}")

    def _arrow_to(self, radio: Locator) -> None:
        for _ in range(30):
            if radio.evaluate(_IS_FOCUSED):
                if not radio.is_checked():
                    self.press("Space")
                return
            self.press("ArrowDown")
            self.stop()
        raise AssertionError(f"arrows did not lead to {radio}")

    def follow(self, target: Locator) -> None:
        """Reach a link or button and press Enter."""
        self.reach(target)
        self.press("Enter")
        self._before = None

    def choose(self, select: Locator, words: str) -> None:
        """Choose in a list by typing how it begins."""
        self.reach(select)
        self.type(words)
        chosen = select.evaluate("(one) => one.selectedOptions[0]?.textContent.trim()")
        assert chosen.startswith(words), f"{chosen} instead of {words}"

    def stop(self, *, backwards: bool = False) -> Stop | None:
        """Judge where the focus is now; return it, or None outside of the page."""
        stop: Stop | None = self.page.evaluate(_STOP)
        if stop:
            self.wrong += [f"{_path(self.page)}: {stop['what']}: {one}" for one in faults(stop)]
            before = self._before
            if before and not backwards and is_before(stop, before):
                said = f"comes after {before['what']}, which stands below"
                self.wrong.append(f"{_path(self.page)}: {stop['what']}: {said}")
        self._before = stop
        return stop


def faults(stop: Stop) -> list[str]:
    """Return what is wrong with a stop by itself."""
    found = []
    if not stop["isShown"]:
        found.append("nothing shows that the focus is here")
    if stop["free"] < _LEAST_FREE:
        found.append(f"hidden under {set(stop['hits'])}, {stop['free']} of 9 points free")
    if stop["tabIndex"] > 0:
        found.append("an order of its own")
    return found


def is_before(stop: Stop, before: Stop) -> bool:
    """Say whether a stop stands where one reads earlier: above, and not in the next column."""
    if not (stop["isInFlow"] and before["isInFlow"]):
        return False
    is_above = stop["bottom"] <= before["top"] + 1
    return bool(is_above and stop["left"] < before["right"] and stop["right"] > before["left"])


def _path(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)
