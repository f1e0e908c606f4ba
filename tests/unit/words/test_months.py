"""The names of the months, held against Babel's."""

from __future__ import annotations

import pytest
from babel import Locale

from depot.words.months import month_number, plain_word

LANGUAGES = ("en", "es", "fr", "de", "pt_BR", "it", "pl", "uk", "ru", "tr", "ar", "fa")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_a_month_is_known(language: str) -> None:
    months = Locale.parse(language).months
    names = [
        (number, plain_word(name).strip("."))
        # not as they stand alone: Babel gives those of another locale, where one was asked before
        for width in ("wide", "abbreviated")
        for number, name in months["format"][width].items()
    ]
    assert len(names) == 24
    assert [(month_number(name), name) for _number, name in names] == names


def test_a_beginning_is_a_month_only_if_it_is_one_months() -> None:
    words = ("augu", "jui", "juil", "ma", "sept", "mayo")
    assert [month_number(word) for word in words] == [8, None, 7, None, 9, 5]


@pytest.mark.parametrize(
    ("names", "numbers"),
    [
        ("styczeń luty marzec sierpień październik listopad grudzień", [1, 2, 3, 8, 10, 11, 12]),
        ("січень лютий березень серпень жовтень листопад грудень", [1, 2, 3, 8, 10, 11, 12]),
        ("январь февраль март август октябрь ноябрь декабрь", [1, 2, 3, 8, 10, 11, 12]),
    ],
)
def test_so_are_the_names_that_stand_alone(names: str, numbers: list[int]) -> None:
    assert [month_number(plain_word(name)) for name in names.split()] == numbers
