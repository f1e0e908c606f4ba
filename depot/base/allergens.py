"""The fourteen allergens that food in Europe is labelled with (Regulation 1169/2011, annex II)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

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
