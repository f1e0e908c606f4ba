"""Facts told in the order of their times: what lies where, what is invented, what counts find."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from depot.ledger.correcting import free_then, shift_between
from depot.ledger.facts import Act, Counted, CountedLot, Fact, Order, Rank, Spot, Unknown
from depot.ledger.retelling import Teller, Told

SHELF, CRATE = 1, 2
RANKS = {lot: Rank(date(2027, lot, 1), date(2026, 11, 1), lot) for lot in (1, 2, 3)}
START = datetime(2026, 11, 1, tzinfo=UTC)


def retell(facts: Iterable[Fact], ranks: Mapping[int, Rank]) -> Told:
    return Teller(ranks).tell(facts).told()


def at(day: int, seq: int = 1) -> Order:
    return Order(START + timedelta(days=day), seq)


def came(day: int, quantity: int, place: int = SHELF, lot: int = 1, seq: int = 1) -> Act:
    return Act(at(day, seq), lot, None, place, quantity)


def went(day: int, quantity: int, place: int = SHELF, lot: int = 1, seq: int = 1) -> Act:
    return Act(at(day, seq), lot, place, None, quantity)


def counted(day: int, quantity: int, place: int = SHELF, spare: int | None = 1) -> Counted:
    return Counted(at(day), place, (CountedLot(None, quantity, spare),))


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    order = at(draw(st.integers(1, 9)), draw(st.integers(1, 10**6)))
    quantity, lot = draw(st.integers(1, 9)), draw(st.integers(1, 3))
    inside = st.sampled_from((SHELF, CRATE))
    match draw(st.sampled_from(("in", "out", "move", "undone", "unknown", "count"))):
        case "in":
            return Act(order, lot, None, draw(inside), quantity)
        case "out":
            return Act(order, lot, draw(inside), None, quantity)
        case "move":
            return Act(order, lot, SHELF, CRATE, quantity)
        case "undone":
            return Act(order, lot, CRATE, SHELF, quantity, is_undone=True)
        case "unknown":
            return Unknown(order, lot, draw(st.none() | inside), quantity, None)
        case _:
            line = CountedLot(draw(st.none() | st.just(lot)), quantity - 1, lot)
            return Counted(order, draw(inside), (line,))


told = st.lists(facts(), max_size=12, unique_by=lambda fact: fact.order)


@given(told, told, st.sets(st.integers(0, 11)))
def test_what_both_tellings_begin_with_is_told_once_and_makes_no_difference(
    drawn: list[Fact], late: list[Fact], gone: set[int]
) -> None:
    orders = {fact.order for fact in drawn}
    kept = [fact for number, fact in enumerate(drawn) if number not in gone]
    after = [*kept, *(fact for fact in late if fact.order not in orders)]
    from_the_start = [replace(fact) for fact in after]
    assert shift_between(drawn, after, RANKS) == shift_between(drawn, from_the_start, RANKS)


@given(told)
def test_nothing_is_ever_less_than_nothing_and_everything_adds_up(drawn: list[Fact]) -> None:
    found = retell(drawn, RANKS)
    assert all(quantity > 0 for quantity in found.stock.values())
    inward = sum(one.quantity for one in drawn if isinstance(one, Act) and one.source_id is None)
    outward = sum(
        one.quantity for one in drawn if isinstance(one, Act) and one.target_id is None
    ) + sum(one.quantity for one in drawn if isinstance(one, Unknown) and one.target_id is None)
    invented, differences = sum(found.invented.values()), sum(found.differences.values())
    assert sum(found.stock.values()) == inward - outward + invented + differences


@given(told, st.integers(0, 20))
def test_what_was_counted_last_is_there(drawn: list[Fact], quantity: int) -> None:
    found = retell([*drawn, counted(20, quantity)], RANKS)
    here = sum(n for spot, n in found.stock.items() if spot.location_id == SHELF)
    assert here == quantity


@given(told, st.integers(1, 9))
def test_what_is_free_leaves_without_making_anything_short(drawn: list[Fact], day: int) -> None:
    was = sum(retell(drawn, RANKS).invented.values())
    for spot, quantity in free_then(drawn, RANKS, at(day, 10**7)).items():
        taken = Act(at(day, 10**7), spot.lot_id, spot.location_id, None, quantity)
        assert sum(retell([*drawn, taken], RANKS).invented.values()) <= was


@given(told)
def test_a_fact_told_and_untold_shifts_the_stock_there_and_back(drawn: list[Fact]) -> None:
    more = [*drawn, came(5, 3, seq=10**7)]
    there, back = shift_between(drawn, more, RANKS), shift_between(more, drawn, RANKS)
    assert there.stock == {spot: -change for spot, change in back.stock.items()}


def test_a_slip_from_before_a_count_changes_its_difference_alone() -> None:
    before: list[Fact] = [came(1, 5), counted(3, 12)]
    shift = shift_between(before, [*before, came(2, 7, seq=2)], RANKS)
    assert shift.stock == {}
    assert [(one.before, one.after) for one in shift.counts] == [(7, 0)]


def test_goods_are_taken_from_where_they_were_moved_to() -> None:
    before = [came(1, 9), Act(at(3), 1, SHELF, CRATE, 9)]
    shift = shift_between(before, [*before, went(2, 4, seq=2)], RANKS)
    assert shift.stock == {Spot(CRATE, 1): -4}


def test_what_came_earlier_and_was_written_later_explains_what_was_missing() -> None:
    before = [Unknown(at(3), 1, None, 5, frozenset({SHELF}))]
    shift = shift_between(before, [*before, came(2, 8, lot=2, seq=2)], RANKS)
    assert shift.stock == {Spot(SHELF, 2): 3}
    assert shift.explained == {1}
    elsewhere = shift_between(before, [*before, came(2, 8, CRATE, lot=2, seq=2)], RANKS)
    assert (elsewhere.stock, elsewhere.explained) == ({Spot(CRATE, 2): 8}, frozenset())


def test_what_left_the_target_of_an_undone_move_came_through_it() -> None:
    moved = Act(at(2), 1, SHELF, CRATE, 9, is_undone=True)
    found = retell([came(1, 9), moved, went(3, 5, CRATE)], RANKS)
    assert (found.stock, found.invented) == ({Spot(SHELF, 1): 4}, {})


def test_moves_undone_to_and_fro_end_somewhere() -> None:
    there = Act(at(2), 1, SHELF, CRATE, 9, is_undone=True)
    back = Act(at(3), 1, CRATE, SHELF, 9, is_undone=True)
    found = retell([came(1, 4), there, back, went(4, 9, CRATE)], RANKS)
    assert (found.stock, sum(found.invented.values())) == ({}, 5)


def test_a_count_ends_what_is_followed_from_and_to_its_own_place_alone() -> None:
    """What was moved to the shelf and undone leaves the shelf: it is sought where it came from."""
    room = 3
    undone = Act(at(2, 2), 1, CRATE, SHELF, 4, is_undone=True)
    book = [came(1, 4, CRATE), undone]

    def left_over(place: int | None) -> dict[Spot, int]:
        counts = [] if place is None else [counted(3, 4 if place == CRATE else 0, place)]
        return retell([*book, *counts, went(5, 4, seq=5)], RANKS).stock

    assert left_over(None) == {}
    assert left_over(room) == {}, "another place's count cuts nothing between these two"
    assert left_over(SHELF) == {Spot(CRATE, 1): 4}
    assert left_over(CRATE) == {Spot(CRATE, 1): 4}
