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
        for form in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in months[form][width].items()
        # Babel's own stand-in, where something else was asked of the locale before
        if not name.startswith("M0") and not name.startswith("M1")
    ]
    assert len(names) >= 24
    assert [(month_number(name), name) for _number, name in names] == names


def test_a_beginning_is_a_month_only_if_it_is_one_months() -> None:
    words = ("augu", "jui", "juil", "ma", "sept", "mayo")
    assert [month_number(word) for word in words] == [8, None, 7, None, 9, 5]
