"""What is written down at both ends when goods arrive: how much, and what is missing or more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, insert

from depot.base.kinds import TransferState
from depot.kernel.draft import EXPLAINED, Draft
from depot.kernel.lookups import ItemRow
from depot.kernel.network.ends import sent_line, settle_differences
from depot.kernel.once import Work
from depot.models import Discrepancy, TransferArrival
from depot.network.balance import SentGoods, Taken
from depot.network.envelopes import End, Line, load_lines, note_entry, other_end_id, set_state
from depot.network.matching import find_matches, match_key


def tell_differences(
    draft: Draft,
    end: End,
    state: TransferState,
    lines: Sequence[Line],
    items: Mapping[int, ItemRow],
    taken: Mapping[int, Taken],
) -> None:
    """Have both depots look at what is missing or more; what was missing and came is explained."""
    work, theirs = draft.work, other_end_id(draft.work, end)
    _settle(work, end, theirs)
    own: defaultdict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    sender: defaultdict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    their_items = _items_of(work, end, theirs)
    lacking = [line.packed for line in lines if line.sent.outstanding and line.item_id is None]
    known = find_matches(work, end.source, lacking) if state == "arrived" else {}
    for line in lines:
        surplus = taken.get(line.sent.line, Taken(0, 0, 0)).surplus
        missing = line.sent.outstanding if state == "arrived" else 0
        if not surplus and not missing:
            continue
        item = items.get(line.sent.line) or known.get(match_key(line.packed))
        for sums, item_id in (
            (own, item.id if item else line.item_id),
            (sender, their_items.get(line.sent.line)),
        ):
            sums[item_id][0] += line.sent.quantity
            sums[item_id][1] += line.sent.quantity - missing + surplus
    for item_id, (expected, actual) in own.items():
        draft.discrepancy(
            "transfer_difference",
            item_id=item_id,
            expected=expected,
            actual=actual,
            detail=str(end.id),
        )
    if theirs is not None and sender:
        _tell_sender(work, end, theirs, sender)


def _tell_sender(
    work: Work, end: End, theirs: int, sums: Mapping[int | None, Sequence[int]]
) -> None:
    """Have the other depot look at how much was sent and how much came, by its own items."""
    work.session.execute(
        insert(Discrepancy),
        [
            {
                "depot_id": end.other_id,
                "kind": "transfer_difference",
                "item_id": item_id,
                "expected_quantity": expected,
                "actual_quantity": actual,
                "detail": str(theirs),
                "opened_at": work.recorded_at,
            }
            for item_id, (expected, actual) in sums.items()
        ],
    )


def _settle(work: Work, end: End, theirs: int | None) -> None:
    """Settle what was missing of this transfer before: what still is, is told anew."""
    is_less = Discrepancy.actual_quantity < Discrepancy.expected_quantity
    for depot_id, transfer_id in ((end.depot_id, end.id), (end.other_id, theirs)):
        if depot_id is not None and transfer_id is not None:
            settle_differences(work, depot_id, transfer_id, EXPLAINED, is_less)


def _items_of(work: Work, end: End, theirs: int | None) -> dict[int, int | None]:
    """Return the sender's own items, by line."""
    if theirs is None or end.other_id is None:
        return {}
    return {line.sent.line: line.item_id for line in load_lines(work, end.other_id, theirs)}


def keep_arrival(
    work: Work,
    end: End,
    state: TransferState,
    entry_id: int | None,
    here: Sequence[Line],
    taken: Mapping[int, Taken],
) -> None:
    """Write down at both ends what came, and with which entry of this depot's book."""
    set_state(work, end, state, closed_at=work.recorded_at if state == "arrived" else None)
    note_entry(work, entry_id, end.id)
    if not here:
        return
    theirs = other_end_id(work, end)
    for depot_id, transfer_id in ((end.depot_id, end.id), (end.other_id, theirs)):
        if depot_id is not None and transfer_id is not None:
            write_lines(work, depot_id, transfer_id, [line.sent for line in here])
    own: dict[str, Any] = {"item_id": bindparam("own_item"), "lot_id": bindparam("own_lot")}
    work.session.connection().execute(
        sent_line(work.depot_id, end.id, **own),
        [{"number": one.sent.line, "own_item": one.item_id, "own_lot": one.lot_id} for one in here],
    )
    work.session.execute(
        insert(TransferArrival),
        [
            {
                "depot_id": work.depot_id,
                "entry_id": entry_id,
                "line": one.sent.line,
                "arrived": taken[one.sent.line].arrived,
                "damaged": taken[one.sent.line].damaged,
            }
            for one in here
        ],
    )


def write_lines(work: Work, depot_id: int, transfer_id: int, lines: Sequence[SentGoods]) -> None:
    """Write down at one end what became of the lines."""
    now: dict[str, Any] = {one: bindparam(f"now_{one}") for one in ("arrived", "damaged")}
    work.session.connection().execute(
        sent_line(depot_id, transfer_id, **now),
        [
            {"number": one.line, "now_arrived": one.arrived, "now_damaged": one.damaged}
            for one in lines
        ],
    )
