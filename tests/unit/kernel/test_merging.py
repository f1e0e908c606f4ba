"""Lines of one document that are alike are one line of the book, with all that they weighed."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from depot.kernel.draft import merge_moves
from depot.ledger.entries import Move
from tests.unit.ledger.drawing import INSIDE, OUTSIDE, moves

SHELF, CRATE, SUPPLIER = INSIDE[0], INSIDE[1], OUTSIDE[0]


def weighed(quantity: int, grams: int | None) -> Move:
    return Move(1, 1, SUPPLIER, SHELF, quantity, grams)


def test_two_weighed_lines_weigh_what_both_did() -> None:
    (merged,) = merge_moves([weighed(3, 1_200), weighed(4, 1_700)])
    assert (merged.quantity, merged.weighed_grams) == (7, 2_900)


def test_what_nobody_weighed_stays_apart_from_what_was_weighed() -> None:
    merged = merge_moves([weighed(3, None), weighed(4, 1_700), weighed(5, None)])
    assert [(move.quantity, move.weighed_grams) for move in merged] == [(8, None), (4, 1_700)]


def test_another_way_is_another_line() -> None:
    there, back = Move(1, 1, SHELF, CRATE, 5), Move(1, 1, CRATE, SHELF, 5)
    assert merge_moves([there, back]) == (there, back)


@given(st.lists(moves()))
def test_nothing_is_lost_or_made_by_adding_up(drawn: list[Move]) -> None:
    def sums(of: list[Move] | tuple[Move, ...]) -> list[Counter[tuple[object, ...]]]:
        quantities: Counter[tuple[object, ...]] = Counter()
        grams: Counter[tuple[object, ...]] = Counter()
        for move in of:
            way = (move.item_id, move.lot_id, move.source, move.target, move.weighed_grams is None)
            quantities[way] += move.quantity
            grams[way] += move.weighed_grams or 0
        return [quantities, grams]

    merged = merge_moves(drawn)
    assert sums(merged) == sums(drawn)
    assert len(merged) == len(sums(drawn)[0])
    assert merge_moves(merged) == merged
