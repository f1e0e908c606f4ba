"""Rounded figures add up as printed, and none is a step away from the exact one."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from depot.words.figures import weight_list
from depot.words.reader import ENGLISH
from depot.words.weights import (
    large_unit,
    round_half_away,
    round_list,
    round_table,
    table_that_adds_up,
    weights_that_add_up,
)

AMOUNTS = st.one_of(st.just(0), st.integers(-(10**9), 10**9))
STEPS = st.sampled_from((1, 3, 10, 100, 45_359_237))
TABLES = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(AMOUNTS, min_size=width, max_size=width), max_size=6)
)


@given(st.lists(AMOUNTS, max_size=30), STEPS)
def test_a_list_adds_up_to_its_rounded_sum(amounts: list[int], step: int) -> None:
    rounded = round_list(amounts, step)
    assert sum(rounded) == round_half_away(sum(amounts), step)
    for exact, shown in zip(amounts, rounded, strict=True):
        assert abs(exact - shown * step) < step


@given(st.lists(AMOUNTS, max_size=30), STEPS, st.integers(-5, 5))
def test_a_list_is_told_to_its_own_total_or_each_for_itself(
    amounts: list[int], step: int, off: int
) -> None:
    total = round_half_away(sum(amounts), step) + off
    rounded = round_list(amounts, step, total)
    alone = [round_half_away(amount, step) for amount in amounts]
    assert sum(rounded) == total or rounded == alone
    for exact, shown in zip(amounts, rounded, strict=True):
        assert abs(exact - shown * step) < step


def test_the_largest_remainder_gains_and_of_equal_ones_the_first() -> None:
    assert round_list([14, 14, 12], 10) == [2, 1, 1]
    assert round_list([19, 11, 10], 10) == [2, 1, 1]
    assert round_list([15, 15], 10) == [2, 1]


@given(TABLES, STEPS)
def test_a_table_adds_up_across_and_down(rows: list[list[int]], step: int) -> None:
    rounded = round_table(rows, step)
    pairs = [*zip(rows, rounded, strict=True)]
    pairs += [
        (list(exact), list(shown))
        for exact, shown in zip(zip(*rows, strict=True), zip(*rounded, strict=True), strict=True)
    ]
    for exact, shown in pairs:
        assert abs(sum(exact) - step * sum(shown)) < step
        for one, other in zip(exact, shown, strict=True):
            assert abs(one - other * step) < step
            assert one % step or one == other * step


@given(st.lists(st.lists(AMOUNTS, min_size=4, max_size=4), max_size=6), STEPS)
def test_what_is_nothing_along_a_row_stays_nothing(rows: list[list[int]], step: int) -> None:
    rounded = round_table([[*row, -sum(row)] for row in rows], step)
    assert [sum(row) for row in rounded] == [0] * len(rows)


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=12), st.sampled_from(("kg", "lb", "t")))
def test_weights_add_up_in_every_unit(grams: list[int], unit: str) -> None:
    told = weights_that_add_up(grams, unit, 2)
    if unit != "t":
        assert sum(told) == large_unit(sum(grams), unit, 2)
    table = table_that_adds_up([grams, grams], unit, 1)
    assert all(isinstance(one, Decimal) for row in table for one in row)


def test_a_written_list_adds_up_and_shows_nothing_as_nothing_alone() -> None:
    assert weight_list([1260, 1260, 1260], "kg", ENGLISH) == (
        ["1.3 kg", "1.3 kg", "1.2 kg"],
        "3.8 kg",
    )
    assert weight_list([40, 5000, 0], "kg", ENGLISH) == (["0.04 kg", "5 kg", "0 kg"], "5.04 kg")
    assert weight_list([300, 160], "kg", ENGLISH) == (["300 g", "160 g"], "460 g")
    assert weight_list([453, 453], "lb", ENGLISH) == (["1 lb", "1 lb"], "2 lb")
