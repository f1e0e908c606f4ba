"""Weights as figures to read: kilograms or pounds, with as many decimals as they need."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from depot.base.units import MILLIGRAMS_PER_GRAM, MILLIGRAMS_PER_POUND

GRAMS_PER_KILOGRAM: Final = 1000


def large_unit(grams: int, unit: str, decimals: int) -> Decimal:
    """Return a weight in `unit` (kg or lb), rounded half away from zero to `decimals`."""
    milligrams = Decimal(grams * MILLIGRAMS_PER_GRAM)
    per_unit = MILLIGRAMS_PER_POUND if unit == "lb" else GRAMS_PER_KILOGRAM * MILLIGRAMS_PER_GRAM
    rounded = (milligrams / per_unit).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return rounded or abs(rounded)  # a little less than nothing is 0.0, not -0.0


def decimals_needed(weights: Iterable[int], unit: str) -> int:
    """Return how many decimals show all `weights` (grams) so that what adds up also reads so.

    Kilograms are exact with three at most. A pound is not a round number of grams: one decimal.
    """
    if unit == "lb":
        return 1
    needed = 0
    for grams in weights:
        if grams % 10:
            return 3
        needed = max(needed, 2 if grams % 100 else 1 if grams % GRAMS_PER_KILOGRAM else 0)
    return needed
