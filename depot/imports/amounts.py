"""Amounts as people write them into a form: 20, 20 kg, 2 x 12, 1,200, 1 lb 4 oz, 12,5.

The numbers and the units are those of spreadsheets (`numbers`, `values`); a form knows besides
which mark its reader writes before decimals, and lets people multiply and add up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from depot.base.units import MAX_QUANTITY
from depot.imports.rows.numbers import parse_number, plain_text, quote_value
from depot.imports.rows.values import find_unit, joined, without_about
from depot.imports.sheets.problems import (
    LooksLikeCode,
    NotAnAmount,
    NotANumber,
    NotPositive,
    TooLarge,
    UnknownUnit,
)

#: The last but one is the Cyrillic letter that looks like an x.
_TIMES: Final = re.compile(r"(?<=[\d\W])\s*[x×\u0445*]\s*(?=[\d.,٫])", re.IGNORECASE)
_PART: Final = re.compile(
    r"(\d(?:[\d.,'٫٬]|(?<=\d) (?=\d{3}(?!\d)))*(?<=\d)|[.,٫]\d+)\s*([^\W\d_]+\.?|#)?,?\s*"
)
#: The digits under a bar code: seven to fourteen.
_CODE: Final = re.compile(r"[0-9]{7,14}")
MAX_LETTERS: Final = 60


@dataclass(frozen=True, slots=True)
class WrittenAmount:
    """What was written: so many base units of `unit`, or with none a bare number."""

    number: Fraction
    unit: str | None
    text: str

    def __bool__(self) -> bool:
        return self.number != 0


def parse_amount(text: str, point: str = "") -> WrittenAmount:
    """Read what was written, exactly. `point` is the mark that its reader writes before decimals.

    Nothing (0) is read too: whether it is an answer is the form's business. Raises BadValue with
    what was written: AmbiguousNumber, NotANumber, NotAnAmount, NotPositive, TooLarge.
    """
    plain, _is_about = without_about(joined(plain_text(text)))
    if not plain or len(plain) > MAX_LETTERS:
        raise NotANumber(text=quote_value(text))
    if plain.startswith("-"):
        raise NotPositive(text=quote_value(text))
    *factors, last = _TIMES.split(plain.removeprefix("+"))
    number, unit = _sum(last, text, point)
    for factor in factors:
        number *= _factor(factor, text, point)
    if number > MAX_QUANTITY:
        raise (LooksLikeCode if is_like_code(plain) else TooLarge)(text=quote_value(text))
    return WrittenAmount(number, unit, quote_value(plain))


def is_like_code(text: str) -> bool:
    """Say whether a text has as many digits as a product's bar code, and nothing else."""
    return _CODE.fullmatch(text) is not None


def _factor(written: str, text: str, point: str) -> Fraction:
    """Return how often: a bare number, or so many boxes of what follows."""
    number, unit = _sum(written, text, point)
    if unit not in (None, "piece"):
        raise NotAnAmount(text=quote_value(text))
    return number


def _sum(written: str, text: str, point: str) -> tuple[Fraction, str | None]:
    """Return the parts added up (1 lb 4 oz), all of one kind of unit."""
    found: list[tuple[Fraction, str | None]] = []
    at = 0
    while at < len(written):
        part = _PART.match(written, at)
        if part is None:
            raise NotANumber(text=quote_value(text))
        unit, factor = _unit(part[2] or "", text)
        found.append((_number(part[1], text, point) * factor, unit))
        at = part.end()
    units = {unit for _number_found, unit in found}
    if len(units) != 1 or (len(found) > 1 and units <= {None, "piece"}):
        raise NotAnAmount(text=quote_value(text))
    return sum((number for number, _unit in found), Fraction(0)), units.pop()


def _number(digits: str, text: str, point: str) -> Fraction:
    try:
        return parse_number(digits, point)
    except NotANumber as error:
        raise NotANumber(text=quote_value(text)) from error


def _unit(word: str, text: str) -> tuple[str | None, Fraction]:
    try:
        return find_unit(word)
    except UnknownUnit as error:
        raise NotAnAmount(text=quote_value(text)) from error
