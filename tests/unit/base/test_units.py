"""Weights from quantities: whole numbers, rounded the same way up and down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.base.units import known_unit_weight, weight_grams


@pytest.mark.parametrize(
    ("quantity", "milligrams", "grams"),
    [(1, 500, 1), (1, 499, 0), (3, 500, 2), (-1, 500, -1), (-1, 499, 0), (-3, 500, -2)],
)
def test_half_a_gram_is_rounded_away_from_zero(quantity: int, milligrams: int, grams: int) -> None:
    assert weight_grams(quantity, milligrams) == grams


@given(st.integers(0, 10**12), st.integers(0, 10**9))
def test_what_is_undone_weighs_what_it_weighed(quantity: int, milligrams: int) -> None:
    weighed = weight_grams(quantity, milligrams)
    assert weighed is not None
    assert weight_grams(-quantity, milligrams) == -weighed


def test_an_unknown_weight_stays_unknown() -> None:
    assert weight_grams(5, None) is None


def test_a_gram_weighs_a_gram_whatever_is_said() -> None:
    assert [known_unit_weight("gram", stated) for stated in (None, 5)] == [1000, 1000]
    assert [known_unit_weight("piece", stated) for stated in (None, 5)] == [None, 5]
