"""What the donation page needs to know of earlier deliveries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from depot.base.kinds import DateKind, SourceOfEntry
from depot.models import DayTotal, Item, Lot, Partner, StockEntry, StockMove


@dataclass(frozen=True, slots=True)
class DeliveredLine:
    """A line of an earlier delivery."""

    item: str
    is_loose: bool
    category_id: int
    quantity: int
    unit: str
    weighed_grams: int | None
    date_text: str
    date_kind: DateKind


@dataclass(frozen=True, slots=True)
class EarlierReceipt:
    """An earlier delivery, to be logged again."""

    entry_id: int
    source_kind: SourceOfEntry
    partner_id: int | None
    partner: str | None
    lines: tuple[DeliveredLine, ...]


def find_receipt(session: Session, depot_id: int, entry_id: int) -> EarlierReceipt | None:
    """Return a delivery of this depot by its entry; None if there is none (two statements)."""
    head = session.execute(
        select(StockEntry, Partner.name)
        .outerjoin(Partner, Partner.id == StockEntry.partner_id)
        .where(
            StockEntry.depot_id == depot_id,
            StockEntry.id == entry_id,
            StockEntry.kind == "receipt",
        )
    ).one_or_none()
    if head is None:
        return None
    entry, partner = head
    rows = session.execute(
        select(StockMove, Item, Lot.date_text, Lot.date_kind)
        .join(Item, Item.id == StockMove.item_id)
        .join(Lot, Lot.id == StockMove.lot_id)
        .where(StockMove.entry_id == entry.id)
        .order_by(StockMove.line)
    )
    return EarlierReceipt(
        entry.id,
        entry.source_kind,
        entry.partner_id,
        partner,
        tuple(
            DeliveredLine(
                item.name,
                item.is_loose,
                item.category_id,
                move.quantity,
                item.base_unit,
                move.weighed_grams,
                date_text,
                date_kind,
            )
            for move, item, date_text, date_kind in rows
        ),
    )


def usual_categories(session: Session, depot_id: int, since: date) -> list[int]:
    """Return the categories that came in since that day, the most frequent days first."""
    rows = session.execute(
        select(Item.category_id)
        .join(DayTotal, DayTotal.item_id == Item.id)
        .where(DayTotal.depot_id == depot_id, DayTotal.day >= since, DayTotal.flow == "sourced")
        .group_by(Item.category_id)
        .order_by(func.count().desc(), Item.category_id)
    )
    return [row.category_id for row in rows]
