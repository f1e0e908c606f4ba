"""The picture of a category, by which a list is read at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from depot.base.names import name_key
from depot.base.text import N_
from depot.words.reader import Reader

#: By a start category's name: a drawing of `components/icons.html`.
_ICONS: Final = {
    N_("Mixed food"): "basket",
    N_("Bread"): "bread",
    N_("Fruit and veg"): "produce",
    N_("Tins and jars"): "tin",
    N_("Pasta, rice and grains"): "grain",
    N_("Cereal and snacks"): "box",
    N_("Dairy and eggs"): "milk",
    N_("Meat and fish"): "fish",
    N_("Chilled and frozen"): "cold",
    N_("Oil, sauces and spices"): "bottle",
    N_("Drinks"): "cup",
    N_("Water"): "drop",
    N_("Baby food and formula"): "baby",
    N_("Meals"): "soup",
    N_("Hygiene"): "soap",
    N_("Household"): "brush",
}
#: Of several categories, and of one that a depot thought of itself.
MIXED: Final = "basket"
OWN: Final = "tag"
NOTHING: Final = "crate"


def category_icon(name: str, reader: Reader) -> str:
    """Return the drawing of a category.

    One that bears a start category's name, in English or in the reader's words, has its drawing;
    any other one has that of a depot's own.
    """
    return _by_key(reader.speaker).get(name_key(name), OWN)


@lru_cache(maxsize=64)
def _by_key(speaker: Reader) -> dict[str, str]:
    told = {name_key(speaker.gettext(name)): icon for name, icon in _ICONS.items()}
    return told | {name_key(name): icon for name, icon in _ICONS.items()}


def contents_icon(categories: Iterable[str], reader: Reader) -> str:
    """Return the drawing of what goods of these categories are together."""
    icons = {category_icon(name, reader) for name in categories}
    if not icons:
        return NOTHING
    return icons.pop() if len(icons) == 1 else MIXED
