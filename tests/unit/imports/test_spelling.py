"""Names that are probably one name misspelt."""

from __future__ import annotations

import time

import pytest

from depot.imports.rows.spelling import near_duplicates


def pairs(names: list[str], *known: str) -> list[tuple[str, str]]:
    return [(near.name, near.like) for near in near_duplicates(names, known)]


def test_the_commoner_spelling_is_taken_to_be_right() -> None:
    assert pairs(["Green Beens", "Green Beans", "Green Beans"]) == [("Green Beens", "Green Beans")]


def test_a_known_name_is_right_however_rare() -> None:
    assert pairs(["Bevereges"] * 4, "Beverages") == [("Bevereges", "Beverages")]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Vegtables", "Vegetables"),
        ("Cerael", "Cereal"),
        ("Pasta and Ricee", "Pasta and Rice"),
        ("Greenbeans", "Green beans"),
    ],
)
def test_one_letter_left_out_doubled_or_swapped_is_seen(wrong: str, right: str) -> None:
    assert pairs([right, right, wrong]) == [(wrong, right)]


@pytest.mark.parametrize(
    "names",
    [
        ["Corn", "Cork"],
        ["Diapers Size 3", "Diapers Size 4"],
        ["0101A1", "0101B1"],
        ["Long Shelf A", "Long Shelf B"],
        ["Tomato Soup", "Tomato Sauce"],
        ["Green Beans", "green  beans"],
    ],
)
def test_names_that_are_both_right_or_one_are_left_alone(names: list[str]) -> None:
    assert pairs(names) == []


def test_thousands_of_names_take_no_time() -> None:
    names = [f"{word} number {at:05}" for at in range(5_000) for word in ("canned", "dried")]
    start = time.process_time()
    near_duplicates(names)
    assert time.process_time() - start < 10
