"""What a second person is told before goods that were called back are let go."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from depot.db.columns import key_of
from depot.kernel.once import Work
from depot.models import HeldLot, Item, Recall, StockBalance


def recall_of_hold(work: Work, hold_id: int) -> str | None:
    """Return the name of the recall that holds these goods; None: nobody called them back."""
    return work.session.scalar(
        select(Recall.name).where(Recall.depot_id == work.depot_id, Recall.hold_id == hold_id)
    )


def told_of_hold(work: Work, name: str, hold_id: int) -> dict[str, Any]:
    """Return the recall's name, how many lots it holds, and how much of each item is here."""
    lots = (HeldLot.depot_id == work.depot_id, HeldLot.hold_id == hold_id)
    here = (
        select(Item.id, Item.name, Item.base_unit, func.sum(StockBalance.quantity).label("sum"))
        .join(StockBalance, StockBalance.item_id == Item.id)
        .join(HeldLot, HeldLot.lot_id == StockBalance.lot_id)
        .where(StockBalance.depot_id == work.depot_id, *lots)
        .group_by(*key_of(Item), Item.name, Item.base_unit)
        .order_by(Item.id)
    )
    return {
        "recall": name,
        "lots": work.session.scalar(select(func.count()).select_from(HeldLot).where(*lots)) or 0,
        "goods": [
            {"id": row.id, "item": row.name, "unit": row.base_unit, "quantity": int(row.sum)}
            for row in work.session.execute(here)
        ],
    }
