"""The rule of what may go out and the choice of lots, against an oracle that shares no code."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from depot.base.dates import LIFE_UNITS
from depot.base.kinds import DateKind
from depot.ledger.choice.booking import Stock, book_fefo
from depot.ledger.choice.safety import may_go_out
from depot.ledger.entries import Place
from tests.rule_oracle import Pile, answer, first_out, last_day

#: Ends of months, of years and of Februaries, and a day in the midst.
DAYS = [
    date(2024, 2, 29), date(2027, 1, 31), date(2027, 2, 28), date(2027, 5, 21), date(2027, 12, 31),
]  # fmt: skip
EXTENSIONS = [f"{unit}{amount}" for unit in LIFE_UNITS for amount in (0, 1, 3, 13)]


def test_the_rule_is_what_its_words_say_on_each_day_around_each_end() -> None:
    differ = []
    for kind in get_args(DateKind):
        for on in DAYS if kind != "none" else (None,):
            for extension in EXTENSIONS:
                for day in _days_around(kind, on, extension):
                    for is_held in (False, True):
                        told = may_go_out(kind, on, day, extension, is_held=is_held)
                        said = answer(kind, on, day, extension, is_held)
                        is_free = said in ("yes", "noted")
                        if (told.answer, told.is_free) != (said, is_free):
                            differ.append((kind, on, extension, day, is_held, told, said))
    assert differ == []


def _days_around(kind: DateKind, on: date | None, extension: str) -> list[date]:
    """The date and the last day, and the days before and after each."""
    ends = [on, last_day(kind, on, extension)] if on else [DAYS[0]]
    return [end + timedelta(days=away) for end in ends for away in (-1, 0, 1)]


@st.composite
def piles(draw: st.DrawFn) -> list[Pile]:
    """Up to five piles, with few dates and lots, so that they are often alike."""
    spots = draw(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4)), unique=True, max_size=5))
    days = st.sampled_from(DAYS)
    lots = {lot: (draw(st.none() | days), draw(days)) for _place, lot in spots}
    return [Pile(place, lot, draw(st.integers(0, 4)), *lots[lot]) for place, lot in spots]


@given(piles(), st.integers(0, 25))
def test_lots_are_chosen_as_the_best_of_all_orders_has_them(some: list[Pile], wanted: int) -> None:
    stocks = [
        Stock(Place(one.place, "storage"), one.lot, 1, one.quantity, one.until, one.came)
        for one in some
    ]
    booking = book_fefo(stocks, wanted)
    taken = [(stock.place.id, stock.lot_id, quantity) for stock, quantity in booking.picks]
    assert taken == first_out(some, wanted)
