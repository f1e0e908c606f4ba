"""Sentences for scripts: whole, in the reader's language, with {names} that a script fills in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask_babel import get_locale

#: A sentence, or one for each plural form of the language, by the names of Intl.PluralRules.
Spoken = str | dict[str, str]
#: Among so many numbers every language shows each of its forms.
_SAMPLES: Final = range(102)


def counted(say: Callable[[int], str]) -> dict[str, str]:
    """Return a sentence with {n} in it in each plural form; `say` is ngettext for a number."""
    locale = get_locale()
    form_of = locale.plural_form if locale else _english
    forms: dict[str, str] = {}
    for n in _SAMPLES:
        forms.setdefault(form_of(n), say(n))
    return forms


def _english(n: int) -> str:
    return "one" if n == 1 else "other"
