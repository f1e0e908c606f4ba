"""How figures and days are written where people read them: one minus sign, one form of a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tests.unwrapped import Shown

_HEADS: Final = {"title", "h1", "h2", "h3", "caption"}
_SHORT: Final = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_FULL: Final = "January|February|March|April|June|July|August|September|October|November|December"
#: What never stands where people read, and what it is.
_NEVER: Final = {
    "a hyphen for a minus sign": re.compile(r"(?:^|[\s(:·|])-\d"),
    "a doubled percent sign": re.compile(r"%%"),
    "a value that was not filled in": re.compile(r"%\(\w+\)[sd]"),
    "a doubled blank": re.compile(r"\S {2,}\S"),
    "a date for programs": re.compile(r"\b\d{4}-\d\d-\d\d\b"),
    "a date in figures": re.compile(r"\b\d\d?([/.])\d\d?\1(\d{4}|\d\d)\b"),
    "the month before the day": re.compile(rf"\b({_SHORT}|{_FULL}) \d\d?\b(?![:\d])"),
    "the clock of twelve hours": re.compile(r"\b\d\d? ?[AaPp]\.?[Mm]\b"),
}
#: Days with a short month and with a full one: the full one is for titles and heads.
_SHORT_DAY: Final = re.compile(rf"\b\d\d? ({_SHORT})\b")
_PRINTED: Final = re.compile(r"\bprinted .* by ")
_FULL_DAY: Final = re.compile(rf"\b\d\d? ({_FULL})\b")


def misspelt(texts: Iterable[str]) -> Iterator[str]:
    """Yield each text that is written as nothing is written here, with what is wrong with it."""
    for said in texts:
        for wrong, sign in _NEVER.items():
            if sign.search(said):
                yield f"{wrong}: {' '.join(said.split())}"


def two_forms(texts: Iterable[str]) -> list[str]:
    """Return the days in full if others on the same page are short; `texts` are its rows.

    Days from one to another are what a period is called: a title, wherever it stands. The foot of a
    paper, which says when it was printed, is about the sheet.
    """
    rows = [said for said in texts if not _PRINTED.search(said)]
    in_full = [said for said in rows if _FULL_DAY.search(said) and "–" not in said]
    return in_full if any(map(_SHORT_DAY.search, rows)) else []


class _Rows(Shown):
    """The texts of a page without those of its titles and heads."""

    def __init__(self, html: str) -> None:
        self._heads = 0
        super().__init__(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._heads += tag in _HEADS
        super().handle_starttag(tag, [] if tag == "section" else attrs)  # named as its title is

    def handle_endtag(self, tag: str) -> None:
        self._heads -= tag in _HEADS
        super().handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if not self._heads:
            super().handle_data(data)


def rows_of(page: str) -> list[str]:
    """Return what stands on a page outside its titles and heads."""
    return [said for said, _depth in _Rows(page).texts]
