"""Product codes that somebody taught: what a scanned code means, and all codes of an item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.models import Item, ItemCode, Person


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code stands for; `pack_quantity` is None if nobody said how many are in it."""

    item_id: int
    item: str
    unit: str
    pack_quantity: int | None
    note: str


@dataclass(frozen=True, slots=True)
class CodeOfItem:
    """One of an item's codes, and who taught it."""

    id: int
    code: str
    shown: str
    pack_quantity: int | None
    note: str
    learned_at: datetime
    person: str | None


def meaning_of(session: Session, depot_id: int, *keys: str) -> Meaning | None:
    """Return what a code stands for in the depot, by `depot.items.gs1.Scan.keys` (one statement).

    Of several keys the first that is known counts.
    """
    rows = session.execute(
        select(
            ItemCode.code, Item.id, Item.name, Item.base_unit, ItemCode.pack_quantity, ItemCode.note
        )
        .join(Item, Item.id == ItemCode.item_id)
        .where(ItemCode.depot_id == depot_id, ItemCode.code.in_([key for key in keys if key]))
    )
    known = {row[0]: Meaning(row[1], row[2], row[3], row[4], row[5]) for row in rows}
    return next((known[key] for key in keys if key in known), None)


def codes_of_item(session: Session, depot_id: int, item_id: int) -> list[CodeOfItem]:
    """Return the codes of an item, the first learned first (one statement)."""
    rows = session.execute(
        select(
            ItemCode.id,
            ItemCode.code,
            ItemCode.shown,
            ItemCode.pack_quantity,
            ItemCode.note,
            ItemCode.learned_at,
            Person.name,
        )
        .outerjoin(Person, Person.id == ItemCode.person_id)
        .where(ItemCode.depot_id == depot_id, ItemCode.item_id == item_id)
        .order_by(ItemCode.id)
    )
    return [CodeOfItem(*row) for row in rows]
