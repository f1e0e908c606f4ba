"""The mirror of an entry: complete where it came from outside, as much as is left inside."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.base.actors import Actor, DepotView
from depot.ledger.entries import Move, balance_changes, flows
from depot.ledger.facts import Spot
from depot.ledger.undo import MissingGoods, follow_moves, may_undo, mirror_moves
from tests.unit.ledger.drawing import INSIDE, OUTSIDE, VARIANCE, entry, moves

SHELF, CRATE = INSIDE[0], INSIDE[1]
SUPPLIER = next(place for place in OUTSIDE if place.kind == "supplier")
NORTH = DepotView(1, "north", "North", "UTC", 1, "kg")
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)

drawn_moves = st.lists(moves(largest=20), max_size=6)
holdings = st.dictionaries(
    st.builds(Spot, st.sampled_from([place.id for place in INSIDE]), st.integers(1, 3)),
    st.integers(0, 60),
)


def test_what_is_there_goes_back() -> None:
    found = mirror_moves([Move(1, 1, SUPPLIER, SHELF, 5, 80)], {Spot(SHELF.id, 1): 9}, VARIANCE)
    assert found.moves == (Move(1, 1, SHELF, SUPPLIER, 5, 80),)
    assert found.missing == ()


def test_what_is_gone_comes_from_the_count_variance() -> None:
    found = mirror_moves([Move(1, 1, SUPPLIER, SHELF, 5, 80)], {Spot(SHELF.id, 1): 2}, VARIANCE)
    assert found.moves == (
        Move(1, 1, SHELF, SUPPLIER, 2),
        Move(1, 1, VARIANCE, SUPPLIER, 3),
    )
    assert found.missing == (MissingGoods(1, SHELF.id, 5, 2),)


def test_what_was_only_moved_stays() -> None:
    found = mirror_moves([Move(1, 1, SHELF, CRATE, 5)], {Spot(CRATE.id, 1): 2}, VARIANCE)
    assert found.moves == (Move(1, 1, CRATE, SHELF, 2),)
    assert found.missing == (MissingGoods(1, CRATE.id, 5, 2),)


def test_what_was_counted_as_more_is_less_again_as_far_as_it_goes() -> None:
    found = mirror_moves([Move(1, 1, VARIANCE, SHELF, 5)], {Spot(SHELF.id, 1): 2}, VARIANCE)
    assert found.moves == (Move(1, 1, SHELF, VARIANCE, 2),)


def test_what_went_from_place_to_place_goes_back_all_the_way() -> None:
    way = [Move(1, 1, SUPPLIER, SHELF, 5), Move(1, 1, SHELF, CRATE, 5)]
    found = mirror_moves(way, {Spot(CRATE.id, 1): 5}, VARIANCE)
    assert found.moves == (Move(1, 1, SHELF, SUPPLIER, 5), Move(1, 1, CRATE, SHELF, 5))


@given(drawn_moves, holdings)
def test_no_place_ends_below_nothing(drawn: list[Move], held: dict[Spot, int]) -> None:
    turned = mirror_moves(drawn, held, VARIANCE)
    for (location_id, lot_id, _), change in balance_changes(entry(turned.moves)).items():
        assert held.get(Spot(location_id, lot_id), 0) + change >= 0


@given(drawn_moves, holdings)
def test_every_flow_but_the_variance_is_undone_in_full(
    drawn: list[Move], held: dict[Spot, int]
) -> None:
    sums = Counter(flows(entry(drawn)))
    sums.update(flows(entry(mirror_moves(drawn, held, VARIANCE).moves)))
    assert {flow.flow for flow, left in sums.items() if left} <= {"variance"}


@given(drawn_moves)
def test_where_everything_is_there_the_stock_is_as_before(drawn: list[Move]) -> None:
    plenty = {Spot(place.id, lot): 10**6 for place in INSIDE for lot in (1, 2, 3)}
    turned = mirror_moves(drawn, plenty, VARIANCE)
    sums = Counter(balance_changes(entry(drawn)))
    sums.update(balance_changes(entry(turned.moves)))
    assert not any(sums.values())
    assert turned.missing == ()


@given(drawn_moves, holdings)
def test_what_is_missing_is_told(drawn: list[Move], held: dict[Spot, int]) -> None:
    turned = mirror_moves(drawn, held, VARIANCE)
    wanted = sum(move.quantity for move in drawn)
    missing = sum(lack.expected - lack.found for lack in turned.missing)
    filled = sum(move.quantity for move in turned.moves if move.source == VARIANCE)
    from_variance = sum(move.quantity for move in drawn if move.target == VARIANCE)
    assert sum(move.quantity for move in turned.moves) - (filled - from_variance) == (
        wanted - missing
    )


PLACES = {place.id: place for place in INSIDE}
changes_of = st.dictionaries(
    st.builds(Spot, st.sampled_from([place.id for place in INSIDE]), st.integers(1, 2)),
    st.integers(-60, 60).filter(bool),
)


def test_goods_are_taken_from_where_they_are_less() -> None:
    given = [Move(1, 1, SUPPLIER, SHELF, 5, 80)]
    found = follow_moves(1, given, {Spot(CRATE.id, 1): -5}, PLACES, VARIANCE)
    assert found.moves == (Move(1, 1, CRATE, SUPPLIER, 5, 80),)
    assert found.missing == ()


def test_what_is_nowhere_less_comes_from_the_count_variance() -> None:
    given = [Move(1, 1, SUPPLIER, SHELF, 5)]
    found = follow_moves(1, given, {Spot(CRATE.id, 1): -2}, PLACES, VARIANCE)
    assert found.moves == (Move(1, 1, CRATE, SUPPLIER, 2), Move(1, 1, VARIANCE, SUPPLIER, 3))
    assert found.missing == (MissingGoods(1, SHELF.id, 5, 2),)


def test_goods_moved_on_are_brought_back_from_there() -> None:
    wanted = {Spot(CRATE.id, 1): -5, Spot(SHELF.id, 1): 5}
    other = INSIDE[3]
    found = follow_moves(1, [Move(1, 1, SHELF, other, 5)], wanted, PLACES, VARIANCE)
    assert found.moves == (Move(1, 1, CRATE, SHELF, 5),)


@given(drawn_moves, changes_of)
def test_following_changes_the_stock_as_told_and_undoes_every_other_flow(
    drawn: list[Move], wanted: dict[Spot, int]
) -> None:
    own = [move for move in drawn if move.item_id == 1]
    turned = follow_moves(1, own, wanted, PLACES, VARIANCE)
    changed = balance_changes(entry(turned.moves))
    assert {Spot(place, lot): change for (place, lot, _), change in changed.items()} == wanted
    sums = Counter(flows(entry(own)))
    sums.update(flows(entry(turned.moves)))
    assert {flow.flow for flow, left in sums.items() if left} <= {"variance"}


BEN = Actor(NORTH, "volunteer", "Ben", person_id=2)
TILL = Actor(NORTH, "volunteer", "till", token_id=2)


@pytest.mark.parametrize(
    ("actor", "person_id", "token_id", "age", "may"),
    [
        (BEN, 2, None, timedelta(days=400), True),
        (BEN, 1, None, timedelta(hours=24), True),
        (BEN, 1, None, timedelta(hours=24, milliseconds=1), False),
        (BEN, None, None, timedelta(days=2), False),
        (BEN, None, 2, timedelta(days=2), False),
        (TILL, None, 2, timedelta(days=2), True),
        (TILL, 2, None, timedelta(days=2), False),
        (TILL, None, None, timedelta(days=2), False),
        (Actor(NORTH, "coordinator", "Ada", person_id=9), 1, None, timedelta(days=400), True),
    ],
)
def test_who_may_undo(
    actor: Actor, person_id: int | None, token_id: int | None, age: timedelta, may: bool
) -> None:
    assert may_undo(actor, person_id, token_id, NOW - age, NOW) is may
