"""What the donation page needs to know of earlier deliveries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from depot.base.kinds import DateKind, SourceOfEntry
from depot.base.names import natural_sort_key
from depot.models import (
    Crate,
    DayTotal,
    Item,
    Location,
    Lot,
    Partner,
    StockEntry,
    StockMove,
    TareBox,
)


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


def usual_categories(session: Session, depot_id: int, since: date, until: date) -> list[int]:
    """Return the categories that came in from the one day to before the other, usual ones first."""
    rows = session.execute(
        select(Item.category_id)
        .join(DayTotal, DayTotal.item_id == Item.id)
        .where(
            DayTotal.depot_id == depot_id,
            DayTotal.day >= since,
            DayTotal.day < until,
            DayTotal.flow == "sourced",
        )
        .group_by(Item.category_id)
        .order_by(func.count().desc(), Item.category_id)
    )
    return [row.category_id for row in rows]


@dataclass(frozen=True, slots=True)
class BoxChoice:
    """An empty box to take off a weight."""

    id: int
    name: str
    grams: int
    archived: bool


def tare_boxes(session: Session, depot_id: int, with_archived: bool = False) -> list[BoxChoice]:
    """Return the boxes whose weight the depot knows, by name."""
    statement = select(TareBox.id, TareBox.name, TareBox.grams, TareBox.archived).where(
        TareBox.depot_id == depot_id
    )
    if not with_archived:
        statement = statement.where(~TareBox.archived)
    rows = [BoxChoice(*row) for row in session.execute(statement)]
    return sorted(rows, key=lambda row: natural_sort_key(row.name))


@dataclass(frozen=True, slots=True)
class CrateChoice:
    """A crate that stands where goods arrive."""

    code: str
    box_number: str


def crates_in_sight(session: Session, depot_id: int, limit: int) -> list[CrateChoice]:
    """Return crates in use that stand where goods arrive, the latest made first."""
    at = aliased(Location)
    place = aliased(Location)
    rows = session.execute(
        select(Crate.code, Crate.box_number)
        .join(at, at.id == Crate.location_id)
        .join(place, place.id == at.parent_id)
        .where(Crate.depot_id == depot_id, Crate.state == "in_use", place.is_default)
        .order_by(Crate.location_id.desc())
        .limit(limit)
    )
    return [CrateChoice(*row) for row in rows]
