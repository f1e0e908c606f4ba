"""An entry that is an end of a transfer is undone: both depots' ends say so.

What was sent comes back until the other depot has it. What was received goes on its way again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, insert, select, update

from depot.base.errors import NotReversible
from depot.base.text import N_
from depot.kernel.network.ends import sent_line, settle_differences
from depot.kernel.network.offers import give_back
from depot.kernel.once import Work
from depot.ledger.sql import table_of
from depot.models import (
    Crate,
    StockEntry,
    Transfer,
    TransferArrival,
    TransferCrate,
    TransferEntry,
    TransferLine,
)


def undo_end(work: Work, original: StockEntry) -> int | None:
    """Take back what the entry said of a transfer; return the transfer's number if it is of one.

    Raises NotReversible for goods that were sent and that the other depot has received.
    """
    if original.kind != "transfer":
        return None
    transfer_id = work.session.scalar(
        select(TransferEntry.transfer_id).where(
            TransferEntry.entry_id == original.id, TransferEntry.depot_id == work.depot_id
        )
    )
    if transfer_id is None:
        return None
    own = _end(work, Transfer.id == transfer_id, work.depot_id)
    ends = _lock_both(work, own)
    if own.direction == "out":
        _undo_sending(work, original, ends)
    else:
        _undo_receiving(work, original, ends)
    return transfer_id


def note_undo(work: Work, entry_id: int | None, transfer_id: int | None) -> None:
    """Write down that the reversal is of the transfer too."""
    if transfer_id is not None and entry_id is not None:
        work.session.execute(
            insert(TransferEntry).values(
                entry_id=entry_id, depot_id=work.depot_id, transfer_id=transfer_id
            )
        )


def _end(work: Work, which: Any, depot_id: int, *, is_locking: bool = False) -> Transfer:
    asked = select(Transfer).where(Transfer.depot_id == depot_id, which)
    if is_locking:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    return work.session.scalars(asked).one()


def _lock_both(work: Work, own: Transfer) -> list[Transfer]:
    """Return the ends that are kept here, locked, the sender's first."""
    depots = [own.depot_id]
    if own.other_id is not None:
        depots.insert(len(depots) if own.direction == "out" else 0, own.other_id)
    return [_end(work, Transfer.code == own.code, one, is_locking=True) for one in depots]


def _undo_sending(work: Work, original: StockEntry, ends: list[Transfer]) -> None:
    if any(end.state != "sent" for end in ends):
        raise NotReversible(
            seq=original.seq,
            reason=N_("the other depot has received it. What is to come back is sent back."),
        )
    for end in ends:
        end.state, end.closed_at = "undone", work.recorded_at
    give_back(work, ends[0].code, [end.depot_id for end in ends])
    _set_crates(work, _codes_of(work, ends[0]), "in_use")


def _undo_receiving(work: Work, original: StockEntry, ends: list[Transfer]) -> None:
    own = next(end for end in ends if end.depot_id == work.depot_id)
    came = work.session.execute(
        select(TransferArrival.line, TransferArrival.arrived, TransferArrival.damaged).where(
            TransferArrival.entry_id == original.id, TransferArrival.depot_id == work.depot_id
        )
    ).all()
    for end in ends:
        _take_back(work, end, came)
    crates = set(
        work.session.scalars(
            select(TransferCrate.code).where(
                TransferCrate.depot_id == work.depot_id,
                TransferCrate.transfer_id == own.id,
                TransferCrate.entry_id == original.id,
            )
        )
    )
    is_anything_here = bool(
        work.session.scalar(
            select(TransferLine.id)
            .where(
                TransferLine.depot_id == work.depot_id,
                TransferLine.transfer_id == own.id,
                TransferLine.arrived + TransferLine.damaged > 0,
            )
            .limit(1)
        )
    )
    for end in ends:
        end.state, end.closed_at = "arriving" if is_anything_here else "sent", None
        _forget_crates(work, end, crates)
        settle_differences(work, end.depot_id, end.id, "undone")
    _set_crates(work, crates, "retired")


def _take_back(work: Work, end: Transfer, came: Any) -> None:
    if not came:
        return
    lines = table_of(TransferLine).c
    work.session.connection().execute(
        sent_line(
            end.depot_id,
            end.id,
            arrived=lines.arrived - bindparam("less"),
            damaged=lines.damaged - bindparam("less_damaged"),
        ),
        [{"number": line, "less": good, "less_damaged": broken} for line, good, broken in came],
    )


def _codes_of(work: Work, end: Transfer) -> set[str]:
    return set(
        work.session.scalars(
            select(TransferCrate.code).where(
                TransferCrate.depot_id == end.depot_id, TransferCrate.transfer_id == end.id
            )
        )
    )


def _forget_crates(work: Work, end: Transfer, codes: set[str]) -> None:
    work.session.execute(
        update(TransferCrate)
        .where(
            TransferCrate.depot_id == end.depot_id,
            TransferCrate.transfer_id == end.id,
            TransferCrate.code.in_(codes),
        )
        .values(is_here=False, entry_id=None)
    )


def _set_crates(work: Work, codes: set[str], state: str) -> None:
    """Take the depot's own crates into use again, or out of it: they are on the road."""
    work.session.execute(
        update(Crate)
        .where(Crate.depot_id == work.depot_id, Crate.code.in_(codes))
        .values(state=state, retired_at=work.recorded_at if state == "retired" else None)
    )
