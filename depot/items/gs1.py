"""What is in a product's bar code: GTIN, lot, date, net weight, count. Pure, and never raises.

Read are the GS1 application identifiers a food bank meets, from a scanner's plain text (with or
without symbology identifier, GS between the fields), from the line printed under a symbol
("(01)09501101020917(10)AB12"), from a GS1 digital link, and a bare GTIN-8, -12, -13 or -14. Eight
digits may also be a UPC-E, the short form of a UPC: of two right readings what is known wins.
Application identifiers and what they mean: GS1 General Specifications, section 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from depot.base.dates import EARLIEST, NO_DATE, month_end
from depot.base.kinds import DateKind
from depot.base.names import name_key
from depot.base.text import N_
from depot.base.units import MILLIGRAMS_PER_GRAM, MILLIGRAMS_PER_POUND

# biip's tables take 16 MB: they are loaded with the first code that is read.
if TYPE_CHECKING:
    from biip import ParseConfig
    from biip.gs1_element_strings import GS1ElementString
    from biip.gtin import Gtin
    from biip.upc import Upc

#: No symbol holds more than a few thousand characters; nobody types as many.
MAX_TEXT_LENGTH: Final = 2000
GS: Final = "\x1d"
MISREAD: Final = N_("A check digit in it does not agree: it was misread. Scan it once more.")
NO_SUCH_DAY: Final = N_("The date in it is not in the calendar.")
CUT_OFF: Final = N_("A part of it could not be read.")

_LENGTHS: Final = (8, 12, 13, 14)
#: What a hand scanner that cannot type GS types instead. None of these is a letter of GS1 data.
_STAND_INS: Final = re.compile(r"<GS>|\{GS\}|[|^~\u241d]", re.IGNORECASE)
_SYMBOLOGY: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")
#: Symbologies whose data are application identifiers: GS1-128, DataMatrix, QR, DataBar, DotCode.
_WITH_ELEMENTS: Final = ("]C1", "]d2", "]Q3", "]e0", "]J1")
#: What scanners that name the symbology put before an EAN-8: what follows is no UPC-E.
EAN_8: Final = "]E4"
#: UPC-E as scanners send it: with or without its first digit (0 or 1) and its check digit.
_SHORT: Final = re.compile(r"[01]\d{6,7}|\d{6,7}", re.ASCII)
#: Dates have six digits, so that what follows a wrong one is found again.
_DATED: Final = re.compile(r"1[135-7]\d{6}", re.ASCII)
_PRINTED: Final = re.compile(r"\((\d{2,4})\)((?:(?!\(\d{2,4}\)).)*)")
#: How a message without any mark is told from a number: it begins with one that has a check digit.
_UNMARKED: Final = re.compile(r"(?:00\d{18}|0[12]\d{14}).*", re.ASCII | re.DOTALL)
_LINK: Final = re.compile(r"https?://[^\s?#]+/01/\d{8,14}(?:[/?#].*)?", re.IGNORECASE | re.ASCII)
#: The century of a two-digit year: up to so many years ahead or back (section 7.12).
_AHEAD: Final = 50
_HUNDRED: Final = 100
_KG: Final = Decimal(1_000_000)
_BLANKS: Final = re.compile(r"[ \t\r\n\u00a0]+")

#: An element of a message, or what is wrong with a part of it.
_Part: TypeAlias = "GS1ElementString | str"

#: The dates that say until when, the strictest first, and what kind of date each is to us.
_DATE_KINDS: Final[Mapping[str, DateKind]] = {
    "17": "use_by",
    "15": "best_before",
    "16": "best_before",
}
#: biip's names of the markets, whose shops have rules of their own.
_MARKET_OF: Final[Mapping[str, str]] = {
    "Europe/Berlin": "de",
    "Europe/Copenhagen": "dk",
    "Europe/Helsinki": "fi",
    "Europe/London": "gb",
    "Europe/Oslo": "no",
    "Europe/Riga": "lv",
    "Europe/Stockholm": "se",
    "Europe/Tallinn": "ee",
    "Europe/Vilnius": "lt",
}


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scanned text says of goods; what it does not say is empty or None."""

    #: As it was read, in the printed form "(01)…(10)…" where it has parts.
    text: str
    gtin14: str = ""
    #: The GTIN is that of the pieces inside a pallet or case, not of what bears the symbol.
    is_content: bool = False
    #: A number that a shop gave: another shop may have given it to other goods.
    is_restricted: bool = False
    #: Other numbers in 14 digits that it may be short for, where its digits do not settle it.
    also: tuple[str, ...] = ()
    lot: str = ""
    date_on: date | None = None
    date_text: str = ""
    date_kind: DateKind = NO_DATE
    produced_on: date | None = None
    packed_on: date | None = None
    net_weight_grams: int | None = None
    count: int | None = None
    serial: str = ""
    sscc: str = ""
    problems: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What its item is learned and looked up by: the GTIN in 14 digits, else the text.

        Empty where there is nothing to learn: a pallet's number is never met again, and what was
        misread stands for nothing.
        """
        damaged = bool(self.problems) and not self.text.isdigit()
        return self.gtin14 if self.is_gs1 or damaged else name_key(self.text)

    @property
    def keys(self) -> tuple[str, ...]:
        """All that its item may have been learned by, the likeliest first."""
        return (self.key, *self.also) if self.key else ()

    @property
    def may_be_short(self) -> bool:
        """Say whether it is a right EAN-8 and as right a UPC-E: only the package can tell."""
        return bool(self.gtin14 and self.also)

    @property
    def shown(self) -> str:
        """The code as people read it on the package: without the zeros that make it 14 digits."""
        digits = self.gtin14.lstrip("0")
        return (
            digits.rjust(next(n for n in _LENGTHS if n >= len(digits)), "0")
            if digits
            else self.text
        )

    @property
    def is_gs1(self) -> bool:
        """Say whether anything in it was understood."""
        return self != Scan(self.text, also=self.also, problems=self.problems)


def read_code(text: str, today: date, time_zone: str = "") -> Scan:
    """Read a scanned or typed text; `today` settles the century of its dates.

    `time_zone` tells the market whose rules shops' own numbers follow, where weights are in them.
    Never raises: rubbish gives a Scan with nothing in it, damage one with `problems`.
    """
    text = text[:MAX_TEXT_LENGTH].strip()
    if _LINK.fullmatch(text):
        return _from_link(text, today)
    symbology, data = _split(text)
    compact = _BLANKS.sub("", _STAND_INS.sub(GS, data)).strip(GS)
    if _is_number(compact):
        return _number(compact, symbology, time_zone)
    if _PRINTED.match(compact):
        return _from_elements(_printed(compact), compact, today)
    if symbology in _WITH_ELEMENTS or GS in compact:
        return _from_elements(_elements(compact), compact, today)
    if _UNMARKED.fullmatch(compact):
        found = _from_elements(_elements(compact), compact, today)
        return Scan(data) if MISREAD in found.problems else found
    return Scan(data, also=_long_forms(compact))


def _split(text: str) -> tuple[str, str]:
    """Return the symbology identifier, if there is one, and the data."""
    found = _SYMBOLOGY.match(text)
    return (found[0], text[found.end() :]) if found else ("", text)


def _is_number(compact: str) -> bool:
    return compact.isascii() and compact.isdigit() and len(compact) in _LENGTHS


def _number(digits: str, symbology: str, time_zone: str) -> Scan:
    """Read a bare GTIN; a shop's own number may bear a weight or a count."""
    gtin = _gtin(digits, time_zone)
    longer = () if symbology == EAN_8 else _long_forms(digits)
    if gtin is None:
        if longer:
            return Scan(digits, gtin14=longer[0])
        return Scan(digits, problems=(MISREAD,))
    from biip.rcn import Rcn

    is_restricted = isinstance(gtin, Rcn)
    found = Scan(digits, gtin14=gtin.as_gtin_14(), is_restricted=is_restricted, also=longer)
    if not isinstance(gtin, Rcn) or gtin.region is None:
        return found
    return replace(
        found,
        gtin14=gtin.without_variable_measure().as_gtin_14(),
        net_weight_grams=None if gtin.weight is None else _grams(gtin.weight),
        count=gtin.count or None,
    )


def _long_forms(digits: str) -> tuple[str, ...]:
    """Return the number in 14 digits that six to eight digits of a UPC-E are short for.

    Eight have a check digit of their own. Six or seven come from scanners that leave out the
    first, the last or both, so that they prove nothing: what they are known by comes first.
    """
    if not (_SHORT.fullmatch(digits) and digits.strip("0")):
        return ()
    # a lost first zero, with the check digit at the end, is told by that digit
    wanted = [f"0{digits}", digits] if len(digits) == 7 else [digits]
    found = [upc.as_upc_a().rjust(14, "0") for text in wanted if (upc := _upc(text))]
    return tuple(dict.fromkeys(found))


@cache
def _config() -> ParseConfig:
    from biip import ParseConfig

    return ParseConfig(gs1_element_strings_verify_date=False)


def _upc(digits: str) -> Upc | None:
    from biip import ParseError
    from biip.upc import Upc

    try:
        return Upc.parse(digits)
    except ParseError:
        return None


def _gtin(digits: str, time_zone: str) -> Gtin | None:
    if not digits.strip("0"):
        return None
    from biip import ParseConfig, ParseError
    from biip.gtin import Gtin
    from biip.rcn import RcnRegion

    region = _MARKET_OF.get(time_zone)
    market = ParseConfig(rcn_region=RcnRegion(region) if region else None)
    # where the measure's own check digit does not agree, the shop follows other rules
    for config in (market, _config()):
        try:
            return Gtin.parse(digits, config=config)
        except ParseError:
            continue
    return None


def _from_link(text: str, today: date) -> Scan:
    from biip import ParseError
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI

    try:
        link = GS1DigitalLinkURI.parse(text, config=_config())
    except (ParseError, ValueError):  # a host like "[x" is refused by Python's own reader
        return Scan(text)
    return _from_elements(iter(link.element_strings), text, today)


def _elements(data: str) -> Iterator[_Part]:
    """Yield the elements of a message; for a part that cannot be read what is wrong with it."""
    from biip import ParseError
    from biip.gs1_element_strings import GS1ElementString

    rest = data
    while rest := rest.lstrip(GS):
        try:
            element = GS1ElementString.extract(rest, config=_config())
        except ParseError:
            is_date = _DATED.match(rest)
            yield NO_SUCH_DAY if is_date else CUT_OFF
            rest = rest[is_date.end() :] if is_date else rest.partition(GS)[2]
        else:
            yield element
            rest = rest[len(element) :]


def _printed(data: str) -> Iterator[_Part]:
    """Yield the elements of a line printed under a symbol, and what is wrong with others."""
    from biip import ParseError
    from biip.gs1_element_strings import GS1ElementString

    for identifier, value in _PRINTED.findall(data):
        try:
            yield GS1ElementString.parse(identifier + value, config=_config())
        except ParseError:
            yield NO_SUCH_DAY if _DATED.fullmatch(identifier + value) else CUT_OFF


def _from_elements(elements: Iterable[_Part], text: str, today: date) -> Scan:
    message = _Message(elements)
    parts = message.identity() | message.dates(today) | message.amounts()
    return Scan(message.printed_form or text, **parts, problems=tuple(message.problems))


class _Message:
    """The elements of a message by identifier, and what is wrong with them."""

    def __init__(self, elements: Iterable[_Part]) -> None:
        self.problems: dict[str, None] = {}
        self._found: dict[str, GS1ElementString] = {}
        for element in elements:
            if isinstance(element, str):
                self.problems[element] = None
            else:
                self._found.setdefault(element.ai.ai, element)

    @property
    def printed_form(self) -> str:
        """Return the message as printed under a symbol; empty if that could be read otherwise."""
        values = [element.value for element in self._found.values()]
        if any(_PRINTED.search(value) for value in values):
            return ""
        return "".join(f"({name}){element.value}" for name, element in self._found.items())

    def _text(self, identifier: str) -> str:
        element = self._found.get(identifier)
        return element.value if element else ""

    def identity(self) -> dict[str, Any]:
        """Return what it is: GTIN, lot, serial number, the number of a pallet."""
        from biip.rcn import Rcn

        element = self._found.get("01") or self._found.get("02")
        pallet = self._found.get("00")
        gtin = element.gtin if element else None
        if (element and gtin is None) or (pallet and pallet.sscc is None):
            self.problems[MISREAD] = None
        return {
            "gtin14": gtin.as_gtin_14() if gtin else "",
            "is_content": gtin is not None and "01" not in self._found,
            "is_restricted": isinstance(gtin, Rcn),
            "lot": self._text("10"),
            "serial": self._text("21"),
            "sscc": pallet.value if pallet and pallet.sscc else "",
        }

    def dates(self, today: date) -> dict[str, Any]:
        """Return until when it is good, and when it was made and packed."""
        made, _precise = self._date("11", today)
        packed, _precise = self._date("13", today)
        until: dict[str, Any] = {}
        for identifier, kind in _DATE_KINDS.items():
            day, precise = self._date(identifier, today)
            if day is not None and not until:
                # a use-by date is about safety and must name its day
                to_the_day = precise or kind == "use_by"
                text = day.isoformat() if to_the_day else f"{day:%Y-%m}"
                until = {"date_on": day, "date_text": text, "date_kind": kind}
        return until | {"produced_on": made, "packed_on": packed}

    def _date(self, identifier: str, today: date) -> tuple[date | None, bool]:
        """Return a date and whether it names its day; day 00 is the month's last."""
        digits = self._text(identifier)
        if not digits:
            return None, False
        year, month, day = (int(digits[i : i + 2]) for i in (0, 2, 4))
        try:
            last = month_end(full_year(year, today), month)
            found = last.replace(day=day) if day else last
        except ValueError:
            found = date.min
        if found.year < EARLIEST:
            self.problems[NO_SUCH_DAY] = None
            return None, False
        return found, day != 0

    def amounts(self) -> dict[str, Any]:
        """Return how many are in it and what they weigh without the package."""
        count = self._text("37") or self._text("30")
        grams = None
        for identifier, element in self._found.items():
            if identifier.startswith(("310", "320")) and element.decimal is not None:
                pounds = identifier.startswith("320")
                grams = grams or _grams(element.decimal, MILLIGRAMS_PER_POUND if pounds else _KG)
        return {"count": int(count) or None if count else None, "net_weight_grams": grams}


def full_year(two_digits: int, today: date) -> int:
    """Return the year that two digits mean: at most 49 years ago, at most 50 ahead.

    GS1 General Specifications, section 7.12.
    """
    apart = two_digits - today.year % _HUNDRED
    century = today.year - today.year % _HUNDRED
    if apart > _AHEAD:
        return century - _HUNDRED + two_digits
    return century + two_digits + (_HUNDRED if apart <= -_AHEAD else 0)


def _grams(weight: Decimal, milligrams: Decimal = _KG) -> int | None:
    """Return a weight in grams, rounded half up; None for nothing at all."""
    grams = (weight * milligrams / MILLIGRAMS_PER_GRAM).to_integral_value(ROUND_HALF_UP)
    return int(grams) or None
