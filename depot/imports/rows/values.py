"""Cells as people write them, read into exact values: names, quantities, units, weights.

Every function takes a cell's text and raises a named BadValue for what it cannot take; nothing
is guessed and nothing is rounded in silence, but to the milligram or, for loose goods, the gram.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from depot.base.names import clean_name
from depot.base.text import plain_letters
from depot.base.units import GRAM, MAX_QUANTITY, MILLILITRE, PIECE
from depot.imports.rows.numbers import (
    is_nothing,
    parse_number,
    plain_text,
    quote_value,
    understood_once,
)
from depot.imports.rows.packs import Pack, is_pack_without_count, read_pack
from depot.imports.sheets.problems import (
    AmbiguousNumber,
    HasControlCharacter,
    LooksLikeFormula,
    MissingValue,
    NotANumber,
    NotAWeight,
    NotPositive,
    NotWhole,
    NoWeightUnit,
    PackWeight,
    TooLarge,
    TooLong,
    UnknownPack,
    UnknownUnit,
)
from depot.imports.words.measures import MILLIGRAMS, MILLILITRES, PIECES

MAX_NAME: Final = 120
MAX_TEXT: Final = 2_000
#: No amount and no unit is longer; what is would cost more to look at than it can say.
_MOST_LETTERS: Final = 120
#: Nothing that is counted in pieces weighs more than ten tonnes each.
MAX_WEIGHT_MILLIGRAMS: Final = 10_000_000_000

_ABOUT: Final = re.compile(
    r"(?:(?:ca|circa|approx|approximately|about|around|etwa|rund|env|environ|aprox|unos|cerca de"
    r"|około|ok|ок|приблизно|прибл|близько|около|примерно|yaklaşık|yak|حوالي|تقريبا|حدود|تقریبا)"
    r"\b\.?|[~≈约]|大约)"
    r"\s*",
    re.IGNORECASE,
)
_NUMBER_AND_WORD: Final = re.compile(
    r"([+-]?[\d.,٫٬/\u2044' ]*\d[\d.,٫٬]*(?:e[+-]?\d+)?)\s*([^\W\d_].*)?", re.I
)
_WEIGHT_PART: Final = re.compile(r"([+-]?[\d.,٫][\d.,٫٬/\u2044' ]*(?<! ))\s*([^\W\d_]+|#)?\.?,?\s*")
_PACK_WEIGHT: Final = re.compile(r"\d+ ?[x*×] ?(\d[\d.,]* ?[^\W\d_]+)", re.IGNORECASE)
_COMMA_AND_THREE: Final = re.compile(r"[1-9]\d{0,2},\d{3}")
_IN_BRACKETS: Final = re.compile(r"[(\[]\s*([^\W\d_]+)\.?\s*[)\]]|\bin\s+([^\W\d_]+)$")
#: Invisible and harmless (soft hyphen, zero-width blank, byte order mark): left out.
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
#: Between letters of one word, to shape them; in names they are kept.
_JOINERS: Final = re.compile("[\u200c\u200d]")
#: Invisible and harmful: control characters, and those that turn the reading direction.
_HARMFUL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A whole number of `unit`: a base unit, or None where only a number was written.

    Weights and volumes are in grams and millilitres. `about` says that it was an estimate.
    """

    amount: int
    unit: str | None = None
    about: bool = False


def parse_text(text: str, limit: int = MAX_TEXT) -> str:
    """Return a free text trimmed, every run of blanks one blank; "" if there is none.

    Raises HasControlCharacter, TooLong.
    """
    if _HARMFUL.search(text):
        raise HasControlCharacter()
    clean = clean_name(_INVISIBLE.sub("", text))
    if len(clean) > limit:
        raise TooLong(text=quote_value(clean), limit=limit)
    return clean


def parse_name(text: str) -> str:
    """Return a name as `parse_text` does, of 1 to 120 characters.

    Raises also Missing and LooksLikeFormula: "=A1" is no name, and would be run where exported.
    """
    name = parse_text(text, MAX_NAME)
    if not name:
        raise MissingValue()
    if name.startswith("="):
        raise LooksLikeFormula(text=quote_value(name))
    return name


@understood_once
def parse_quantity(text: str, unit: str | None = None) -> Quantity | None:
    """Read "24", "1,200", "ca. 24", "24 tins", "2.5 kg" or "3 cases of 12"; None for a blank.

    A blank is not zero. `unit` is what another column or the header says of the unit. Pieces must
    be whole; a weight or volume is rounded to the gram or millilitre. Raises BadValue.
    """
    if is_nothing(text):
        return None
    plain, about = without_about(plain_text(text))
    found = _NUMBER_AND_WORD.fullmatch(plain) if len(plain) <= _MOST_LETTERS else None
    if not found:
        raise NotANumber(text=quote_value(text))
    word = (found[2] or "").strip().rstrip(".") or unit or ""
    number = parse_number(found[1])
    base, factor = find_unit(word)
    amount = number * factor
    if base in (GRAM, MILLILITRE):
        amount = Fraction(_rounded(amount))
    return Quantity(_checked(amount, text), base, about)


def without_about(plain: str) -> tuple[str, bool]:
    """Return what is left without a "ca." before it or a "?" behind it, and whether one stood."""
    said = _ABOUT.match(plain)
    if said:
        return plain[said.end() :], True
    return (plain[:-1], True) if plain.endswith(("?", "+")) else (plain, False)


def joined(text: str) -> str:
    """Return a text without the joiners within words: Persians write میلی‌لیتر with one, or not."""
    return _JOINERS.sub("", text)


def find_unit(word: str) -> tuple[str | None, Fraction]:
    """Return the base unit that `word` is counted in, and how many of it one is."""
    key = _key(word)
    if not key:
        return None, Fraction(1)
    if key in PIECES:
        return PIECE, Fraction(1)
    if key in MILLIGRAMS:
        return GRAM, MILLIGRAMS[key] / 1000
    if key in MILLILITRES:
        return MILLILITRE, MILLILITRES[key]
    return _other_unit(key, word)


def _key(word: str) -> str:
    """Return a unit as the tables have it: in plain letters, whatever keyboard wrote it."""
    return plain_letters(joined(plain_text(word))).strip().rstrip(".")


def _other_unit(key: str, word: str) -> tuple[str, Fraction]:
    """Return the base unit of a pack, or of a piece that is described: "15 oz can"."""
    if len(key) > _MOST_LETTERS:
        raise UnknownUnit(text=quote_value(word))
    if is_pack_without_count(key):
        raise UnknownPack(text=quote_value(word))
    pack = read_pack(key)
    if pack is not None:
        return _packed(pack)
    words = key.split()
    if words[-1] in PIECES and not is_pack_without_count(words[0]):
        return PIECE, Fraction(1)
    raise UnknownUnit(text=quote_value(word))


def _packed(pack: Pack) -> tuple[str, Fraction]:
    """Return what is counted in a pack: its pieces or, of loose goods, grams or millilitres."""
    count, inside = parse_number(pack.count), pack.inside.rstrip(".")
    if inside in MILLIGRAMS:
        return GRAM, count * MILLIGRAMS[inside] / 1000
    if inside in MILLILITRES:
        return MILLILITRE, count * MILLILITRES[inside]
    return PIECE, count


def _checked(amount: Fraction, text: str) -> int:
    if amount <= 0:
        raise NotPositive(text=quote_value(text))
    if amount > MAX_QUANTITY:
        raise TooLarge(text=quote_value(text))
    if amount.denominator != 1:
        raise NotWhole(text=quote_value(text))
    return int(amount)


def parse_unit(text: str) -> str | None:
    """Return the base unit (piece, gram, millilitre) that a unit's name is counted in.

    None for a blank. Raises UnknownUnit.
    """
    plain = plain_text(text)
    return None if is_nothing(plain) else find_unit(plain)[0]


def unit_in_header(header: str) -> str | None:
    """Return the unit that a header names, as in "Weight (g)" or "Gewicht in kg"; else None."""
    said = _IN_BRACKETS.search(plain_text(header))
    word = _key(said[1] or said[2]) if said else ""
    return word if word in MILLIGRAMS or word in MILLILITRES or word in PIECES else None


def parse_weight(text: str, unit: str | None = None) -> int | None:
    """Read "400 g", "1.5 kg", "14 oz" or "1 lb 8 oz" as milligrams; None for a blank.

    Computed exactly and rounded once, to the milligram, half up. `unit` is what the header says
    of a bare number. Raises BadValue.
    """
    if is_nothing(text):
        return None
    plain, _ = without_about(plain_text(text))
    if len(plain) > _MOST_LETTERS:
        raise NotAWeight(text=quote_value(text))
    if pack := _PACK_WEIGHT.fullmatch(plain):
        raise PackWeight(text=quote_value(text), one=pack[1])
    milligrams, at = Fraction(0), 0
    while at < len(plain):
        part = _WEIGHT_PART.match(plain, at)
        if not part:
            raise NotAWeight(text=quote_value(text))
        milligrams += _weight_number(part[1], text) * _weight_unit(part[2] or unit, text)
        at = part.end()
    rounded = _rounded(milligrams)
    if rounded <= 0:
        raise NotPositive(text=quote_value(text))
    if rounded > MAX_WEIGHT_MILLIGRAMS:
        raise TooLarge(text=quote_value(text))
    return rounded


def _weight_number(digits: str, text: str) -> Fraction:
    # 1,200 kg is 1.2 kg to one reader and 1200 kg to another; no other column can tell
    if _COMMA_AND_THREE.fullmatch(digits):
        raise AmbiguousNumber(text=quote_value(text))
    try:
        return parse_number(digits.rstrip(","))
    except NotANumber as error:
        raise NotAWeight(text=quote_value(text)) from error


def _weight_unit(word: str | None, text: str) -> Fraction:
    if not word:
        raise NoWeightUnit(text=quote_value(text))
    try:
        return MILLIGRAMS[_key(word)]
    except KeyError as error:
        raise NotAWeight(text=quote_value(text)) from error


def _rounded(number: Fraction) -> int:
    """Return the nearest whole number, halves upwards."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)
