"""Goods that went out before they were called back, and are written down after that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.db.few import in_portions
from depot.ledger.entries import Entry

_AWAY = frozenset({"recipient", "network"})


def gone_before_recall(session: Session, entry: Entry) -> Iterator[tuple[str, int, int]]:
    """Yield recall, item and quantity of what an entry says had gone when it was called back.

    It was right to go, and whoever follows the recall has not seen it yet, even if the recall is
    closed by now. One statement for what took goods away, none for the rest; asked of what
    happened a while ago. What was undone, or happened after the recall, is not told here.
    """
    gone = [move for move in entry.moves if move.target.kind in _AWAY]
    if not gone or entry.reverses_id is not None:
        return
    from depot.models import HeldLot, Recall  # with the first fact: most commands need no recall

    recalled: dict[int, list[str]] = {}
    for lots in in_portions({move.lot_id for move in gone}):
        rows = session.execute(
            select(HeldLot.lot_id, Recall.name)
            .join(
                Recall, (Recall.depot_id == HeldLot.depot_id) & (Recall.hold_id == HeldLot.hold_id)
            )
            .where(
                HeldLot.depot_id == entry.depot_id,
                HeldLot.lot_id.in_(lots),
                Recall.made_at > entry.occurred_at,
            )
            .order_by(Recall.id)
        )
        for lot_id, name in rows:
            recalled.setdefault(lot_id, []).append(name)
    sums: Counter[tuple[str, int]] = Counter()
    for move in gone:
        for name in recalled.get(move.lot_id, ()):
            sums[name, move.item_id] += move.quantity
    yield from ((name, item_id, quantity) for (name, item_id), quantity in sums.items())
