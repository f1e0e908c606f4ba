"""What no entry may be, whatever command made it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from depot.base.errors import LedgerBroken
from depot.base.units import MAX_MOVE
from depot.ledger.entries import Entry, Move, Place, Placement
from depot.ledger.invariants import check_invariants
from tests.unit.ledger.drawing import INSIDE, NOON, OUTSIDE, entries, entry

SHELF, CRATE, SUPPLIER = INSIDE[0], INSIDE[1], OUTSIDE[0]
NAIVE = NOON.replace(tzinfo=None)
NO_KIND: Any = "cupboard"


def moved(source: Place, target: Place, quantity: int = 5) -> Entry:
    return entry([Move(1, 1, source, target, quantity)])


@given(entries())
def test_an_entry_that_says_something_is_one(drawn: Entry) -> None:
    placed = tuple(put for put in drawn.placements if put.crate_id != put.to_id)
    moves = (*drawn.moves, Move(1, 1, SHELF, CRATE, 1))
    check_invariants(replace(drawn, moves=moves, placements=placed))


def test_the_largest_move_is_one() -> None:
    check_invariants(moved(SHELF, CRATE, MAX_MOVE))


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (replace(moved(SHELF, CRATE), recorded_at=NAIVE), "without time zone"),
        (replace(moved(SHELF, CRATE), occurred_at=NAIVE), "without time zone"),
        (moved(SHELF, SHELF), "to itself"),
        (moved(SHELF, CRATE, 0), "0"),
        (moved(SHELF, CRATE, -1), "-1"),
        (moved(SHELF, CRATE, MAX_MOVE + 1), str(MAX_MOVE + 1)),
        (moved(SHELF, Place(40, NO_KIND)), "cupboard"),
        (entry(placements=(Placement(3, None, 3),)), "placed in itself"),
        (replace(moved(SHELF, SUPPLIER), kind="reversal"), "go together"),
        (replace(moved(SHELF, SUPPLIER), reverses_id=3), "go together"),
    ],
)
def test_what_is_none_is_refused_and_says_why(broken: Entry, words: str) -> None:
    with pytest.raises(LedgerBroken, match=words):
        check_invariants(broken)
