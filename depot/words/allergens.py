"""Allergens and diets in words, the same on pages, papers and labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from depot.base.allergens import (
    ALLERGENS,
    DIETS,
    FoodFacts,
    FoodWish,
    clean_diets,
    sort_allergens,
)
from depot.words.reader import Reader


def allergen_names(codes: Iterable[str], reader: Reader) -> str:
    """Name allergens in their order: milk, nuts. Empty without any."""
    return ", ".join(reader.gettext(ALLERGENS[code]) for code in sort_allergens(codes))


def contains(food: FoodFacts, reader: Reader) -> str:
    """Say what goods contain, and whether anybody looked. Empty where nobody did for no food."""
    names = allergen_names(food.allergens, reader)
    if food.is_known:
        if names:
            return reader.gettext("Contains: %(allergens)s", allergens=names)
        return reader.gettext("None of the 14 allergens")
    if names:
        return reader.gettext(
            "Contains: %(allergens)s; whether more, is not known", allergens=names
        )
    return reader.gettext("Allergens not known") if food.is_food else ""


def diet_name(word: str, reader: Reader) -> str:
    """Name a diet: one of the list in the reader's language, a depot's own as it is written."""
    return reader.gettext(DIETS[word]) if word in DIETS else word


def diet_names(words: Iterable[str], reader: Reader) -> str:
    """Name diets: halal, vegan. Empty without any."""
    return ", ".join(diet_name(word, reader) for word in words)


def food_words(food: FoodFacts, reader: Reader) -> str:
    """Say what goods contain and whom they suit: Contains: nuts · vegan, halal."""
    said = (contains(food, reader), diet_names(food.diets, reader))
    return " · ".join(part for part in said if part)


def wish_words(wish: FoodWish, reader: Reader) -> str:
    """Say what somebody looks for: without nuts; vegan. Empty without any wish."""
    parts = []
    if wish.without:
        names = allergen_names(wish.without, reader)
        parts.append(reader.gettext("without %(allergens)s", allergens=names))
    if wish.diets:
        parts.append(diet_names(wish.diets, reader))
    return " · ".join(parts)


def known_to_be(wish: FoodWish, reader: Reader) -> str:
    """Say on a paper what it was narrowed to. Empty without any wish."""
    words = wish_words(wish, reader)
    return reader.gettext("Only what is known to be so: %(wish)s", wish=words) if words else ""


@dataclass(frozen=True, slots=True)
class WishChoices:
    """The boxes by which goods are narrowed: value, word, whether it is ticked."""

    without: tuple[tuple[str, str, bool], ...]
    diets: tuple[tuple[str, str, bool], ...]
    #: What is ticked, in words; empty if nothing is.
    words: str


def wish_choices(wish: FoodWish, own: Iterable[str], reader: Reader) -> WishChoices:
    """Return the boxes: every allergen, and every diet, `own` words of the depot among them."""
    words = clean_diets([*DIETS, *own, *wish.diets])
    return WishChoices(
        tuple((code, word, code in wish.without) for code, word in allergen_choices(reader)),
        tuple((word, diet_name(word, reader), word in wish.diets) for word in words),
        wish_words(wish, reader),
    )


def allergen_choices(reader: Reader) -> list[tuple[str, str]]:
    """Return every allergen as (code, name), for a form."""
    return [(code, reader.gettext(name)) for code, name in ALLERGENS.items()]


def diet_choices(reader: Reader) -> list[tuple[str, str]]:
    """Return every diet of the list as (code, name), for a form."""
    return [(code, reader.gettext(name)) for code, name in DIETS.items()]
