"""Categories with everything that can be edited about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from depot.base.dates import ShelfLife
from depot.models import Category, Item


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """A category and how many items are counted under it, its loose goods aside."""

    id: int
    name: str
    note: str
    position: int
    shelf_life: ShelfLife
    shelf_life_source: str
    average_unit_milligrams: int | None
    is_food: bool
    archived: bool
    items: int


def listed_categories(session: Session, depot_id: int) -> list[CategoryFacts]:
    """Return all categories in the depot's own order, those put away last."""
    ordered = _facts(depot_id).order_by(Category.archived, Category.position, Category.id)
    return [_category(row) for row in session.execute(ordered)]


def category_facts(session: Session, depot_id: int, category_id: int) -> CategoryFacts | None:
    """Return one category of the depot, or None if it has none with that id."""
    row = session.execute(_facts(depot_id).where(Category.id == category_id)).one_or_none()
    return None if row is None else _category(row)


def _facts(depot_id: int) -> Select[*tuple[Any, ...]]:
    counted = (
        select(Item.category_id, func.count().label("item_count"))
        .where(Item.depot_id == depot_id, ~Item.is_loose, ~Item.archived)
        .group_by(Item.category_id)
        .subquery()
    )
    statement: Select[*tuple[Any, ...]] = (
        select(Category, counted.c.item_count)
        .outerjoin(counted, counted.c.category_id == Category.id)
        .where(Category.depot_id == depot_id)
    )
    return statement


def _category(row: Any) -> CategoryFacts:
    category, items = row
    return CategoryFacts(
        category.id,
        category.name,
        category.note,
        category.position,
        ShelfLife(category.shelf_life_amount, category.shelf_life_unit),
        category.shelf_life_source,
        category.average_unit_milligrams,
        category.is_food,
        category.archived,
        items or 0,
    )
