"""Goods between depots: what left and came by the book is what both ends of a transfer say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from depot.base.errors import LedgerBroken
from depot.models import Location, StockMove, Transfer, TransferEntry, TransferLine
from depot.network.balance import SentGoods, balance_of
from depot.verify.findings import Findings


class _Line(NamedTuple):
    line: int
    lot_id: int | None
    quantity: int
    arrived: int
    damaged: int

    @property
    def sent(self) -> SentGoods:
        return SentGoods(self.line, self.quantity, self.arrived, self.damaged)


#: How much of each lot left by the book, less what came; by transfer.
_Booked = Mapping[int, Mapping[int, int]]


def check_transfers(session: Session, depot_id: int, findings: Findings) -> None:
    """Name every transfer whose goods do not add up, and lines of the book that are of none."""
    network = session.scalar(
        select(Location.id).where(Location.depot_id == depot_id, Location.kind == "network")
    )
    if network is None:
        findings.add("network", "The depot has no place for what is between it and others.")
        return
    booked = _booked(session, depot_id, network)
    _check_strays(session, depot_id, network, findings)
    for transfer in session.scalars(
        select(Transfer).where(Transfer.depot_id == depot_id).order_by(Transfer.id)
    ):
        lines = _lines(session, depot_id, transfer.id)
        _check_book(transfer, lines, booked.get(transfer.id, {}), findings)
        _check_other_end(session, transfer, lines, findings)


def _booked(session: Session, depot_id: int, network: int) -> _Booked:
    signed = case((StockMove.target_id == network, StockMove.quantity), else_=-StockMove.quantity)
    rows = session.execute(
        select(TransferEntry.transfer_id, StockMove.lot_id, func.sum(signed))
        .join(StockMove, StockMove.entry_id == TransferEntry.entry_id)
        .where(
            TransferEntry.depot_id == depot_id,
            StockMove.depot_id == depot_id,
            or_(StockMove.source_id == network, StockMove.target_id == network),
        )
        .group_by(TransferEntry.transfer_id, StockMove.lot_id)
    )
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for transfer_id, lot_id, quantity in rows:
        if quantity:
            found[transfer_id][lot_id] = int(quantity)
    return found


def _check_strays(session: Session, depot_id: int, network: int, findings: Findings) -> None:
    """Name entries that take goods to or from other depots and are of no transfer."""
    strays = session.scalars(
        select(StockMove.entry_id)
        .outerjoin(TransferEntry, TransferEntry.entry_id == StockMove.entry_id)
        .where(
            StockMove.depot_id == depot_id,
            or_(StockMove.source_id == network, StockMove.target_id == network),
            TransferEntry.entry_id.is_(None),
        )
        .distinct()
    )
    for entry_id in strays:
        findings.add("transfer", f"Entry id {entry_id} is between depots and of no transfer.")


def _lines(session: Session, depot_id: int, transfer_id: int) -> list[_Line]:
    rows = session.execute(
        select(
            TransferLine.line,
            TransferLine.lot_id,
            TransferLine.quantity,
            TransferLine.arrived,
            TransferLine.damaged,
        )
        .where(
            TransferLine.depot_id == depot_id,
            TransferLine.transfer_id == transfer_id,
            ~TransferLine.is_asked,
        )
        .order_by(TransferLine.line)
    )
    return [_Line(*row) for row in rows]


def _check_book(
    transfer: Transfer, lines: list[_Line], booked: Mapping[int, int], findings: Findings
) -> None:
    name = f"Transfer {transfer.id} ({transfer.direction}, {transfer.other_name})"
    try:
        balance_of(transfer.state, [line.sent for line in lines])
    except LedgerBroken as broken:
        findings.add("transfer", f"{name}: {broken}")
    wanted: defaultdict[int, int] = defaultdict(int)
    for line in lines:
        if transfer.direction == "in":
            quantity = -(line.arrived + line.damaged)
        else:
            quantity = 0 if transfer.state == "undone" else line.quantity
        if quantity:
            wanted[line.lot_id or 0] += quantity
    if dict(wanted) != dict(booked):
        findings.add(
            "transfer",
            f"{name}: {sum(booked.values())} left by the book, {sum(wanted.values())} by lines.",
        )


def _check_other_end(
    session: Session, transfer: Transfer, lines: list[_Line], findings: Findings
) -> None:
    """What one end says, the other says too; an end on another server cannot be asked."""
    if transfer.other_id is None:
        return
    other = session.scalars(
        select(Transfer).where(
            Transfer.depot_id == transfer.other_id, Transfer.code == transfer.code
        )
    ).one_or_none()
    if other is None or other.direction == transfer.direction:
        findings.add("transfer", f"Transfer {transfer.id} has no other end.")
        return
    theirs = [line.sent for line in _lines(session, other.depot_id, other.id)]
    if [line.sent for line in lines] != theirs or other.state != transfer.state:
        findings.add(
            "transfer",
            f"Transfer {transfer.id}: {transfer.other_name} says something else of it.",
        )
