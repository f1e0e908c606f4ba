"""Goods that needs do without: amounts that nobody has said to be right yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from depot.base.kinds import PHYSICAL_KINDS
from depot.ledger.doubts.rules import ABOUT_GOODS, read_detail
from depot.models import Discrepancy, Location, StockEntry, StockMove


@dataclass(slots=True)
class Doubted:
    """What waits: how much came into the depot by lot, what went out by day and item, and the
    items of which nobody knows what one weighs."""

    stock: Counter[int] = field(default_factory=Counter)
    handed_out: Counter[tuple[date, int]] = field(default_factory=Counter)
    unit_weights: set[int] = field(default_factory=set)

    def take_off(self, lot_id: int, quantity: int) -> int:
        """Return what is left of so much of a lot without what is doubted of it."""
        doubted = min(self.stock[lot_id], quantity)
        self.stock[lot_id] -= doubted
        return quantity - doubted

    def handed_out_since(self, first: date, today: date) -> Counter[int]:
        """Return how much of each item is said to have been handed out before today."""
        found: Counter[int] = Counter()
        for (day, item_id), quantity in self.handed_out.items():
            if first <= day < today:
                found[item_id] += quantity
        return found


def find_doubted(session: Session, depot_id: int) -> Doubted:
    """Return what is doubted of a depot's goods and not settled (one statement)."""
    found = Doubted()
    for row in _waiting(session, depot_id):
        sort, _ = read_detail(row.detail)
        if sort == "unit_weight" and row.quantity is None:
            found.unit_weights.add(row.item_id)
        if sort in ABOUT_GOODS and row.quantity is not None:
            _add(found, row)
    return found


def _add(found: Doubted, row: Any) -> None:
    """An amount came into the depot, went out of it, or, brought back, less went out of it."""
    if row.source not in PHYSICAL_KINDS and row.target in PHYSICAL_KINDS:
        found.stock[row.lot_id] += row.quantity
    if row.target == "recipient":
        found.handed_out[row.occurred_on, row.item_id] += row.quantity
    elif row.source == "recipient":
        found.handed_out[row.occurred_on, row.item_id] -= row.quantity


def _waiting(session: Session, depot_id: int) -> Iterator[Any]:
    source, target = aliased(Location), aliased(Location)
    yield from session.execute(
        select(
            Discrepancy.item_id,
            Discrepancy.detail,
            StockEntry.occurred_on,
            StockMove.lot_id,
            StockMove.quantity,
            source.kind.label("source"),
            target.kind.label("target"),
        )
        .outerjoin(StockEntry, StockEntry.id == Discrepancy.entry_id)
        .outerjoin(
            StockMove,
            (StockMove.entry_id == Discrepancy.entry_id)
            & (StockMove.item_id == Discrepancy.item_id),
        )
        .outerjoin(source, source.id == StockMove.source_id)
        .outerjoin(target, target.id == StockMove.target_id)
        .where(
            Discrepancy.depot_id == depot_id,
            Discrepancy.resolved_at.is_(None),
            Discrepancy.kind == "unlikely_number",
            Discrepancy.item_id.is_not(None),
        )
    )
