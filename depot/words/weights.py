"""Weights as figures to read: kilograms, pounds or tonnes, with as many decimals as they need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from depot.base.units import MILLIGRAMS_PER_GRAM, MILLIGRAMS_PER_POUND
from depot.words.rounding import round_list, round_table

GRAMS_PER_KILOGRAM: Final = 1000
#: Parts of a gram in which a pound is a whole number too: hundredths of a milligram.
_FINE: Final = 100_000
_STEPS: Final = {
    "g": _FINE,
    "kg": _FINE * GRAMS_PER_KILOGRAM,
    "lb": int(MILLIGRAMS_PER_POUND * 100),
    "t": _FINE * GRAMS_PER_KILOGRAM**2,
}
#: No weight needs more to be told from nothing.
_MOST_DECIMALS: Final = 3


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


def weights_that_add_up(
    grams: Sequence[int], unit: str, decimals: int, total: Decimal | None = None
) -> list[Decimal]:
    """Return weights in `unit`, rounded so that they add up to their rounded sum, or to `total`."""
    wanted = None if total is None else int(total.scaleb(decimals))
    steps = round_list([_fine(one, decimals) for one in grams], _STEPS[unit], wanted)
    return [Decimal(number).scaleb(-decimals) for number in steps]


def table_that_adds_up(
    rows: Sequence[Sequence[int]], unit: str, decimals: int
) -> list[list[Decimal]]:
    """Return a table of weights in `unit` whose rows and columns add up as they are rounded."""
    fine = [[_fine(one, decimals) for one in row] for row in rows]
    steps = round_table(fine, _STEPS[unit])
    return [[Decimal(number).scaleb(-decimals) for number in row] for row in steps]


def decimals_to_tell(grams: Sequence[int], unit: str) -> int:
    """Return how many decimals show weights that add up, none of them as nothing: mostly one."""
    for decimals in range(1, _MOST_DECIMALS):
        told = weights_that_add_up(grams, unit, decimals)
        if all(shown or not exact for shown, exact in zip(told, grams, strict=True)):
            return decimals
    return _MOST_DECIMALS


def _fine(grams: int, decimals: int) -> int:
    return int(grams * _FINE * 10**decimals)
