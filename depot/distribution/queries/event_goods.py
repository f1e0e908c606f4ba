"""What went out at a hand-out and came back, by item and by category, with weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from depot.base.units import PIECE, known_unit_weight, weight_grams
from depot.db.columns import key_of
from depot.ledger.item_names import ITEM_NAME
from depot.models import Category, Item, Location, StockEntry, StockMove


@dataclass(frozen=True, slots=True)
class ItemOut:
    """One item at an event, in its base unit; what was undone does not count."""

    item_id: int
    item: str
    unit: str
    category: str
    out: int
    back: int
    #: Of what stayed out, and of what came back; None if the weight is not known.
    weight_grams: int | None
    back_grams: int | None
    #: The weight is the average of the category's pieces.
    is_estimated: bool

    @property
    def net(self) -> int:
        """What was handed out, less what came back."""
        return self.out - self.back


@dataclass(frozen=True, slots=True)
class CategoryOut:
    """A category's weight at an event: None if nothing of it has one, else what has."""

    category: str
    weight_grams: int | None
    is_estimated: bool
    not_weighed: int


def goods_at(session: Session, depot_id: int, event_id: int) -> tuple[ItemOut, ...]:
    """Return what was handed out at the event by item, in the order of categories and names."""
    original = aliased(StockEntry)
    recipient = aliased(Location)
    left = StockMove.target_id == recipient.id
    signed: ColumnElement[int] = case((left, StockMove.quantity), else_=-StockMove.quantity)
    is_back = func.coalesce(original.kind, StockEntry.kind) == "return"
    rows = session.execute(
        select(
            Item,
            ITEM_NAME,
            Category.name,
            Category.average_unit_milligrams,
            func.sum(case((is_back, 0), else_=signed)),
            func.sum(case((is_back, -signed), else_=0)),
        )
        .select_from(StockEntry)
        .join(StockMove, StockMove.entry_id == StockEntry.id)
        .join(recipient, (recipient.depot_id == depot_id) & (recipient.kind == "recipient"))
        .outerjoin(original, original.id == StockEntry.reverses_id)
        .join(Item, Item.id == StockMove.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(
            StockEntry.depot_id == depot_id,
            StockEntry.event_id == event_id,
            or_(left, StockMove.source_id == recipient.id),
        )
        .group_by(*key_of(Item), *key_of(Category))
        .order_by(Category.position, Category.id, Item.name_key)
    )
    found = [_item_out(*row) for row in rows]
    return tuple(item for item in found if item.out or item.back)


def _item_out(
    item: Item, name: str, category: str, average: int | None, out: int, back: int
) -> ItemOut:
    out, back = int(out), int(back)
    stated = known_unit_weight(item.base_unit, item.unit_weight_milligrams)
    is_estimated = stated is None and item.base_unit == PIECE and average is not None
    milligrams = average if is_estimated else stated
    return ItemOut(
        item.id,
        name,
        item.base_unit,
        category,
        out,
        back,
        weight_grams(out - back, milligrams),
        weight_grams(back, milligrams),
        is_estimated,
    )


def sum_by_category(items: Sequence[ItemOut]) -> tuple[CategoryOut, ...]:
    """Add up items by category, in the order in which the categories come."""
    grouped: defaultdict[str, list[ItemOut]] = defaultdict(list)
    for item in items:
        grouped[item.category].append(item)
    return tuple(
        CategoryOut(
            name,
            weight_of(found),
            any(item.is_estimated for item in found),
            count_unweighed(found),
        )
        for name, found in grouped.items()
    )


def weight_of(items: Sequence[ItemOut]) -> int | None:
    """Return what the items weigh together; None if there are some and none has a weight."""
    known = [item.weight_grams for item in items if item.weight_grams is not None]
    return sum(known) if known or not items else None


def count_unweighed(items: Sequence[ItemOut]) -> int:
    """Return how many of the items have no weight and are in no sum of weights."""
    return sum(item.weight_grams is None for item in items)
