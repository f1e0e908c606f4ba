"""Names that look like others: what nobody sees goes, what mixes alphabets is refused."""

from __future__ import annotations

import pytest

from depot.base.errors import MixedAlphabets, NameAlike
from depot.base.names import (
    clean_name,
    find_almost,
    looks,
    name_key,
    need_one_alphabet,
    need_own_look,
)


@pytest.mark.parametrize(
    "unseen",
    [
        "\u200b",  # zero-width space
        "\u200c",
        "\u200d",
        "\u2060",
        "\ufeff",
        "\u00ad",  # soft hyphen
        "\u202e",  # right-to-left override
        "\u2066",
        "\u200f",
        "\u3164",  # Hangul filler
        "\u2800",  # Braille blank
        "\ufe0f",
        "\U000e0041",  # a tag
        "\u034f",
        "\x07",
    ],
)
def test_what_nobody_sees_makes_no_other_name(unseen: str) -> None:
    for text in (f"Be{unseen}ans", f"{unseen}Beans", f"Beans{unseen}"):
        assert clean_name(text) == "Beans"
        assert name_key(text) == "beans"
    assert clean_name(unseen * 3) == ""


@pytest.mark.parametrize(
    "name",
    [
        "نان‌های تازه",  # Persian: the non-joiner parts a word's ending
        "क्‍ष",
        "👩‍🌾 Farm",
        "❤️ Kitchen",
        "Crème fraîche",
        "Großmutter’s Müsli",
        "Бабушка",
        "米 5 kg",
        "שוקולד",
    ],
)
def test_names_of_all_scripts_stay_as_they_are(name: str) -> None:
    assert clean_name(name) == name
    need_one_alphabet(name)


@pytest.mark.parametrize("name", ["Веаns", "Sоuр", "Αda", "Rice раck"])
def test_a_word_of_two_alphabets_is_refused(name: str) -> None:
    with pytest.raises(MixedAlphabets) as refused:
        need_one_alphabet(name)
    assert str(refused.value.params["word"]) in name


def test_a_word_beside_one_of_another_alphabet_is_no_mixture() -> None:
    for name in ("Coca Кола", "α-Tocopherol", "5 kΩ", "Борщ soup"):
        need_one_alphabet(name)


def test_a_name_in_letters_that_look_the_same_is_almost_the_known_one() -> None:
    assert looks("Соса") == looks("Coca")
    assert find_almost("Соса", ["Rice", "Coca"]) == "Coca"
    assert find_almost("Coca", ["Соса"]) == "Соса"
    assert find_almost("Сахар", ["Coca"]) is None


@pytest.mark.parametrize(("first", "second"), [("Соса", "Coca"), ("Coca", "Соса"), ("ΑΒΕ", "abe")])
def test_a_name_that_only_looks_like_a_known_one_is_refused_whichever_was_first(
    first: str, second: str
) -> None:
    with pytest.raises(NameAlike) as refused:
        need_own_look(second, ["Rice", first])
    assert refused.value.params == {"name": second, "known": first}
    need_own_look(second, ["Rice", second.upper(), "Сахар"])


def test_what_looks_the_same_is_as_long() -> None:
    """The commands ask the database for names of the same length only."""
    letters = [chr(number) for number in range(0x80, 0x1FFF) if chr(number).isalpha()]
    apart = [
        one for one in letters if looks(one).isascii() and len(looks(one)) != len(name_key(one))
    ]
    assert not apart
