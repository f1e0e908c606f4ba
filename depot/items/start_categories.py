"""The categories that every depot starts with, and adding one with its loose item."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.dates import ShelfLife
from depot.base.names import name_key
from depot.base.text import N_
from depot.items.shelf_lives import ShelfLifeTable
from depot.models import Category, Item
from depot.words.languages import languages_at_work


@dataclass(frozen=True, slots=True)
class StartCategory:
    """A category every depot starts with.

    How long its goods may be given out is of the depot's country (`shelf_lives`). The average
    weight of a piece is a rough kitchen figure, always marked as estimated.
    """

    name: str
    shelf_life: ShelfLife
    average_unit_grams: int | None
    is_food: bool = True
    shelf_life_source: str = ""


#: Name, what a piece weighs in grams, and whether it is food.
_START: Final[tuple[tuple[str, int | None, bool], ...]] = (
    (N_("Mixed food"), 450, True),
    (N_("Bread"), 600, True),
    (N_("Fruit and veg"), 150, True),
    (N_("Tins and jars"), 400, True),
    (N_("Pasta, rice and grains"), 500, True),
    (N_("Cereal and snacks"), 400, True),
    (N_("Dairy and eggs"), 500, True),
    (N_("Meat and fish"), 400, True),
    (N_("Chilled and frozen"), 400, True),
    (N_("Oil, sauces and spices"), 500, True),
    (N_("Drinks"), 1000, True),
    (N_("Water"), 1500, False),
    (N_("Baby food and formula"), 400, True),
    (N_("Meals"), 400, True),
    (N_("Hygiene"), 300, False),
    (N_("Household"), 500, False),
    (N_("Other"), None, True),
)


#: The names of all of them, in their order.
START_NAMES: Final = tuple(name for name, _grams, _is_food in _START)


def start_categories(table: ShelfLifeTable) -> list[StartCategory]:
    """Return the categories a depot starts with, with the shelf lives of a table."""
    return [
        StartCategory(name, table.lives[name], grams, is_food, table.source_of(name))
        for name, grams, is_food in _START
    ]


#: Suffix of the item that a category's loose, weighed goods are booked on.
LOOSE: Final = N_("%(category)s, loose")


def loose_in(category: str, say: Callable[[str], str]) -> str:
    """Return what the loose goods of a category are called in the words of `say`."""
    return say(LOOSE) % {"category": category}


def loose_name(category: str, depot: DepotView) -> str:
    """Return what the loose goods of a category are called in the depot's language.

    In the program's, where the depot has none of its own.
    """
    return loose_in(category, languages_at_work().reader(depot).gettext)


def add_category(
    session: Session, depot_id: int, start: StartCategory, position: int, loose: str
) -> int:
    """Make a category and the item `loose` that its loose goods are booked on; return its id."""
    category = Category(
        depot_id=depot_id,
        name=start.name,
        name_key=name_key(start.name),
        position=position,
        shelf_life_amount=start.shelf_life.amount,
        shelf_life_unit=start.shelf_life.unit,
        shelf_life_source=start.shelf_life_source,
        average_unit_milligrams=start.average_unit_grams and start.average_unit_grams * 1000,
        is_food=start.is_food,
    )
    session.add(category)
    session.flush()
    session.add(
        Item(
            depot_id=depot_id,
            category_id=category.id,
            name=loose,
            name_key=name_key(loose),
            base_unit="gram",
            unit_weight_milligrams=1000,
            is_loose=True,
        )
    )
    session.flush()
    return category.id
