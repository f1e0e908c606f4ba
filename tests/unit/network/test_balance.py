"""What was sent is with the receiver, broken, missing, on the road or back: always all of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.base.errors import LedgerBroken
from depot.base.kinds import TransferState
from depot.network.balance import (
    Balance,
    Came,
    SentGoods,
    Taken,
    balance_of,
    share_among,
    state_of,
    take_arrival,
)


@pytest.mark.parametrize(
    ("came", "taken"),
    [
        (Came(10, 0), Taken(10, 0, 0)),
        (Came(7, 2), Taken(7, 2, 0)),
        (Came(12, 0), Taken(10, 0, 2)),
        # the broken are of what was sent, so of the good ones two are more
        (Came(10, 2), Taken(8, 2, 2)),
        (Came(0, 15), Taken(0, 10, 0)),
        (Came(0, 0), Taken(0, 0, 0)),
    ],
)
def test_what_came_is_of_the_line_or_more_than_was_sent(came: Came, taken: Taken) -> None:
    assert take_arrival(SentGoods(1, 10), came) == taken


def test_what_came_of_an_item_fills_its_lines_in_order() -> None:
    lines = [SentGoods(1, 10, arrived=4), SentGoods(2, 5)]
    assert share_among(lines, Came(8, 1)) == {1: Came(5, 1), 2: Came(3, 0)}
    assert share_among(lines, Came(14, 0)) == {1: Came(6, 0), 2: Came(8, 0)}


@pytest.mark.parametrize(
    ("lines", "is_complete", "state"),
    [
        ([SentGoods(1, 5)], False, "sent"),
        ([SentGoods(1, 5, 2)], False, "arriving"),
        ([SentGoods(1, 5, 0, 2)], False, "arriving"),
        ([SentGoods(1, 5, 3, 2)], False, "arrived"),
        ([SentGoods(1, 5, 2)], True, "arrived"),
    ],
)
def test_how_far_it_is(lines: list[SentGoods], is_complete: bool, state: TransferState) -> None:
    assert state_of(lines, is_complete=is_complete) == state


LINES = st.lists(
    st.tuples(st.integers(1, 99), st.integers(0, 99), st.integers(0, 99)).map(
        lambda n: SentGoods(1, n[0] + n[1] + n[2], n[1], n[2])
    ),
    max_size=5,
)


@given(LINES, st.sampled_from(["sent", "arriving", "arrived", "undone"]))
def test_all_of_it_is_accounted_for(lines: list[SentGoods], state: TransferState) -> None:
    found = balance_of(state, lines)
    kept = (found.with_receiver, found.damaged, found.in_transit, found.missing, found.back)
    assert sum(kept) == found.sent == sum(line.quantity for line in lines)


def test_more_than_was_sent_is_a_bug_and_named() -> None:
    assert balance_of("sent", [SentGoods(1, 5)]) == Balance(5, 0, 0, 5, 0, 0)
    with pytest.raises(LedgerBroken):
        balance_of("arriving", [SentGoods(1, 5, 4, 2)])
