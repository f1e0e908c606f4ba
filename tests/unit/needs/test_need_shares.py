"""Short, enough or too much: the arithmetic, with examples and with any numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.needs.shares import (
    ENOUGH,
    SHORT,
    TOO_MUCH,
    UNKNOWN,
    Supply,
    days_left,
    judge_supply,
    thousandths,
    wanted_shares,
)

GRAMS = st.integers(0, 10**12)
SHARE = st.fractions(0, 1, max_denominator=1000)
ORDER = {SHORT: 0, ENOUGH: 1, TOO_MUCH: 2}


@pytest.mark.parametrize(
    ("stock", "handed_out", "wanted", "verdict", "reason"),
    [
        # beans are 15 % of the stock and 10 % of what people get: just enough at exactly 3/2
        (150, 100, Fraction(10, 100), ENOUGH, "balanced"),
        (151, 100, Fraction(10, 100), TOO_MUCH, "much"),
        # 6 days at this rate
        (50, 700, Fraction(5, 100), SHORT, "runs_out"),
        # a small share that lasts a month
        (30, 90, Fraction(10, 100), SHORT, "little"),
        # a small share that lasts for ever: nobody needs more
        (30, 10, Fraction(10, 100), ENOUGH, "balanced"),
        # a large share that is gone in eleven days, and one that is not
        (400, 3000, Fraction(10, 100), ENOUGH, "balanced"),
        (400, 2400, Fraction(10, 100), TOO_MUCH, "much"),
        (0, 0, Fraction(10, 100), SHORT, "little"),
        (500, 0, Fraction(0), UNKNOWN, "no_figures"),
    ],
)
def test_the_verdict_follows_share_and_rate(
    stock: int, handed_out: int, wanted: Fraction, verdict: str, reason: str
) -> None:
    found = judge_supply(Supply(stock, handed_out, wanted), 1000)
    assert (found.verdict, found.reason) == (verdict, reason)


def test_below_the_minimum_is_short_whatever_else() -> None:
    found = judge_supply(Supply(900, 1, Fraction(1, 100), is_below_minimum=True), 1000)
    assert (found.verdict, found.reason) == (SHORT, "minimum")


@given(GRAMS, GRAMS, st.integers(7, 84))
def test_days_left_is_the_last_whole_day_the_stock_covers(
    stock: int, handed_out: int, days: int
) -> None:
    left = days_left(stock, handed_out, days)
    if left is None:
        assert handed_out == 0
    else:
        assert left * handed_out <= stock * days < (left + 1) * handed_out


@given(GRAMS, GRAMS, GRAMS, SHARE, st.integers(1, 10**9))
def test_more_stock_of_it_never_makes_it_shorter(
    stock: int, others: int, handed_out: int, wanted: Fraction, more: int
) -> None:
    before = judge_supply(Supply(stock, handed_out, wanted), stock + others).verdict
    after = judge_supply(Supply(stock + more, handed_out, wanted), stock + more + others).verdict
    if UNKNOWN in (before, after):
        assert before == after == UNKNOWN
    else:
        assert ORDER[before] <= ORDER[after]


@given(GRAMS, GRAMS, GRAMS, SHARE, st.integers(1, 10**9))
def test_handing_out_more_of_it_never_makes_it_too_much(
    stock: int, others: int, handed_out: int, wanted: Fraction, more: int
) -> None:
    before = judge_supply(Supply(stock, handed_out, wanted), stock + others).verdict
    after = judge_supply(Supply(stock, handed_out + more, wanted), stock + others).verdict
    assert after != TOO_MUCH or before == TOO_MUCH or handed_out == 0


@given(GRAMS, GRAMS, GRAMS, SHARE, st.integers(1, 1000))
def test_the_scale_does_not_matter(
    stock: int, others: int, handed_out: int, wanted: Fraction, times: int
) -> None:
    small = judge_supply(Supply(stock, handed_out, wanted), stock + others)
    large = judge_supply(
        Supply(stock * times, handed_out * times, wanted), (stock + others) * times
    )
    assert small == large


@given(
    st.dictionaries(st.integers(1, 9), st.integers(-1000, 10**9)),
    st.dictionaries(st.integers(1, 9), st.integers(0, 1000)),
)
def test_wanted_shares_never_exceed_the_whole_and_targets_are_kept(
    handed_out: dict[int, int], targets: dict[int, int]
) -> None:
    shares = wanted_shares(handed_out, targets)
    assert all(share >= 0 for share in shares.values())
    assert all(shares[key] == Fraction(target, 1000) for key, target in targets.items())
    if sum(targets.values()) <= 1000:
        assert sum(shares.values()) <= 1
        if any(grams > 0 for key, grams in handed_out.items() if key not in targets):
            assert sum(shares.values()) == 1


@given(SHARE)
def test_thousandths_are_rounded_to_the_nearest(share: Fraction) -> None:
    assert abs(thousandths(share) - 1000 * share) <= Fraction(1, 2)
