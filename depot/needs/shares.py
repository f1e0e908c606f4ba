"""Short, enough or too much: stock share against wanted share, and how long the stock lasts. Pure.

A depot is short of what makes up much less of its stock than of what people get, and of what runs
out soon. It has too much of what makes up much more of its stock than of what people get, unless
it will be gone soon all the same. Shares are exact fractions of whole grams; no float is near them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

#: What was handed out in so many days before today says what people get, and how fast.
WINDOW_DAYS: Final = 84
#: A younger depot is measured over the days it has, but over no fewer than these.
FEWEST_DAYS: Final = 7
SHORT: Final = "short"
ENOUGH: Final = "enough"
TOO_MUCH: Final = "too_much"
#: Nothing says what people get of it: no target, and none was handed out.
UNKNOWN: Final = "unknown"
VERDICTS: Final = (SHORT, ENOUGH, TOO_MUCH)

#: Stock that lasts fewer days is short, whatever its share.
RUNS_OUT_DAYS: Final = 7
#: Stock that lasts so many days is not short, however small its share.
LASTS_DAYS: Final = 56
#: Stock that is gone before so many days is not too much, however large its share.
SOON_GONE_DAYS: Final = 14
#: Less than two thirds of the wanted share is little, more than three halves of it is much.
LITTLE: Final = Fraction(2, 3)
MUCH: Final = Fraction(3, 2)


@dataclass(frozen=True, slots=True)
class Supply:
    """What is known of one category or item; `wanted` is the share it should have, 0 to 1."""

    stock_grams: int
    handed_out_grams: int
    wanted: Fraction
    is_below_minimum: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict and its reason: minimum, runs_out, little, much, balanced or no_figures."""

    verdict: str
    reason: str
    stock_share: Fraction
    days_left: int | None


def judge_supply(supply: Supply, all_stock_grams: int, days: int = WINDOW_DAYS) -> Verdict:
    """Return the verdict on `supply`, given all the stock, and hand-outs over `days` days."""
    share = _part(supply.stock_grams, all_stock_grams)
    left = days_left(supply.stock_grams, supply.handed_out_grams, days)
    verdict, reason = _verdict(supply, share, left)
    return Verdict(verdict, reason, share, left)


def _verdict(supply: Supply, share: Fraction, left: int | None) -> tuple[str, str]:
    if supply.is_below_minimum:
        return SHORT, "minimum"
    if not supply.wanted:
        return UNKNOWN, "no_figures"
    if left is not None and left < RUNS_OUT_DAYS:
        return SHORT, "runs_out"
    if share < LITTLE * supply.wanted and (left is None or left < LASTS_DAYS):
        return SHORT, "little"
    if share > MUCH * supply.wanted and (left is None or left >= SOON_GONE_DAYS):
        return TOO_MUCH, "much"
    return ENOUGH, "balanced"


def days_left(stock_grams: int, handed_out_grams: int, days: int) -> int | None:
    """Return for how many whole days the stock lasts; None if none of it is handed out."""
    if handed_out_grams <= 0:
        return None
    return max(stock_grams, 0) * days // handed_out_grams


def wanted_shares(
    handed_out_grams: Mapping[int, int], targets: Mapping[int, int]
) -> dict[int, Fraction]:
    """Return the share each category should have of the stock; together at most one.

    A category with a target (in thousandths) has that; what the targets leave is divided among the
    others as what was handed out of them was.
    """
    rest = max(Fraction(1000 - sum(targets.values()), 1000), Fraction(0))
    given = {key: max(grams, 0) for key, grams in handed_out_grams.items() if key not in targets}
    whole = sum(given.values())
    shares = {key: rest * _part(grams, whole) for key, grams in given.items()}
    return shares | {key: Fraction(target, 1000) for key, target in targets.items()}


def thousandths(share: Fraction) -> int:
    """Return a share in whole thousandths, rounded half up, as it is shown."""
    return (2000 * share.numerator + share.denominator) // (2 * share.denominator)


def positive_sum(numbers: Iterable[int]) -> int:
    """Return the sum of what is above nothing: a balance below it is no stock."""
    return sum(number for number in numbers if number > 0)


def _part(part: int, whole: int) -> Fraction:
    return Fraction(max(part, 0), whole) if whole > 0 else Fraction(0)
