"""The picture of a category, by which a list is read at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from depot.base.names import name_key
from depot.base.text import N_
from depot.words.languages import Languages, in_all_languages, languages_at_work

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


def category_icon(name: str) -> str:
    """Return the drawing of a category.

    One that bears a start category's name, in whatever language of ours it was begun, has its
    drawing; any other one has that of a depot's own.
    """
    return _by_key(languages_at_work()).get(name_key(name), OWN)


@lru_cache(maxsize=8)
def _by_key(languages: Languages) -> dict[str, str]:
    called = zip(in_all_languages(list(_ICONS), languages), _ICONS.values(), strict=True)
    return {name_key(name): icon for names, icon in called for name in names}


def contents_icon(categories: Iterable[str]) -> str:
    """Return the drawing of what goods of these categories are together."""
    icons = {category_icon(name) for name in categories}
    if not icons:
        return NOTHING
    return icons.pop() if len(icons) == 1 else MIXED
