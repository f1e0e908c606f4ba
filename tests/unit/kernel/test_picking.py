"""What must not go out: past its use-by day, or set apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from depot.base.errors import OnHold, PastUseBy
from depot.base.kinds import DateKind
from depot.kernel.holdings import Holding
from depot.kernel.picking import choose_lots, keep_free, refuse_unsafe
from depot.ledger.choice.booking import Stock
from depot.ledger.entries import Place

TODAY = date(2026, 11, 27)
DAY = timedelta(days=1)


def holding(lot: int, use_by: date | None = None, *, on_hold: bool = False) -> Holding:
    stock = Stock(Place(1, "storage"), lot, 7, 5, use_by, TODAY)
    kind: DateKind = "use_by" if use_by else "none"
    return Holding(stock, "Rice", "piece", kind, use_by, "day0", on_hold)


FRESH, LAST_DAY, PAST = holding(1, TODAY + DAY), holding(2, TODAY), holding(3, TODAY - DAY)
UNDATED, HELD = holding(4), holding(5, on_hold=True)


def test_what_is_safe_goes_out_to_its_last_day() -> None:
    assert keep_free([FRESH, LAST_DAY, PAST, UNDATED, HELD], TODAY) == [FRESH, LAST_DAY, UNDATED]


def test_what_is_unsafe_is_named() -> None:
    refuse_unsafe([FRESH, LAST_DAY, UNDATED], TODAY)
    with pytest.raises(PastUseBy) as past:
        refuse_unsafe([FRESH, PAST, HELD], TODAY)
    assert past.value.params == {"item": "Rice", "date": TODAY - DAY}
    with pytest.raises(OnHold) as held:
        refuse_unsafe([UNDATED, HELD, PAST], TODAY)
    assert held.value.params == {"item": "Rice"}


def test_a_lot_that_is_named_is_taken_and_no_other() -> None:
    assert [pick.stock.lot_id for pick in choose_lots([FRESH, UNDATED], 7).picks] == [1, 4]
    named = choose_lots([FRESH, UNDATED], 7, lot_id=4)
    assert ([(pick.stock.lot_id, pick.quantity) for pick in named.picks], named.shortfall) == (
        [(4, 5)],
        2,
    )
