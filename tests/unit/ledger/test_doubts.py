"""What is far from anything before: the limits, at their edges and as properties."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.base.units import BASE_UNITS, GRAM, MILLILITRE, PIECE
from depot.ledger.doubts import rules
from depot.ledger.doubts.rules import Doubt, read_detail

KILO = 1000
TONNE = 1000 * KILO
TODAY = date(2026, 11, 21)
UNITS = st.sampled_from(BASE_UNITS)
AMOUNTS = st.integers(1, 10**12)
MOST = st.none() | st.integers(1, 10**12)


@pytest.mark.parametrize(
    ("quantity", "unit", "most", "sort"),
    [
        (12_500 * KILO, GRAM, 40 * KILO, "amount"),
        (12_500 * KILO, GRAM, None, "amount"),
        (12_500, GRAM, 40 * KILO, None),
        (400 * KILO, GRAM, 40 * KILO, None),
        (401 * KILO, GRAM, 40 * KILO, "amount"),
        (250 * KILO, GRAM, 1, None),
        (5 * TONNE, GRAM, None, None),
        (1_000, PIECE, 6, None),
        (1_001, PIECE, 6, "amount"),
        (20_000, PIECE, None, None),
        (20_001, PIECE, None, "amount"),
        (4_006_381, PIECE, 400, "product_code"),
        (4_006_381_333_931, PIECE, None, "product_code"),
        (1_000_000 * KILO, GRAM, 40 * KILO, "product_code"),
        (251_000, MILLILITRE, 10_000, "amount"),
    ],
)
def test_an_amount_is_doubted_far_beyond_the_most_before(
    quantity: int, unit: str, most: int | None, sort: str | None
) -> None:
    assert rules.doubt_amount(quantity, unit, most) == sort


@given(AMOUNTS, UNITS, MOST, st.integers(1, 10**9))
def test_more_is_never_less_doubtful(quantity: int, unit: str, most: int | None, more: int) -> None:
    if rules.doubt_amount(quantity, unit, most):
        assert rules.doubt_amount(quantity + more, unit, most)


@given(AMOUNTS, UNITS, st.integers(1, 10**12), st.integers(0, 10**9))
def test_a_larger_history_never_makes_an_amount_doubtful(
    quantity: int, unit: str, most: int, more: int
) -> None:
    if not rules.doubt_amount(quantity, unit, most):
        assert not rules.doubt_amount(quantity, unit, most + more)


@given(AMOUNTS, UNITS)
def test_what_came_once_is_not_doubted_when_it_comes_again(quantity: int, unit: str) -> None:
    for again in (quantity // 2, quantity, quantity * rules.TIMES):
        assert not rules.doubt_amount(again, unit, quantity)


@given(AMOUNTS, UNITS, MOST)
def test_the_smallest_pantry_gets_a_pallet_without_a_question(
    quantity: int, unit: str, most: int | None
) -> None:
    if quantity <= rules.NEVER_DOUBTED[unit]:
        assert not rules.doubt_amount(quantity, unit, most)


@pytest.mark.parametrize(
    ("milligrams", "unit", "known", "is_likely"),
    [
        (400_000, PIECE, None, True),
        (400_000_000, PIECE, None, False),
        (999, PIECE, None, False),
        (25_000_000, PIECE, None, True),
        (4_100_000, PIECE, 400_000, False),
        (4_000_000, PIECE, 400_000, True),
        (39_000, PIECE, 400_000, False),
        (1_030, MILLILITRE, None, True),
        (1_030_000, MILLILITRE, None, False),
    ],
)
def test_what_one_weighs_is_likely_within_bounds(
    milligrams: int, unit: str, known: int | None, is_likely: bool
) -> None:
    assert rules.is_likely_unit_weight(milligrams, unit, known) is is_likely


@pytest.mark.parametrize(
    ("kind", "on", "extension", "sort"),
    [
        ("none", None, 0, None),
        ("use_by", date(2056, 5, 21), 0, "far_date"),
        ("best_before", date(2062, 12, 31), 0, "far_date"),
        ("best_before", date(2031, 12, 31), 0, None),
        ("use_by", TODAY, 0, None),
        ("use_by", TODAY - timedelta(days=1), 0, "past_date"),
        ("best_before", TODAY - timedelta(days=30), 0, None),
        ("best_before", date(2016, 12, 31), 180, "past_date"),
        ("best_before", date(2025, 8, 1), 180, None),
    ],
)
def test_a_day_on_a_package_is_doubted_far_off_or_past(
    kind: str, on: date | None, extension: int, sort: str | None
) -> None:
    assert rules.doubt_date(kind, on, TODAY, f"day{extension}") == sort


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from(["use_by", "best_before"]))
def test_a_day_is_never_both_far_off_and_past(on: date, kind: str) -> None:
    sort = rules.doubt_date(kind, on, TODAY, "day0")
    assert sort is None or (sort == "far_date") == (on > TODAY)


def test_what_happened_half_a_year_before_is_long_ago() -> None:
    assert not rules.is_long_ago(TODAY - timedelta(days=183), TODAY)
    assert rules.is_long_ago(TODAY - timedelta(days=184), TODAY)
    assert rules.is_long_ago(TODAY.replace(year=2025), TODAY)


@pytest.mark.parametrize(
    ("households", "most", "is_doubted"),
    [
        (200, 1, False),
        (201, 50, True),
        (480, 120, False),
        (481, 120, True),
        (2_000, None, False),
        (2_001, None, True),
    ],
)
def test_households_are_doubted_far_beyond_any_hand_out_before(
    households: int, most: int | None, is_doubted: bool
) -> None:
    assert rules.doubt_households(households, most) is is_doubted


def test_one_household_has_no_ninety_thousand_people() -> None:
    assert rules.doubt_people(1, 90_000)
    assert rules.doubt_people(1, 21)
    assert not rules.doubt_people(1, 20)
    assert not rules.doubt_people(90, 360)


@given(st.sampled_from(rules.DOUBT_SORTS), st.text().map(str.strip))
def test_a_doubt_is_read_back_from_how_it_is_kept(sort: rules.DoubtSort, text: str) -> None:
    assert read_detail(Doubt(sort=sort, name="", text=text).detail) == (sort, text)
