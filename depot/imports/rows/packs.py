"""Packs named where a unit is: "case of 12", "24/case", "6-pack", "12'lik koli". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from depot.base.text import plain_letters
from depot.imports.words.units import ALONE, COUNTED, NAMED, OF, PACKS, PER, UNSAID

_PACK: Final = rf"[每一]?(?:{PACKS})"
_COUNT: Final = r"(?P<count>\d{1,5})"
_COUNTED: Final = rf"(?:\s*(?:{COUNTED})\.?)?"
_INSIDE: Final = r"(?:\s*(?:x\s*)?(?P<inside>[^\W\d_][^\d]*|\d[\d.,]*\s*[^\W\d_]+))?"
_OF: Final = rf"[\s.]*(?:{OF})?\s*"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"{_PACK}{_OF}[(（]?{_COUNT}(?:'l[iu]k?)?{_INSIDE}[)）]?",
        rf"{_COUNT}{_COUNTED}[\s/-]*(?:{PER})?[\s/-]*{_PACK}",
        rf"x\s*{_COUNT}{_INSIDE}",
        rf"{_COUNT}(?:{ALONE})",
    )
)
_WEIGHED: Final = re.compile(
    rf"(?P<amount>\d[\d.,]*)\s*(?P<unit>[^\W\d_]+?)(?:'?l[iu]k)?[\s/-]*{_PACK}"
)
_NAMED: Final = {plain_letters(word): n for n, words in NAMED.items() for word in words.split()}
_UNSAID: Final = re.compile(UNSAID)


@dataclass(frozen=True, slots=True)
class Pack:
    """So many in one pack, of what `inside` names; empty where it names nothing."""

    count: str
    inside: str = ""


def read_pack(word: str) -> Pack | None:
    """Return the pack that a word in plain letters names; None if it names none."""
    if word in _NAMED:
        return Pack(str(_NAMED[word]))
    for form in _FORMS:
        if found := form.fullmatch(word):
            return Pack(found["count"], (found.groupdict().get("inside") or "").strip())
    if found := _WEIGHED.fullmatch(word):
        return Pack(found["amount"], found["unit"])
    return None


def is_pack_without_count(word: str) -> bool:
    """Say whether a word in plain letters names a pack that may hold any number."""
    return _UNSAID.fullmatch(word) is not None
