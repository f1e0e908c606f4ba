"""Product codes that somebody taught: what a scanned code means, and all codes of an item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from depot.models import Item, ItemCode, Person
from depot.models.item_names import ITEM_NAME, item_is_called


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
            ItemCode.code, Item.id, ITEM_NAME, Item.base_unit, ItemCode.pack_quantity, ItemCode.note
        )
        .join(Item, Item.id == ItemCode.item_id)
        .where(ItemCode.depot_id == depot_id, ItemCode.code.in_([key for key in keys if key]))
    )
    known = {row[0]: Meaning(row[1], row[2], row[3], row[4], row[5]) for row in rows}
    return next((known[key] for key in keys if key in known), None)


def codes_of_item(session: Session, depot_id: int, item_id: int) -> list[CodeOfItem]:
    """Return the codes of an item, the first learned first (one statement)."""
    rows = session.execute(
        _codes(depot_id).where(ItemCode.item_id == item_id).order_by(ItemCode.id)
    )
    return [CodeOfItem(*row[2:]) for row in rows]


def all_codes(
    session: Session, depot_id: int, search: str = ""
) -> list[tuple[str, str, CodeOfItem]]:
    """Return each code of the depot with its item's name and unit, by item (one statement).

    `search` is part of the item's name.
    """
    wanted = _codes(depot_id).where(item_is_called(search)) if search else _codes(depot_id)
    rows = session.execute(wanted.order_by(Item.name_key, ItemCode.id))
    return [(row[0], row[1], CodeOfItem(*row[2:])) for row in rows]


def _codes(depot_id: int) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(
            ITEM_NAME,
            Item.base_unit,
            ItemCode.id,
            ItemCode.code,
            ItemCode.shown,
            ItemCode.pack_quantity,
            ItemCode.note,
            ItemCode.learned_at,
            Person.name,
        )
        .join(Item, Item.id == ItemCode.item_id)
        .outerjoin(Person, Person.id == ItemCode.person_id)
        .where(ItemCode.depot_id == depot_id)
    )
    return statement
