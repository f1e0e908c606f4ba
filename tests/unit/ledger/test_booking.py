"""Choosing lots: the oldest date first, exactly as much as was asked for or is there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.ledger.choice.booking import METHODS, Stock, book_exact, book_fefo, book_fifo
from depot.ledger.entries import Place

MAY, JUNE = date(2027, 5, 31), date(2027, 6, 30)
DAYS = st.dates(date(2026, 1, 1), date(2028, 1, 1))


def stock(lot: int, quantity: int, until: date | None = None, since: date = MAY) -> Stock:
    return Stock(Place(lot, "storage"), lot, 1, quantity, until, since)


@st.composite
def stocks(draw: st.DrawFn) -> list[Stock]:
    lots = draw(st.lists(st.integers(1, 30), unique=True, max_size=8))
    return [
        stock(lot, draw(st.integers(0, 50)), draw(st.none() | DAYS), draw(DAYS)) for lot in lots
    ]


def taken(booking: Any) -> list[tuple[int, int]]:
    return [(pick.stock.lot_id, pick.quantity) for pick in booking.picks]


def test_what_goes_first_expires_first() -> None:
    held = [stock(1, 5, JUNE), stock(2, 5, MAY), stock(3, 5)]
    assert taken(book_fefo(held, 12)) == [(2, 5), (1, 5), (3, 2)]


def test_of_one_date_what_came_first_goes_first() -> None:
    held = [stock(1, 5, JUNE, MAY), stock(2, 5, JUNE, MAY - timedelta(days=1))]
    assert taken(book_fefo(held, 6)) == [(2, 5), (1, 1)]
    assert taken(book_fifo(held, 6)) == [(2, 5), (1, 1)]


def test_exactly_one_lot_and_no_other() -> None:
    held = [stock(1, 5), stock(2, 5)]
    booking = book_exact(held, 8, lot_id=2)
    assert taken(booking) == [(2, 5)]
    assert booking.shortfall == 3


@pytest.mark.parametrize("method", ["fefo", "fifo"])
def test_less_than_nothing_cannot_be_taken(method: str) -> None:
    with pytest.raises(ValueError, match="-1"):
        METHODS[method]([], -1)


@given(stocks(), st.integers(0, 500), st.sampled_from(("fefo", "fifo")))
def test_what_is_found_and_what_is_short_is_what_was_wanted(
    held: list[Stock], wanted: int, method: str
) -> None:
    booking = METHODS[method](held, wanted)
    assert sum(pick.quantity for pick in booking.picks) + booking.shortfall == wanted
    assert all(0 < pick.quantity <= pick.stock.quantity for pick in booking.picks)
    if booking.shortfall:
        assert wanted - booking.shortfall == sum(one.quantity for one in held)


@given(stocks(), st.integers(0, 500))
def test_nothing_younger_goes_while_something_older_is_left(held: list[Stock], wanted: int) -> None:
    booking = book_fefo(held, wanted)
    dates = [pick.stock.give_out_until or date.max for pick in booking.picks]
    assert dates == sorted(dates)
    emptied = {pick.stock.lot_id for pick in booking.picks[:-1]}
    left = [one for one in held if one.quantity and one.lot_id not in emptied]
    if booking.picks:
        last = booking.picks[-1].stock
        older = [one for one in left if (one.give_out_until or date.max) < dates[-1]]
        assert [one for one in older if one.lot_id != last.lot_id] == []


@given(stocks(), st.integers(0, 500), st.randoms())
def test_the_order_in_which_stock_is_listed_does_not_count(
    held: list[Stock], wanted: int, chance: Any
) -> None:
    shuffled = list(held)
    chance.shuffle(shuffled)
    assert book_fefo(held, wanted) == book_fefo(shuffled, wanted)
