"""What one fact more or less changes, and the lines that bring the stock of now in line."""

from __future__ import annotations

from depot.ledger.correcting import CountShift, Shift, Shortfall, correct, free_then, shift_between
from depot.ledger.entries import Move, Place
from depot.ledger.facts import Fact, Spot
from tests.unit.ledger.test_retelling import CRATE, RANKS, SHELF, at, came, counted, went

PLACES = {number: Place(number, "storage") for number in (1, 2, 3)}
VARIANCE = Place(9, "count_variance")


def line(lot: int, source: Place, target: Place, quantity: int) -> Move:
    return Move(7, lot, source, target, quantity, is_correction=True)


def corrected(changes: dict[Spot, int]) -> list[Move]:
    return list(correct(7, changes, PLACES, VARIANCE))


def test_a_correction_goes_from_place_to_place_as_far_as_both_are_of_one_lot() -> None:
    assert corrected({Spot(1, 1): -5, Spot(2, 1): 3}) == [
        line(1, PLACES[1], PLACES[2], 3),
        line(1, PLACES[1], VARIANCE, 2),
    ]
    assert corrected({Spot(1, 1): -2, Spot(2, 1): 3, Spot(3, 1): 4}) == [
        line(1, PLACES[1], PLACES[2], 2),
        line(1, VARIANCE, PLACES[2], 1),
        line(1, VARIANCE, PLACES[3], 4),
    ]


def test_a_correction_takes_each_lot_for_itself_and_nothing_for_nothing() -> None:
    assert corrected({Spot(1, 2): 4, Spot(1, 1): -4, Spot(2, 1): 0}) == [
        line(1, PLACES[1], VARIANCE, 4),
        line(2, VARIANCE, PLACES[1], 4),
    ]
    assert corrected({Spot(1, 1): -3, Spot(2, 1): -3, Spot(3, 1): 6}) == [
        line(1, PLACES[1], PLACES[3], 3),
        line(1, PLACES[2], PLACES[3], 3),
    ]
    assert corrected({Spot(1, 1): -1, Spot(2, 1): 1}) == [line(1, PLACES[1], PLACES[2], 1)]
    assert corrected({}) == []


def test_a_slip_from_before_two_counts_shifts_the_first_alone() -> None:
    counts = [counted(4, 10), counted(8, 7)]
    told = shift_between([came(1, 9), *counts], [came(1, 9), came(2, 4, seq=2), *counts], RANKS)
    assert told == Shift({}, (CountShift(SHELF, 1, -3),), (), frozenset())
    assert told.of_counts == -4


def test_a_count_that_is_new_or_gone_is_no_shift_of_another() -> None:
    book = [came(1, 9)]
    told = shift_between(book, [*book, counted(4, 10)], RANKS)
    assert (dict(told.stock), told.counts) == ({Spot(SHELF, 1): 1}, ())
    told = shift_between([*book, counted(4, 10)], book, RANKS)
    assert (dict(told.stock), told.counts, told.of_counts) == ({Spot(SHELF, 1): -1}, (), 0)


def test_what_is_short_since_is_told_by_place_and_what_is_explained_by_entry() -> None:
    book = [came(1, 9), went(5, 6, seq=2), went(6, 3, seq=3)]
    told = shift_between(book, [*book, went(4, 5, seq=4)], RANKS)
    assert told.short == (Shortfall(SHELF, 9, 4),)
    assert told.explained == frozenset()
    lacking = [went(5, 6, seq=2), went(5, 4, CRATE, seq=3)]
    told = shift_between(lacking, [*lacking, came(4, 6, seq=4)], RANKS)
    assert (told.short, told.explained) == ((), frozenset({2}))
    assert dict(told.stock) == {}


def test_what_was_short_before_and_is_as_short_now_is_not_told_again() -> None:
    lacking = [went(5, 6, seq=2)]
    assert shift_between(lacking, [*lacking, came(7, 6, CRATE, seq=4)], RANKS).short == ()
    told = shift_between([came(1, 2), *lacking], lacking, RANKS)
    assert told.short == (Shortfall(SHELF, 6, 0),)


def test_free_at_a_moment_is_what_did_not_leave_since() -> None:
    facts: list[Fact] = [came(1, 9), came(2, 4, CRATE, seq=2), went(5, 6, seq=3)]
    assert free_then(facts, RANKS, at(3)) == {Spot(SHELF, 1): 3, Spot(CRATE, 1): 4}
    assert free_then(facts, RANKS, at(3), exactly=True) == {Spot(SHELF, 1): 9, Spot(CRATE, 1): 4}
    assert free_then(facts, RANKS, at(9)) == {Spot(SHELF, 1): 3, Spot(CRATE, 1): 4}
    assert free_then(facts, RANKS, at(1, 1)) == {Spot(SHELF, 1): 3}
    # what happened at that very moment and is written later leaves what lay there first
    then: list[Fact] = [came(1, 9), went(3, 4, seq=3)]
    assert free_then(then, RANKS, at(3, 2)) == {Spot(SHELF, 1): 5}
    gone: list[Fact] = [came(1, 9), went(5, 9, seq=3)]
    assert free_then(gone, RANKS, at(3)) == {}
