"""Numbers as people write them, read exactly or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, wraps
from typing import Concatenate, Final, ParamSpec, TypeVar, cast

from depot.imports.sheets.problems import AmbiguousNumber, NotANumber, TooLarge

#: What people write for "nothing here".
_NOTHING: Final = frozenset(
    {"", "-", "--", "—", "–", "?", "n/a", "na", "none", "null", "keine", "ninguno", "aucun"}
    | {"nessuno", "nenhum", "brak", "немає", "нет", "yok", "لا يوجد", "ندارد", "无", "没有", "б/д"}
)
_PLAIN: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,4})?")
_COMMA_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}((,\d{3})+|([ ']\d{3})+)(\.\d*)?")
_POINT_THOUSANDS: Final = re.compile(
    r"[+-]?[1-9]\d{0,2}((\.\d{3}){2,}|(\.\d{3})+(?=,)|([ ']\d{3})+)(,\d*)?"
)
_DECIMAL_COMMA: Final = re.compile(r"[+-]?\d+,\d*")
_POINT_OR_THOUSAND: Final = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_COMMA_OR_THOUSAND: Final = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
#: The part of a text that is two numbers to two people.
AMBIGUOUS: Final = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
#: "1 1/2" and "3/4": of what is halved and quartered by hand, never a date or a share of a list.
_FRACTION: Final = re.compile(r"(?:(\d{1,9}) )?(\d{1,2})[/\u2044](2|3|4|5|8|10|16)")
#: "1½" would become "11/2" where forms of digits are made plain.
_HALF_BEHIND: Final = re.compile(r"(?<=\d)(?=[\u00bc-\u00be\u2150-\u215e])")
_LOOSE_MARK: Final = re.compile(r"(?<=\d) ?([.,]) ?(?=\d)")
#: What Arabic and Persian write before decimals and between thousands, which means nothing else.
ARABIC_POINT: Final = "٫"
_ARABIC_THOUSANDS: Final = re.compile(r"(?<=\d)٬(?=\d{3}(?!\d))")
_MADE_PLAIN: Final = str.maketrans(
    "’−،", "'-,", "\u200b\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069"
)
#: Beyond this, an exponent or a row of digits is an accident and not worth computing with.
_MAX_DIGITS: Final = 40

P = ParamSpec("P")
T = TypeVar("T")
#: What is longer is no number and no date, and would fill the memory: a cell has up to 32,767.
_LONGEST_KEPT: Final = 60


def understood_once(read: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
    """Let `read` understand a short text that is written in many cells only once."""
    kept = cast("Callable[Concatenate[str, P], T]", lru_cache(maxsize=4096)(read))

    @wraps(read)
    def understood(text: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return (read if len(text) > _LONGEST_KEPT else kept)(text, *args, **kwargs)

    return understood


def plain_text(text: str) -> str:
    """Return `text` with odd blanks, apostrophes and digits of every script made plain, trimmed.

    What shows no letter goes: marks that turn a line around, and what joins letters or parts them.
    """
    if text.isascii():
        return " ".join(text.split())
    spaced = _HALF_BEHIND.sub(" ", text)
    folded = unicodedata.normalize("NFKC", spaced).translate(_MADE_PLAIN)
    return " ".join("".join(map(_plain_digit, folded)).split())


def _plain_digit(letter: str) -> str:
    is_digit = letter.isdecimal() and not letter.isascii()
    return str(unicodedata.decimal(letter)) if is_digit else letter


def is_nothing(text: str) -> bool:
    """Return whether a cell says that nothing is known: blank, a dash, n/a."""
    return not text or plain_text(text).casefold() in _NOTHING


def quote_value(text: str) -> str:
    """Return what was written, short enough to be quoted in a sentence."""
    return text if len(text) <= 60 else text[:59] + "…"


@understood_once
def parse_number(text: str, point: str = "") -> Fraction:
    """Read "24", "24.0", "1,200", "1.200,5", "1 200", "2,5", "1 1/2" or "1e3" exactly.

    `point` is the mark that whoever wrote it puts before decimals, where that is known. A comma
    before exactly three digits marks thousands, but to whom it marks decimals it could be both;
    so is "1.200", but to whom it marks thousands. What could be both is refused. A number that
    begins with 0 has no thousands. Raises AmbiguousNumber, NotANumber, TooLarge (with the text).
    """
    plain = _LOOSE_MARK.sub(r"\1", plain_text(text).casefold())
    plain = _ARABIC_THOUSANDS.sub("", plain)
    if plain.count(ARABIC_POINT) == 1:
        return _exact(plain.replace(ARABIC_POINT, "."), text)
    if parts := _FRACTION.fullmatch(plain):
        return _mixed(parts, text)
    if _could_be_both(plain, point):
        raise AmbiguousNumber(text=quote_value(text))
    return _exact(_with_point(plain, point), text)


def _exact(plain: str, text: str) -> Fraction:
    """Return the number of a text with nothing but digits and a point."""
    if not _PLAIN.fullmatch(plain):
        raise NotANumber(text=quote_value(text))
    number = Decimal(plain)
    if number and abs(number.adjusted()) > _MAX_DIGITS:
        raise TooLarge(text=quote_value(text))
    return Fraction(number)


def _could_be_both(plain: str, point: str) -> bool:
    if point == ",":
        return _COMMA_OR_THOUSAND.fullmatch(plain) is not None
    return _POINT_OR_THOUSAND.fullmatch(plain) is not None


def _mixed(parts: re.Match[str], text: str) -> Fraction:
    """Return a whole number and a part of one: 1 1/2."""
    part = Fraction(int(parts[2]), int(parts[3]))
    if part >= 1:
        raise NotANumber(text=quote_value(text))
    return int(parts[1] or 0) + part


def _with_point(plain: str, point: str) -> str:
    """Return a number without marks of thousands and with a point before its decimals."""
    if point == "," and _POINT_OR_THOUSAND.fullmatch(plain):
        plain = plain.replace(".", "")
    elif _COMMA_THOUSANDS.fullmatch(plain):
        plain = re.sub("[, ']", "", plain)
    elif _POINT_THOUSANDS.fullmatch(plain):
        plain = re.sub("[. ']", "", plain).replace(",", ".")
    elif _DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    return plain
