"""What goods are worth: which rate counts, and whole minor units that add up."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.items.item_facts import ItemFacts
from depot.reports.sums.figures import Part
from depot.reports.sums.in_kind import (
    InKind,
    RatePer,
    ValuedLine,
    ValueRate,
    ValueTable,
    in_kind_as_json,
    in_kind_of,
    rate_of,
    table_as_json,
    table_of,
    value_of,
)
from depot.reports.sums.tally import Count, weigh_item
from depot.reports.sums.valued import value_items

DAY = date(2026, 11, 22)
ALL = ValueRate(193, "kg", date(2026, 1, 1), "study")
GREENS = ValueRate(250, "kg", date(2026, 1, 1), "study", category="Greens")
KALE = ValueRate(99, "piece", date(2026, 1, 1), "shop", item="Kale")


def test_its_own_rate_counts_before_its_categorys_before_that_of_all() -> None:
    rates = (ALL, GREENS, KALE)
    assert rate_of(rates, "Kale", "Greens", "piece", DAY) == KALE
    assert rate_of(rates, "Leek", "Greens", "piece", DAY) == GREENS
    assert rate_of(rates, "Soap", "Other", "gram", DAY) == ALL
    assert rate_of((GREENS,), "Soap", "Other", "gram", DAY) is None


def test_of_two_the_newest_that_is_valid_counts() -> None:
    newer = ValueRate(200, "kg", DAY, "study 2")
    later = ValueRate(300, "kg", DAY + timedelta(days=1), "study 3")
    assert rate_of((ALL, newer, later), "Kale", "Greens", "gram", DAY) == newer
    assert rate_of((newer,), "Kale", "Greens", "gram", DAY - timedelta(days=1)) is None


def test_a_rate_a_piece_says_nothing_of_what_is_weighed() -> None:
    assert rate_of((KALE, ALL), "Kale", "Greens", "gram", DAY) == ALL


@pytest.mark.parametrize(
    ("per", "quantity", "grams", "worth"),
    [
        ("kg", 1, 1000, 193),
        ("kg", 1, 2, 0),
        ("kg", 1, 3, 1),  # 0.579
        ("lb", 1, 454, 193),
        ("lb", 1, 453_592, 193_000),
        ("piece", 7, None, 1351),
        ("kg", 7, None, None),
    ],
)
def test_money_is_whole_minor_units(
    per: RatePer, quantity: int, grams: int | None, worth: int | None
) -> None:
    assert value_of(ValueRate(193, per, DAY, "study"), quantity, grams) == worth


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_value_is_the_nearest_to_the_exact_one(grams: int, minor: int) -> None:
    exact = Fraction(grams) * minor / Fraction(45359237, 100000)
    found = value_of(ValueRate(minor, "lb", DAY, "study"), 1, grams)
    assert found is not None
    assert abs(found - exact) <= Fraction(1, 2)


def _item(name: str, unit: str = "gram") -> ItemFacts:
    return ItemFacts(1, name, unit, None, "Greens", 1, None)


def test_gifts_are_valued_and_what_was_bought_is_not() -> None:
    parts = {
        Part("sourced", "donation"): 3000,
        Part("sourced", "purchase"): 9000,
        Part("handed_out", event_id=4): -2000,
    }
    weighed = weigh_item(_item("Kale"), Count(0, 10_000, parts))
    bare = weigh_item(_item("Gifts", "piece"), Count(0, 5, {Part("sourced", "donation"): 5}))
    found = value_items(ValueTable("USD", (ALL,)), [weighed, bare], DAY)
    assert found == InKind("USD", (ValuedLine("Greens", 579, 386),), 1, (ALL,))
    assert (found.given, found.handed_out) == (579, 386)


def test_what_is_frozen_is_read_back() -> None:
    table = ValueTable("USD", (ALL, GREENS, KALE))
    assert table_of(table_as_json(table)) == table
    found = InKind("USD", (ValuedLine("Greens", 579, 386),), 1, (ALL, KALE))
    assert in_kind_of(in_kind_as_json(found)) == found
