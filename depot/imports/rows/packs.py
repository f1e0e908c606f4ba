"""Packs named where a unit is: "case of 12", "24/case", "6-pack", "bag of 5 kg". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

#: What goods come packed in, as lists call it; a plural may follow.
_PACK: Final = (
    r"(?:cases?|cs|boxe?s?|packs?|packages?|pk|pkt|cartons?|ctn|trays?|bags?|sacks?|crates?|flats?"
    r"|bundles?|sleeves?|multipacks?|pallets?|kisten?|kartons?|packung(?:en)?|paletten?|gebinde"
    r"|beutel|sack|cajas?|paquetes?|bandejas?|bolsas?|sacos?|caisses?|paquets?|barquettes?|sacs?)"
)
_COUNT: Final = r"(?P<count>\d{1,5})"
_INSIDE: Final = r"(?:\s*(?:x\s*)?(?P<inside>[^\W\d_][^\d]*|\d[\d.,]*\s*[a-z]+))?"
_OF: Final = r"[\s.]*(?:of|with|à|a|mit|zu|je|de|con|avec|/|x|,|-|:)?\s*"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"{_PACK}{_OF}\(?{_COUNT}{_INSIDE}\)?",
        rf"{_COUNT}\s*(?:er)?[\s/-]*(?:per|pro|por|par|a|je|ct|count|x)?[\s/-]*{_PACK}",
        rf"x\s*{_COUNT}{_INSIDE}",
    )
)
_WEIGHED: Final = re.compile(rf"(?P<amount>\d[\d.,]*)\s*(?P<unit>[a-z]+)[\s/-]*{_PACK}")
_NAMED: Final = {
    **dict.fromkeys(("dozen", "doz", "dz", "dutzend", "docena", "docenas", "douzaine"), 12),
    **dict.fromkeys(("pair", "pairs", "paar", "par", "pares", "paire", "paires"), 2),
}
_UNSAID: Final = re.compile(r"(?:cases?|cs|pallets?|paletten?|gebinde|multipacks?)")


@dataclass(frozen=True, slots=True)
class Pack:
    """So many in one pack, of what `inside` names; empty where it names nothing."""

    count: str
    inside: str = ""


def read_pack(word: str) -> Pack | None:
    """Return the pack that a lower-case word names; None if it names none."""
    if word in _NAMED:
        return Pack(str(_NAMED[word]))
    for form in _FORMS:
        if found := form.fullmatch(word):
            return Pack(found["count"], (found.groupdict().get("inside") or "").strip())
    if found := _WEIGHED.fullmatch(word):
        return Pack(found["amount"], found["unit"])
    return None


def is_pack_without_count(word: str) -> bool:
    """Say whether a lower-case word names a pack that may hold any number."""
    return _UNSAID.fullmatch(word) is not None
