"""Sentences for scripts: whole, in the reader's language, with {names} that a script fills in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from depot.words.reader import Reader

#: A sentence, or one for each plural form of the language, by the names of Intl.PluralRules.
ScriptText = str | dict[str, str]
#: Among so many numbers every language shows each of its forms.
_SAMPLES: Final = range(102)


def plural_forms(say: Callable[[int], str], reader: Reader) -> dict[str, str]:
    """Return a sentence with {n} in it in each plural form; `say` is ngettext for a number."""
    forms: dict[str, str] = {}
    for n in _SAMPLES:
        forms.setdefault(reader.plural_form(n), say(n))
    return forms
