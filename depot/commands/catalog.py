"""Items, categories, partners and places: what the depot knows by name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select

from depot.commands.base import Work
from depot.commands.lookups import ItemRow, item_row
from depot.errors import UnknownCategory
from depot.models import Category, Item
from depot.names import clean_name, name_key


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item made in place, while logging goods."""

    name: str
    base_unit: str
    category: str | int | None = None
    unit_weight_milligrams: int | None = None


def add_item(work: Work, new: NewItem) -> ItemRow:
    """Make an item inside a command that needs it. Raises UnknownCategory.

    Without a category it goes to the depot's last one, "Other".
    """
    category = _category(work, new.category)
    item = work.session.scalars(
        insert(Item).returning(Item),
        [
            {
                "depot_id": work.depot_id,
                "category_id": category.id,
                "name": clean_name(new.name),
                "name_key": name_key(new.name),
                "base_unit": new.base_unit,
                "unit_weight_milligrams": new.unit_weight_milligrams,
            }
        ],
    ).one()
    return item_row(item, category.best_before_extension_days)


def _category(work: Work, ref: str | int | None) -> Category:
    statement = select(Category).where(Category.depot_id == work.depot_id)
    if ref is None:
        statement = statement.order_by(Category.position.desc(), Category.id.desc()).limit(1)
    elif isinstance(ref, int):
        statement = statement.where(Category.id == ref)
    else:
        statement = statement.where(Category.name_key == name_key(ref))
    category = work.session.scalar(statement)
    if category is None:
        raise UnknownCategory(field="category", name=ref)
    return category
