"""Which names may be meant: a letter, an accent, a plural; never another size or number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.base.names import find_almost, name_key

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=6, max_size=12)


@pytest.mark.parametrize(
    ("new", "known"),
    [
        ("Tomatos", "Tomatoes"),
        ("Tomato", "Tomatoes"),
        ("Tomatoes", "Tomato"),
        ("Cherry", "Cherries"),
        ("Egg", "Eggs"),
        ("Tomaten", "Tomate"),
        ("Peanutbutter", "Peanut butter"),
        ("Peanut-butter", "Peanut butter"),
        ("Creme fraiche", "Crème fraîche"),
        ("Chikpeas", "Chickpeas"),
        ("Baens", "Beans"),
        ("Chickpeas, 400 g", "Chick peas, 400 g"),
    ],
)
def test_a_slip_of_one_letter_is_seen(new: str, known: str) -> None:
    assert find_almost(new, ["Rice", known, "Soap"]) == known


@pytest.mark.parametrize(
    ("new", "known"),
    [
        ("tomatoes", "Tomatoes"),
        ("Nappies, size 3", "Nappies, size 4"),
        ("Nappies M", "Nappies L"),
        ("Rice 1 kg", "Rice 2 kg"),
        ("Corn", "Cork"),
        ("Peas", "Pear"),
        ("Beans", "Bread"),
        ("Salt", "Salad"),
        ("Rice", ""),
        ("…", "!"),
    ],
)
def test_two_things_are_two(new: str, known: str) -> None:
    assert find_almost(new, [known]) is None


@given(WORDS, st.integers(0, 5))
def test_a_word_with_a_letter_less_is_almost_the_word_both_ways(word: str, at: int) -> None:
    shorter = word[:at] + word[at + 1 :]
    if name_key(shorter) != name_key(word):
        assert find_almost(shorter, [word]) == word
        assert find_almost(word, [shorter]) == shorter


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=5))
def test_no_name_is_almost_itself_and_none_makes_it_fail(name: str, known: list[str]) -> None:
    found = find_almost(name, known)
    assert found is None or (found in known and name_key(found) != name_key(name))
