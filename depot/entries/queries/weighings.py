"""How the weights of an entry came about: what the scale said, and which boxes were taken off."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.models import Item, Weighing
from depot.models.item_names import ITEM_NAME


@dataclass(frozen=True, slots=True)
class BoxesOff:
    """So many boxes of a kind, as heavy as they were then."""

    name: str
    grams: int
    count: int


@dataclass(frozen=True, slots=True)
class WeighingRow:
    """A line that was weighed with its boxes."""

    item: str
    gross_grams: int
    tare_grams: int
    boxes: tuple[BoxesOff, ...]


def weighings_of(session: Session, depot_id: int, entry_id: int) -> list[WeighingRow]:
    """Return the weighed lines of an entry of the depot, in their order (one statement)."""
    rows = session.execute(
        select(ITEM_NAME.label("name"), Weighing.gross_grams, Weighing.tare_grams, Weighing.boxes)
        .join(Item, Item.id == Weighing.item_id)
        .where(Weighing.depot_id == depot_id, Weighing.entry_id == entry_id)
        .order_by(Weighing.line)
    )
    return [
        WeighingRow(
            row.name,
            row.gross_grams,
            row.tare_grams,
            tuple(BoxesOff(*box) for box in json.loads(row.boxes)),
        )
        for row in rows
    ]
