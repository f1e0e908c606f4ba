"""Short goods are shared in proportion to people served, in whole numbers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.partners.fair_share import (
    Ask,
    OpenAsk,
    fair_share,
    people_a_year,
    share_requests,
)

DAY = date(2026, 11, 28)
_AMOUNTS = st.integers(0, 60) | st.integers(0, 10**9)
_ASKS = st.lists(st.tuples(_AMOUNTS, st.integers(0, 5) | st.integers(0, 10**6)), max_size=8).map(
    lambda rows: [Ask(number, *row) for number, row in enumerate(rows, start=1)]
)


@given(_AMOUNTS, _ASKS)
def test_never_more_than_free_never_more_than_asked_and_the_sum_is_right(
    free: int, asks: list[Ask]
) -> None:
    shares = fair_share(free, asks)
    assert all(0 <= shares[ask.partner_id] <= ask.asked for ask in asks)
    assert sum(shares.values()) == min(free, sum(ask.asked for ask in asks))


@given(_AMOUNTS, _ASKS)
def test_who_serves_more_and_asks_for_no_less_gets_no_less(free: int, asks: list[Ask]) -> None:
    shares = fair_share(free, asks)
    for one in asks:
        for other in asks:
            if one.people > other.people and one.asked >= other.asked:
                assert shares[one.partner_id] >= shares[other.partner_id]


@given(_AMOUNTS, _ASKS, st.data())
def test_who_serves_more_than_before_gets_no_less(
    free: int, asks: list[Ask], data: st.DataObject
) -> None:
    if not asks:
        return
    before = data.draw(st.sampled_from(asks))
    grown = Ask(before.partner_id, before.asked, before.people + data.draw(st.integers(1, 10**6)))
    after = [grown if ask is before else ask for ask in asks]
    number = before.partner_id
    assert fair_share(free, after)[number] >= fair_share(free, asks)[number]


@given(_AMOUNTS, _ASKS)
def test_nobody_is_a_whole_unit_from_their_part(free: int, asks: list[Ask]) -> None:
    shares = fair_share(free, asks)
    short = [ask for ask in asks if shares[ask.partner_id] < ask.asked]
    for one in short:
        for other in short:
            mine = Fraction(shares[one.partner_id], max(one.people, 1))
            theirs = Fraction(shares[other.partner_id] - 1, max(other.people, 1))
            assert theirs < mine + Fraction(1, max(one.people, 1))


@given(_AMOUNTS, _ASKS)
def test_the_order_of_asking_changes_nothing(free: int, asks: list[Ask]) -> None:
    assert fair_share(free, asks) == fair_share(free, asks[::-1])


def test_what_one_does_not_need_goes_to_the_others() -> None:
    asks = [Ask(1, 100, 300), Ask(2, 5, 100), Ask(3, 100, 100)]
    assert fair_share(60, asks) == {1: 41, 2: 5, 3: 14}


def test_a_unit_that_cannot_be_divided_goes_to_who_is_owed_most_of_it() -> None:
    assert fair_share(10, [Ask(1, 9, 2), Ask(2, 9, 1)]) == {1: 7, 2: 3}
    assert fair_share(1, [Ask(1, 9, 1), Ask(2, 9, 1)]) == {1: 1, 2: 0}


def test_who_said_nothing_counts_as_one_person() -> None:
    assert fair_share(10, [Ask(1, 10, 0), Ask(2, 10, 0)]) == {1: 5, 2: 5}


def test_an_agency_asks_once() -> None:
    with pytest.raises(ValueError, match="once"):
        fair_share(1, [Ask(1, 1, 1), Ask(1, 1, 1)])


def test_a_week_and_a_month_can_be_compared() -> None:
    assert people_a_year(12, "week") == people_a_year(52, "month")


def test_two_requests_of_one_agency_are_one_part() -> None:
    later = date(2026, 12, 5)
    asks = [OpenAsk(1, 7, later, 8), OpenAsk(2, 7, DAY, 4), OpenAsk(3, 8, DAY, 10)]
    assert share_requests(10, asks, {7: 50, 8: 50}) == {2: 4, 1: 1, 3: 5}
