"""How long goods may go out after best before, to begin with: a table for each part of the world.

They are starting points that a coordinator edits, line by line; each line says who says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from depot.base.dates import UNTIL_THE_DAY, ShelfLife
from depot.base.errors import Invalid
from depot.base.names import name_key
from depot.base.text import N_

_FORMULA: Final = "Baby food and formula"
#: What nobody eats keeps by its own; three years is a habit of stores, not a rule.
_NO_FOOD: Final = {"Hygiene": ShelfLife(3, "year"), "Household": ShelfLife(3, "year")}


@dataclass(frozen=True, slots=True)
class ShelfLifeTable:
    """Shelf lives by the start categories' names, and where the figures come from."""

    key: str
    #: Where it is meant for.
    name: str
    lives: Mapping[str, ShelfLife]
    source: str
    #: Who says it of what has no figure of its own in the source.
    others: Mapping[str, str]

    def source_of(self, category: str) -> str:
        """Return who says so of a category; empty where it is a habit."""
        return "" if category in _NO_FOOD else self.others.get(category, self.source)


#: WRAP, Food Standards Agency and Defra: uncut produce a day to two weeks, packed bread two days
#: to a week, packets one, three or six months, dried pasta and pulses three years, tins for years.
_WRAP: Final = {
    "Mixed food": ShelfLife(1, "month"),
    "Bread": ShelfLife(2, "day"),
    "Fruit and veg": ShelfLife(2, "day"),
    "Tins and jars": ShelfLife(2, "year"),
    "Pasta, rice and grains": ShelfLife(3, "year"),
    "Cereal and snacks": ShelfLife(6, "month"),
    "Dairy and eggs": UNTIL_THE_DAY,
    "Meat and fish": UNTIL_THE_DAY,
    "Chilled and frozen": UNTIL_THE_DAY,
    "Oil, sauces and spices": ShelfLife(6, "month"),
    "Drinks": ShelfLife(6, "month"),
    "Water": ShelfLife(6, "month"),
    _FORMULA: ShelfLife(0, "never"),
    "Meals": UNTIL_THE_DAY,
    "Other": UNTIL_THE_DAY,
    **_NO_FOOD,
}
#: Guides of food banks (Greater Pittsburgh 2018, Iowa, Alaska): tins of high acid 12 to 18 months
#: and of low acid two to five years, macaroni two years, nuts a year, oil eight months, juice six,
#: mayonnaise three. A category takes the shortest of what is in it; an item may have its own.
_GUIDES: Final = _WRAP | {
    "Tins and jars": ShelfLife(1, "year"),
    "Pasta, rice and grains": ShelfLife(2, "year"),
    "Cereal and snacks": ShelfLife(1, "year"),
    "Oil, sauces and spices": ShelfLife(3, "month"),
}

TABLES: Final[Mapping[str, ShelfLifeTable]] = MappingProxyType(
    {
        table.key: table
        for table in (
            ShelfLifeTable(
                "uk",
                N_("United Kingdom"),
                MappingProxyType(_WRAP),
                N_("WRAP, redistribution labelling guide, November 2024"),
                {_FORMULA: N_("Depot: its date is a hard stop")},
            ),
            ShelfLifeTable(
                "us",
                N_("United States"),
                MappingProxyType(_GUIDES),
                N_("Food banks' shelf-life guides, 2018"),
                {_FORMULA: N_("21 CFR 107.20(c)")},
            ),
            ShelfLifeTable(
                "eu",
                N_("European Union"),
                MappingProxyType(_WRAP),
                N_("EU notice 2017/C 361/01, with WRAP's figures of November 2024"),
                {_FORMULA: N_("Depot: its date is a hard stop")},
            ),
        )
    }
)
#: Who donates and is checked as in the United States, by territory.
_LIKE_US: Final = frozenset({"US", "CA", "PR", "VI", "GU", "AS", "MP"})
_UK: Final = frozenset({"GB", "IM", "JE", "GG"})


def table_for(territory: str) -> ShelfLifeTable:
    """Return the table a depot in that territory (ISO 3166, may be empty) begins with."""
    if territory in _LIKE_US:
        return TABLES["us"]
    return TABLES["uk" if territory in _UK else "eu"]


def is_of_table(source: str) -> bool:
    """Say whether a source is one of the tables' own, which readers are told in their language."""
    return any(source in (table.source, *table.others.values()) for table in TABLES.values())


def changes(table: ShelfLifeTable, key: str, life: ShelfLife, source: str) -> str:
    """Return the start category of which the table says something else than a depot's does.

    `key` is the name's key of the depot's category; empty if it is none of the table or the same.
    """
    for name, wanted in table.lives.items():
        if name_key(name) == key:
            return "" if (life, source) == (wanted, table.source_of(name)) else name
    return ""


def need_likely(life: ShelfLife) -> None:
    """Raise Invalid for a shelf life below nothing or above ten years."""
    if not life.is_likely:
        raise Invalid(
            field="shelf_life_amount", problem=N_("Between nothing and ten years, please.")
        )
