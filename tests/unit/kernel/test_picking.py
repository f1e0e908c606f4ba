"""What must not go out: past its use-by day, or set apart; and what is booked from a pool."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from depot.base.actors import Asking
from depot.base.errors import OnHold, PastUseBy
from depot.base.kinds import DateKind
from depot.kernel.draft import Draft
from depot.kernel.goods_lines import ignore_safety
from depot.kernel.holdings import Holding
from depot.kernel.lookups import FixedPlaces, ItemRow
from depot.kernel.picking import Pool, choose_lots, draft_moves, keep_free, let_go, refuse_unsafe
from depot.ledger.choice.booking import Booking, Pick, Stock
from depot.ledger.entries import Move, Place
from tests.unit.kernel.working import ADA, NOW, work_at

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


def past_its_day(lot: int, place: int = 1, *, on_hold: bool = False, quantity: int = 5) -> Holding:
    """Best before yesterday, and not a day longer."""
    on = TODAY - DAY
    stock = Stock(Place(place, "storage"), lot, 7, quantity, on, TODAY)
    return Holding(stock, "Rice", "piece", "best_before", on, "day0", on_hold)


def draft_of(occurred_at: Any = NOW, note: str = "") -> Draft:
    return Draft(work_at(occurred_at), "issue", note=note)


#: What happened so long ago can be asked about, and not be stopped any more.
AN_HOUR_AGO = NOW - timedelta(hours=1)


def told(draft: Draft) -> list[tuple[str, int | None, int | None, int | None, str]]:
    return [
        (one.kind, one.item_id, one.location_id, one.actual_quantity, one.detail)
        for one in draft.discrepancies
    ]


def taken(booking: Booking) -> tuple[list[tuple[int, int]], int]:
    return [(pick.stock.lot_id, pick.quantity) for pick in booking.picks], booking.shortfall


def attended(occurred_at: datetime = NOW, note: str = "") -> Draft:
    """A draft of somebody who is there to be asked."""
    actor = replace(ADA, asking=Asking())
    return Draft(work_at(occurred_at, actor), "issue", note=note)


def questions(draft: Draft) -> list[tuple[str, dict[str, Any]]]:
    return [(one.code, one.params) for one in draft.work.questions]


def test_why_goods_past_their_day_go_out_is_asked_of_a_person_who_gives_no_reason() -> None:
    late = past_its_day(6)
    unexplained = attended()
    let_go(unexplained, [FRESH, late])
    assert questions(unexplained) == [("past_its_day", {"item": "Rice", "date": TODAY - DAY})]
    for draft in (attended(note="looked at"), attended(AN_HOUR_AGO), draft_of()):
        let_go(draft, [FRESH, late])
        assert questions(draft) == []
    assert told(draft) == [("past_day_out", 7, 1, 5, "2026-11-26")]


def test_what_must_not_go_out_is_refused_with_any_reason() -> None:
    for held, refusal in ((PAST, PastUseBy), (HELD, OnHold)):
        with pytest.raises(refusal):
            let_go(draft_of(note="looked at"), [FRESH, held])


def test_what_went_out_already_is_booked_and_asked_about() -> None:
    draft = draft_of(AN_HOUR_AGO)
    let_go(draft, [FRESH, PAST, HELD, past_its_day(6)])
    assert told(draft) == [
        ("unsafe_out", 7, 1, 5, "2026-11-26"),
        ("unsafe_out", 7, 1, 5, ""),
        ("past_day_out", 7, 1, 5, "2026-11-26"),
    ]


def test_what_is_set_apart_is_asked_about_without_its_date() -> None:
    draft = draft_of(AN_HOUR_AGO)
    let_go(draft, [past_its_day(6, on_hold=True)])
    assert told(draft) == [("unsafe_out", 7, 1, 5, "")]


def test_a_pool_gives_nothing_twice() -> None:
    pool = Pool(draft_of(), [FRESH, UNDATED])
    assert taken(pool.book(7, 3)) == ([(1, 3)], 0)
    assert taken(pool.book(7, 6)) == ([(1, 2), (4, 4)], 0)
    assert taken(pool.book(7, 3)) == ([(4, 1)], 2)
    assert taken(pool.book(7, 1)) == ([], 1)


def test_a_pool_gives_of_the_item_place_and_lot_asked_for() -> None:
    elsewhere = Stock(Place(2, "storage"), 8, 7, 5, None, TODAY)
    other = Stock(Place(1, "storage"), 9, 70, 5, None, TODAY)
    held = [
        Holding(stock, "Rice", "piece", "none", None, "day0", is_apart=False)
        for stock in (elsewhere, other)
    ]
    pool = Pool(draft_of(), [UNDATED, *held])
    assert taken(pool.book(7, 9, at={2})) == ([(8, 5)], 4)
    assert taken(pool.book(70, 1, at=[1, 2])) == ([(9, 1)], 0)
    assert taken(pool.book(7, 2, lot_id=8)) == ([], 2)
    assert taken(pool.book(7, 2, lot_id=4)) == ([(4, 2)], 0)
    assert taken(pool.book(7, 9)) == ([(4, 3)], 6)


def test_a_pool_gives_what_is_past_its_day_last_and_asks() -> None:
    held = [past_its_day(6), FRESH]
    asking = attended()
    Pool(asking, held).book(7, 6)
    assert [code for code, _ in questions(asking)] == ["past_its_day"]
    draft = draft_of()
    pool = Pool(draft, held)
    assert taken(pool.book(7, 5)) == ([(1, 5)], 0)
    assert told(draft) == []
    assert taken(pool.book(7, 3)) == ([(6, 3)], 0)
    assert told(draft) == [("past_day_out", 7, 1, 3, "2026-11-26")]
    assert taken(pool.book(7, 3)) == ([(6, 2)], 1)
    assert taken(pool.book(7, 3)) == ([], 3)


def test_a_pool_gives_nothing_that_must_not_go_out() -> None:
    for held, refusal in ((PAST, PastUseBy), (HELD, OnHold)):
        with pytest.raises(refusal):
            Pool(draft_of(note="looked at"), [held]).book(7, 1)
    # set apart somewhere, while others were at hand: it is not what was taken
    assert taken(Pool(draft_of(), [FRESH, HELD]).book(7, 6)) == ([(1, 5)], 1)
    with pytest.raises(OnHold):
        Pool(draft_of(), [FRESH, HELD]).book(7, 6, at=[1])
    with pytest.raises(PastUseBy):
        Pool(draft_of(), [FRESH, PAST]).book(7, 6)


def test_what_went_out_already_was_most_likely_what_is_past_its_day_and_then_the_rest() -> None:
    draft = draft_of(AN_HOUR_AGO)
    booking = Pool(draft, [PAST, past_its_day(6), FRESH]).book(7, 12)
    assert taken(booking) == ([(1, 5), (6, 5), (3, 2)], 0)
    assert told(draft) == [
        ("past_day_out", 7, 1, 5, "2026-11-26"),
        ("unsafe_likely", 7, 1, 2, "2026-11-26"),
    ]
    alone = draft_of(AN_HOUR_AGO)
    assert taken(Pool(alone, [PAST]).book(7, 2, lot_id=3)) == ([(3, 2)], 0)
    assert told(alone) == [("unsafe_out", 7, 1, 2, "2026-11-26")]


ROOMS = FixedPlaces({"count_variance": Place(90, "count_variance")}, Place(1, "storage"))
RICE = ItemRow(7, "Rice", "rice", "piece", None, 1, "day0", is_loose=False)


def test_what_the_book_did_not_have_comes_from_the_count_variance_and_is_told() -> None:
    draft, target, shelf = draft_of(), Place(91, "recipient"), Place(1, "storage")
    booking = Booking((Pick(FRESH.stock, 5), Pick(UNDATED.stock, 2)), 3)
    draft_moves(draft, ROOMS, RICE, booking, target, shelf)
    draft_moves(draft, ROOMS, RICE, booking, target, None)
    once = [
        Move(7, 1, shelf, target, 5),
        Move(7, 4, shelf, target, 2),
        Move(7, 4, ROOMS["count_variance"], target, 3),
    ]
    assert draft.moves == [*once, *once]
    found = [(one.location_id, one.expected_quantity) for one in draft.discrepancies]
    assert found == [(1, 7), (None, 7)]
    assert told(draft)[0] == ("short_stock", 7, 1, 10, "")


def test_what_the_book_had_is_moved_and_nothing_is_told() -> None:
    draft, target = draft_of(), Place(91, "recipient")
    draft_moves(draft, ROOMS, RICE, Booking((Pick(FRESH.stock, 5),), 0), target, None)
    assert draft.moves == [Move(7, 1, FRESH.stock.place, target, 5)]
    assert draft.discrepancies == []


def test_what_is_written_off_is_taken_as_if_nothing_stood_against_it() -> None:
    free = ignore_safety(iter([PAST, HELD, past_its_day(6, on_hold=True), FRESH]))
    assert keep_free(free, TODAY) == free
    assert [one.stock for one in free[:2]] == [PAST.stock, HELD.stock]
    assert {(one.date_kind, one.date_on, one.is_apart) for one in free} == {("none", None, False)}
