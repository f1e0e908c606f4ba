"""Sentences for scripts: whole, in the reader's language, with {names} that a script fills in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

from depot.words.reader import Reader

#: A sentence, or one for each plural form of the language, by the names of Intl.PluralRules.
ScriptText = str | dict[str, str]
#: All that a page's script says, by name.
ScriptTexts = Mapping[str, ScriptText]
#: Among so many numbers every language shows each of its forms.
_SAMPLES: Final = range(102)
#: So many languages are kept; a depot has two or three.
_MOST_LANGUAGES: Final = 32


def plural_forms(say: Callable[[int], str], reader: Reader) -> dict[str, str]:
    """Return a sentence with {n} in it in each plural form; `say` is ngettext for a number."""
    return {form: say(n) for form, n in _samples(reader.language)}


@lru_cache(maxsize=_MOST_LANGUAGES)
def _samples(language: str) -> tuple[tuple[str, int], ...]:
    """Return each plural form of a language with the first number that takes it."""
    found: dict[str, int] = {}
    asked = Reader(language)
    for n in _SAMPLES:
        found.setdefault(asked.plural_form(n), n)
    return tuple(found.items())


def kept_by_language(texts: Callable[[Reader], ScriptTexts]) -> Callable[[Reader], Markup]:
    """Return what gives the sentences as JSON for an attribute of a page, made once a language.

    `texts` is asked by somebody of whom nothing but the language is known, so that neither clock
    nor weights nor paper of one reader reach another.
    """

    @lru_cache(maxsize=_MOST_LANGUAGES)
    def told(speaker: Reader) -> Markup:
        return escape(json.dumps(texts(speaker), ensure_ascii=False, separators=(",", ":")))

    return lambda reader: told(reader.speaker)
