"""The arithmetic of an entry: nothing appears or vanishes without a name."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from depot.ledger.entries import (
    FLOW_OF_OUTSIDE,
    Flow,
    Move,
    Place,
    balance_changes,
    flows,
    net_changes,
)
from tests.unit.ledger.drawing import INSIDE, OUTSIDE, entries, entry, moves

SHELF, CRATE = INSIDE[0], INSIDE[1]
OUT = {place.kind: place for place in OUTSIDE}


def one(source: Place, target: Place, quantity: int) -> Move:
    return Move(1, 1, source, target, quantity)


def test_what_comes_in_is_sourced_by_its_kind() -> None:
    receipt = entry([one(OUT["supplier"], SHELF, 24)], source_kind="rescue")
    assert flows(receipt) == {Flow(1, "sourced", "rescue", 0): 24}
    assert balance_changes(receipt) == {(SHELF.id, 1, 1): 24}
    assert net_changes(receipt) == {1: 24}


def test_ten_handed_out_of_eight_are_ten_handed_out_and_eight_less() -> None:
    issue = entry(
        [one(SHELF, OUT["recipient"], 8), one(OUT["count_variance"], OUT["recipient"], 2)],
        kind="issue",
        event_id=5,
    )
    assert flows(issue) == {Flow(1, "handed_out", "", 5): -10, Flow(1, "variance", "", 0): 2}
    assert net_changes(issue) == {1: -8}


def test_what_is_moved_inside_is_no_flow() -> None:
    moved = entry([one(SHELF, CRATE, 5)], kind="transfer")
    assert flows(moved) == {}
    assert balance_changes(moved) == {(SHELF.id, 1, 1): -5, (CRATE.id, 1, 1): 5}


def test_what_is_lost_has_a_reason() -> None:
    lost = entry([one(SHELF, OUT["loss"], 3)], kind="write_off", reason="expired")
    assert flows(lost) == {Flow(1, "lost", "expired", 0): -3}


def test_an_event_is_only_named_for_what_is_handed_out() -> None:
    returned = entry([one(OUT["production"], SHELF, 3)], event_id=5)
    assert flows(returned) == {Flow(1, "produced", "", 0): 3}


@given(st.lists(moves()))
def test_the_stock_changes_by_what_crosses_the_wall(drawn: list[Move]) -> None:
    """Balances, nets and flows are three views of one thing."""
    drawn_entry = entry(drawn)
    by_item: Counter[int] = Counter()
    for (_, _, item_id), change in balance_changes(drawn_entry).items():
        by_item[item_id] += change
    assert {item: net for item, net in by_item.items() if net} == net_changes(drawn_entry)
    by_flow: Counter[int] = Counter()
    for flow, quantity in flows(drawn_entry).items():
        by_flow[flow.item_id] += quantity
    assert {item: net for item, net in by_flow.items() if net} == net_changes(drawn_entry)


@given(st.lists(moves()))
def test_every_lot_sums_to_nothing_over_all_places(drawn: list[Move]) -> None:
    sums: Counter[int] = Counter()
    for (_, lot_id, _), change in balance_changes(entry(drawn)).items():
        sums[lot_id] += change
    for move in drawn:
        sums[move.lot_id] += move.quantity * (
            (not move.target.is_physical) - (not move.source.is_physical)
        )
    assert not any(sums.values())


@given(st.lists(moves()))
def test_the_order_of_lines_does_not_count(drawn: list[Move]) -> None:
    turned = drawn[::-1]
    assert balance_changes(entry(drawn)) == balance_changes(entry(turned))
    assert flows(entry(drawn)) == flows(entry(turned))


@given(entries())
def test_flows_have_names_the_report_knows(drawn: object) -> None:
    assert {flow.flow for flow in flows(drawn)} <= set(FLOW_OF_OUTSIDE.values())  # type: ignore[arg-type]
