"""Whom goods suit, and what several of them are together."""

from __future__ import annotations

import pytest

from depot.base.allergens import (
    FoodFacts,
    FoodWish,
    clean_diets,
    contradictions,
    diets_from_stored,
    diets_to_text,
    made_of,
    put_together,
    state_food,
)
from depot.words.allergens import contains, food_words, wish_choices
from depot.words.reader import Reader

NUTS = FoodFacts(("nuts",), True, ("vegan", "low sugar"))
NONE_OF_THEM = FoodFacts((), True, ("vegan", "halal", "Low  Sugar"))
NOBODY_LOOKED = FoodFacts(diets=("vegan",))


def test_diets_are_kept_once_and_in_order_however_they_are_written() -> None:
    words = ("low sugar", "Vegan", "Gluten free", "LOW-SUGAR", " ", "halal", "a")
    assert clean_diets(words) == ("halal", "vegan", "gluten-free", "a", "LOW-SUGAR")
    assert diets_from_stored(diets_to_text(words)) == clean_diets(words)
    assert diets_from_stored("") == ()


def test_what_it_contains_is_not_for_some_diets() -> None:
    assert contradictions(("milk", "gluten"), ("halal", "vegan", "gluten-free")) == (
        ("vegan", "milk"),
        ("gluten-free", "gluten"),
    )
    assert state_food("milk", "vegan\nhalal", is_known=True).diets == ("halal",)


def test_what_nobody_looked_at_is_free_of_nothing() -> None:
    assert NONE_OF_THEM.is_free_of("nuts")
    assert NUTS.is_free_of("milk")
    assert not NUTS.is_free_of("nuts")
    assert not NOBODY_LOOKED.is_free_of("nuts")
    assert not FoodFacts(("milk",)).is_free_of("nuts")


def test_several_are_together_what_is_true_of_each() -> None:
    both = put_together([NUTS, NONE_OF_THEM])
    assert (both.allergens, both.is_known, both.diets) == (("nuts",), True, ("vegan", "low sugar"))
    assert put_together([NUTS, NOBODY_LOOKED]) == FoodFacts(("nuts",), False, ("vegan",))
    assert put_together([]) == FoodFacts()


def test_what_is_made_is_what_went_in_whatever_is_stated_of_it() -> None:
    claims = FoodFacts(("milk",), True, ("kosher",))
    assert made_of(claims, [NUTS]) == FoodFacts(("milk", "nuts"), True, ("low sugar",))
    assert not made_of(claims, [NUTS, NOBODY_LOOKED]).is_known
    assert made_of(NONE_OF_THEM, []) == FoodFacts()


def test_a_wish_is_met_by_what_is_known_alone() -> None:
    wish = FoodWish(("milk",), ("vegan",))
    assert wish.suits(NUTS)
    assert not wish.suits(NOBODY_LOOKED)
    assert not FoodWish(diets=("halal",)).suits(NUTS)
    assert FoodWish().suits(NOBODY_LOOKED)
    assert not FoodWish()


@pytest.mark.parametrize(
    ("food", "words"),
    [
        (FoodFacts(("nuts", "milk"), True, ("vegan",)), "Contains: milk, nuts · vegan"),
        (FoodFacts(("nuts",)), "Contains: nuts; whether more, is not known"),
        (FoodFacts((), True), "None of the 14 allergens"),
        (FoodFacts(), "Allergens not known"),
        (FoodFacts(is_food=False), ""),
        (FoodFacts(("nuts",), is_food=False), "Contains: nuts; whether more, is not known"),
    ],
)
def test_nobody_looked_is_said_otherwise_than_none_of_them(food: FoodFacts, words: str) -> None:
    assert food_words(food, Reader()) == words
    assert words.startswith(contains(food, Reader()))


def test_the_boxes_have_the_depots_own_words_and_what_is_ticked() -> None:
    boxes = wish_choices(FoodWish(("nuts",), ("low sugar",)), ["no cooking"], Reader())
    assert [code for code, _word, ticked in boxes.without if ticked] == ["nuts"]
    assert [word for _code, word, _ticked in boxes.diets][-2:] == ["low sugar", "no cooking"]
    assert boxes.words == "without nuts · low sugar"
