"""What reports and needs want to know of every item: its unit, its weight, its category."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from depot.items.item_facts import ItemFacts
from depot.ledger.sql import AFTER_BEST_BEFORE
from depot.models import Category, Item

#: :depot
_FACTS: Final = (
    select(
        Item.id,
        Item.name,
        Item.base_unit,
        Item.unit_weight_milligrams,
        Category.name,
        Category.position,
        Category.average_unit_milligrams,
        Category.is_food,
        AFTER_BEST_BEFORE,
    )
    .join(Category, Category.id == Item.category_id)
    .where(Item.depot_id == bindparam("depot"))
)


def item_facts(session: Session, depot_id: int) -> dict[int, ItemFacts]:
    """Return what a report needs to know of every item of the depot, by id."""
    rows = session.connection().execute(_FACTS, {"depot": depot_id})
    return {row[0]: ItemFacts(*row) for row in rows}
