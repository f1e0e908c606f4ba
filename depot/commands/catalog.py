"""What the depot knows by name: items made in place, and names that nobody else bears.

How items, categories, partners and places are edited stands in a file each beside this one.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select

from depot.commands.base import Work
from depot.commands.lookups import ItemRow, item_row
from depot.errors import Invalid, NameTaken, UnknownCategory
from depot.models import Category, Item, Location, Partner
from depot.names import clean_name, name_key
from depot.text import N_

Named = type[Category] | type[Item] | type[Location] | type[Partner]


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
    category = need_category(work, new.category)
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


def free_name(work: Work, kind: Named, name: str, own_id: int | None) -> dict[str, str]:
    """Return the columns of a name that no other thing of this kind bears in the depot.

    `own_id` is the thing that is being renamed. Raises Invalid for an empty name, NameTaken.
    """
    wanted = {"name": clean_name(name), "name_key": name_key(name)}
    if not wanted["name"]:
        raise Invalid(field="name", problem=N_("It needs a name."))
    bearer = work.session.scalar(
        select(kind.id).where(kind.depot_id == work.depot_id, kind.name_key == wanted["name_key"])
    )
    if bearer not in (None, own_id):
        raise NameTaken(field="name", name=wanted["name"])
    return wanted


def need_category(work: Work, ref: str | int | None) -> Category:
    """Return the category named; without a name the depot's last one. Raises UnknownCategory."""
    statement = select(Category).where(Category.depot_id == work.depot_id)
    if ref is None:
        newest = (Category.archived, Category.position.desc(), Category.id.desc())
        statement = statement.order_by(*newest).limit(1)
    elif isinstance(ref, int):
        statement = statement.where(Category.id == ref)
    else:
        statement = statement.where(Category.name_key == name_key(ref))
    category = work.session.scalar(statement)
    if category is None:
        raise UnknownCategory(field="category", name=ref)
    return category
