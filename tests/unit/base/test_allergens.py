from __future__ import annotations

import pytest

from depot.base.allergens import (
    ALLERGENS,
    allergens_to_text,
    from_stored,
    from_words,
    sort_allergens,
)


def test_there_are_fourteen() -> None:
    assert len(ALLERGENS) == 14


def test_what_is_stored_is_read_back_in_order() -> None:
    assert allergens_to_text(("nuts", "milk", "nuts", "stones")) == "milk nuts"
    assert from_stored("nuts milk") == sort_allergens(("milk", "nuts")) == ("milk", "nuts")
    assert from_stored("") == ()


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Contains: milk, nuts", ("milk", "nuts")),
        ("Weizen; Milch / Ei", ("gluten", "eggs", "milk")),
        ("EGGS and soy", ("eggs", "soya")),
        ("none", ()),
        ("", ()),
    ],
)
def test_a_persons_list_is_read(typed: str, codes: tuple[str, ...]) -> None:
    assert from_words(typed) == (codes, ())


def test_words_that_are_none_are_told() -> None:
    assert from_words("milk, stones") == (("milk",), ("stones",))
