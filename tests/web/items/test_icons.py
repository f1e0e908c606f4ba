"""The drawing of a category: found by its name in whatever language the depot began."""

from __future__ import annotations

import pytest

from blueprints.words.listing.icons import OWN, category_icon
from depot.items.start_categories import START_NAMES
from depot.words.languages import Languages

LANGUAGES = Languages()


@pytest.mark.parametrize("language", LANGUAGES.names())
def test_a_start_category_has_its_drawing_in_every_language(language: str) -> None:
    say = LANGUAGES.reader(language=language).gettext
    *named, other = START_NAMES
    assert {say(name): category_icon(say(name)) for name in named} == {
        say(name): category_icon(name) for name in named
    }
    assert OWN not in {category_icon(say(name)) for name in named}
    assert category_icon(say(other)) == OWN


def test_one_name_never_has_the_drawings_of_two_categories() -> None:
    drawn: dict[str, set[str]] = {}
    for language in LANGUAGES.names():
        say = LANGUAGES.reader(language=language).gettext
        for name in START_NAMES:
            drawn.setdefault(say(name).casefold(), set()).add(category_icon(name))
    assert [name for name, icons in drawn.items() if len(icons) > 1] == []
