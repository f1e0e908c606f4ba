"""The categories that every depot starts with, and adding one with its loose item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from depot.base.names import name_key
from depot.base.text import N_
from depot.models import Category, Item


@dataclass(frozen=True, slots=True)
class StartCategory:
    """A category every depot starts with.

    The days after best-before follow the redistribution guidance of WRAP (2024) for the longest
    lived goods of each kind; they are a starting point that a coordinator edits. The average
    weight of a piece is a rough kitchen figure, always marked as estimated.
    """

    name: str
    extension_days: int
    average_unit_grams: int | None
    is_food: bool = True


CATEGORIES: Final = (
    StartCategory(N_("Mixed food"), 30, 450),
    StartCategory(N_("Bread"), 2, 600),
    StartCategory(N_("Fruit and veg"), 2, 150),
    StartCategory(N_("Tins and jars"), 730, 400),
    StartCategory(N_("Pasta, rice and grains"), 1095, 500),
    StartCategory(N_("Cereal and snacks"), 180, 400),
    StartCategory(N_("Dairy and eggs"), 0, 500),
    StartCategory(N_("Meat and fish"), 0, 400),
    StartCategory(N_("Chilled and frozen"), 0, 400),
    StartCategory(N_("Oil, sauces and spices"), 240, 500),
    StartCategory(N_("Drinks"), 180, 1000),
    StartCategory(N_("Water"), 180, 1500, is_food=False),
    StartCategory(N_("Baby food and formula"), 0, 400),
    StartCategory(N_("Meals"), 0, 400),
    StartCategory(N_("Hygiene"), 1095, 300, is_food=False),
    StartCategory(N_("Household"), 1095, 500, is_food=False),
    StartCategory(N_("Other"), 0, None),
)


#: Suffix of the item that a category's loose, weighed goods are booked on.
LOOSE: Final = N_("%(category)s, loose")


def add_category(session: Session, depot_id: int, start: StartCategory, position: int) -> int:
    """Make a category together with the item its loose goods are booked on; return its id."""
    category = Category(
        depot_id=depot_id,
        name=start.name,
        name_key=name_key(start.name),
        position=position,
        best_before_extension_days=start.extension_days,
        average_unit_milligrams=start.average_unit_grams and start.average_unit_grams * 1000,
        is_food=start.is_food,
    )
    session.add(category)
    session.flush()
    loose = LOOSE % {"category": start.name}
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
