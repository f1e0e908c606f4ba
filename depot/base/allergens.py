"""What food contains and whom it suits: the fourteen allergens, and diets.

The allergens are those that food in Europe is labelled with (Regulation 1169/2011, annex II). What
nobody looked at is never free of anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from depot.base.names import clean_name, name_key
from depot.base.text import N_

#: Code as stored and in the API, and the word people read; in the order of the regulation.
ALLERGENS: Final = {
    "gluten": N_("gluten"),
    "crustaceans": N_("crustaceans"),
    "eggs": N_("eggs"),
    "fish": N_("fish"),
    "peanuts": N_("peanuts"),
    "soya": N_("soya"),
    "milk": N_("milk"),
    "nuts": N_("nuts"),
    "celery": N_("celery"),
    "mustard": N_("mustard"),
    "sesame": N_("sesame"),
    "sulphites": N_("sulphites"),
    "lupin": N_("lupin"),
    "molluscs": N_("molluscs"),
}
#: What else people write for them, in English, German, Spanish and French.
_SPELLINGS: Final = {
    "gluten": "wheat rye barley oats spelt cereals weizen getreide trigo blé ble",
    "crustaceans": "crustacean shellfish crab prawns shrimp krebstiere crustáceos crustaceos",
    "eggs": "egg ei eier huevo huevos oeuf oeufs œufs",
    "fish": "fisch pescado poisson",
    "peanuts": "peanut groundnuts erdnüsse erdnuss cacahuetes cacahuete arachides",
    "soya": "soy soybeans soja",
    "milk": "dairy lactose milch laktose leche lait",
    "nuts": "nut almonds hazelnuts walnuts cashews nüsse nuss frutos-secos noix",
    "celery": "sellerie apio céleri",
    "mustard": "senf mostaza moutarde",
    "sesame": "sesam sésamo sesamo sésame",
    "sulphites": "sulfites sulphur sulfite sulfit sulfitos so2",
    "lupin": "lupins lupine lupinen altramuces",
    "molluscs": "mollusks mollusc weichtiere moluscos mollusques",
}
_CODE_OF: Final = {word: code for code, words in _SPELLINGS.items() for word in words.split()} | {
    code: code for code in ALLERGENS
}
_NOT_A_WORD: Final = re.compile(r"[^\w-]+")


def sort_allergens(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the allergens among `codes`, each once, in the order of the list."""
    wanted = set(codes)
    return tuple(code for code in ALLERGENS if code in wanted)


def allergens_to_text(codes: Iterable[str]) -> str:
    """Return allergens as the database keeps them: codes with blanks between."""
    return " ".join(sort_allergens(codes))


def from_stored(text: str) -> tuple[str, ...]:
    """Return the allergens that a stored text names."""
    return sort_allergens(text.split())


def from_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the allergens that a person's list names, and the words in it that are none."""
    words = [word for word in _NOT_A_WORD.split(text.casefold()) if word and word not in _FILLERS]
    unknown = tuple(word for word in words if word not in _CODE_OF)
    return sort_allergens(_CODE_OF[word] for word in words if word in _CODE_OF), unknown


_FILLERS: Final = frozenset("contains and none no enthält und contiene y contient et - may".split())

#: Code as in the API, and the word people read. A depot has words of its own beside them.
DIETS: Final = {
    "halal": N_("halal"),
    "kosher": N_("kosher"),
    "vegetarian": N_("vegetarian"),
    "vegan": N_("vegan"),
    "gluten-free": N_("gluten-free"),
}
#: What contains one of these is not for the diet, whatever somebody ticked.
_FORBIDDEN: Final = {
    "kosher": ("crustaceans", "molluscs"),
    "vegetarian": ("crustaceans", "fish", "molluscs"),
    "vegan": ("crustaceans", "eggs", "fish", "milk", "molluscs"),
    "gluten-free": ("gluten",),
}
#: The longest word for a diet, and how many an item may have.
MAX_DIET: Final = 40
MAX_DIETS: Final = 20


def diet_key(word: str) -> str:
    """Return how a diet is compared: Gluten free and gluten-free are the same."""
    return name_key(word).replace(" ", "-").replace("_", "-")


def clean_diets(words: Iterable[str]) -> tuple[str, ...]:
    """Return diets each once: those of the list by their code and first, then a depot's own."""
    found = {diet_key(word): clean_name(word) for word in words if word.strip()}
    own = sorted(key for key in found if key and key not in DIETS)
    return tuple(code for code in DIETS if code in found) + tuple(found[key] for key in own)


def diets_to_text(words: Iterable[str]) -> str:
    """Return diets as the database keeps them: one a line."""
    return "\n".join(clean_diets(words))


def diets_from_stored(text: str) -> tuple[str, ...]:
    """Return the diets that a stored text names."""
    return tuple(text.splitlines())


def contradictions(allergens: Iterable[str], diets: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return each diet with an allergen that it does not allow: (vegan, milk)."""
    inside = set(allergens)
    return tuple(
        (diet, code)
        for diet in diets
        for code in _FORBIDDEN.get(diet_key(diet), ())
        if code in inside
    )


@dataclass(frozen=True, slots=True)
class FoodFacts:
    """What goods are known to contain, whether all fourteen were looked for, and their diets."""

    allergens: tuple[str, ...] = ()
    #: Somebody looked for all fourteen: what is not named is not in it.
    is_known: bool = False
    diets: tuple[str, ...] = ()
    is_food: bool = True

    def is_free_of(self, code: str) -> bool:
        """Say whether somebody looked and it is not in it."""
        return self.is_known and code not in self.allergens

    def suits_diet(self, diet: str) -> bool:
        return diet_key(diet) in {diet_key(word) for word in self.diets}


@lru_cache(maxsize=1024)
def state_food(allergens: str, diets: str, *, is_known: bool, is_food: bool = True) -> FoodFacts:
    """Return the facts as stored of an item. A diet that what it contains forbids is left out."""
    inside, words = from_stored(allergens), diets_from_stored(diets)
    wrong = {diet for diet, _code in contradictions(inside, words)}
    suits = tuple(word for word in words if word not in wrong)
    return FoodFacts(inside, is_known, suits, is_food)


def put_together(parts: Iterable[FoodFacts]) -> FoodFacts:
    """Return what is true of several goods together: the worst of each. Of nothing, nothing is."""
    found = list(parts)
    if not found:
        return FoodFacts()
    return FoodFacts(
        sort_allergens(code for part in found for code in part.allergens),
        all(part.is_known for part in found),
        tuple(word for word in found[0].diets if all(part.suits_diet(word) for part in found)),
        any(part.is_food for part in found),
    )


def made_of(stated: FoodFacts, parts: Iterable[FoodFacts]) -> FoodFacts:
    """Return the facts of goods that were made: of what went in, not of what is said of their item.

    What their item is said to contain is in them as well; that somebody looked at an item says
    nothing of what went into this pot.
    """
    inherited = put_together(parts)
    inside = sort_allergens((*inherited.allergens, *stated.allergens))
    wrong = {diet for diet, _code in contradictions(inside, inherited.diets)}
    return replace(
        inherited,
        allergens=inside,
        diets=tuple(word for word in inherited.diets if word not in wrong),
        is_food=stated.is_food,
    )


@dataclass(frozen=True, slots=True)
class FoodWish:
    """What somebody looks for: goods without these allergens, for these diets."""

    without: tuple[str, ...] = ()
    diets: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.without or self.diets)

    def suits(self, food: FoodFacts) -> bool:
        """Say whether it is known that the goods are as wished."""
        return all(food.is_free_of(code) for code in self.without) and all(
            food.suits_diet(diet) for diet in self.diets
        )


NO_WISH: Final = FoodWish()
