"""Units: the base units stock is counted in, and exact weights.

Quantities are integers in the item's base unit. An item knows how many milligrams one base unit
weighs (1,000 for a gram by definition), so a weight is one multiplication and one division of
integers and no float is ever near stock.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

PIECE: Final = "piece"
GRAM: Final = "gram"
MILLILITRE: Final = "millilitre"
BASE_UNITS: Final = (PIECE, GRAM, MILLILITRE)

MILLIGRAMS_PER_GRAM: Final = 1000
#: One international avoirdupois pound is 453.59237 g exactly (agreement of 1959).
MILLIGRAMS_PER_POUND: Final = Decimal("453592.37")
#: No line of a document may be larger, in base units (a thousand tonnes in grams).
MAX_QUANTITY: Final = 1_000_000_000
#: No move may be larger; lines of one document that are alike are added up to one move.
MAX_MOVE: Final = 1_000_000_000_000
#: No document may have more lines.
MAX_LINES: Final = 200
#: What a bare number of what is measured is written in: 1,000 of it are one litre.
MILLILITRES_PER_LITRE: Final = 1000


@dataclass(frozen=True, slots=True)
class Measure:
    """So many base units, as a parameter of an error: the edge writes it for who reads."""

    quantity: int
    unit: str


@dataclass(frozen=True, slots=True)
class Temperature:
    """So many tenths of a degree Celsius, as a parameter of an error, as a Measure is."""

    tenths: int


def tenths_of_fahrenheit(degrees: Decimal) -> int:
    """Return the tenths of a degree Celsius that are nearest to degrees Fahrenheit."""
    return round((Fraction(degrees) - 32) * 50 / 9)


def fahrenheit_of(tenths: int) -> Decimal:
    """Return what a thermometer in Fahrenheit showed: the roundest number that means these tenths.

    Tenths of a degree Celsius are coarser than tenths Fahrenheit: 38 °F is kept as 3.3 °C, and
    that reads 38 °F again and not 37.9.
    """
    exact = Decimal(tenths) * 18 / 100 + 32
    for step in (Decimal(1), Decimal("0.5")):
        near = (exact / step).to_integral_value() * step
        if tenths_of_fahrenheit(near) == tenths:
            return near
    return exact.quantize(Decimal("0.1"))


def weight_grams(quantity: int, unit_weight_milligrams: int | None) -> int | None:
    """Return the weight in grams of `quantity` base units, rounded half away from zero.

    None if the weight of one unit is not known. `quantity` may be negative (a flow undone).
    """
    if unit_weight_milligrams is None:
        return None
    milligrams = abs(quantity) * unit_weight_milligrams
    grams = (milligrams + MILLIGRAMS_PER_GRAM // 2) // MILLIGRAMS_PER_GRAM
    return grams if quantity >= 0 else -grams


def known_unit_weight(base_unit: str, stated_milligrams: int | None) -> int | None:
    """Return what one base unit weighs in milligrams: a gram weighs a gram, others as stated."""
    return MILLIGRAMS_PER_GRAM if base_unit == GRAM else stated_milligrams
