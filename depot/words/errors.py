"""What a named error says: our words in the reader's language, people's words as written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from depot.base.errors import SENTENCES, DepotError
from depot.words.reader import Reader


def error_words(error: DepotError, reader: Reader) -> str:
    """Return the error's sentence."""
    return filled_in(error.template, error.params, reader)


def filled_in(template: str, params: Mapping[str, object], reader: Reader) -> str:
    """Return a sentence with what was put beside it: days are written, our words translated."""
    shown = {name: _shown(name, value, reader) for name, value in params.items()}
    return reader.gettext(template, **shown)


def _shown(name: str, value: object, reader: Reader) -> str:
    if isinstance(value, date):
        from depot.words import figures  # with Babel's calendars, which few errors need

        return figures.plain_day(value, reader)
    if isinstance(value, str) and name in SENTENCES:
        return reader.gettext(value)
    return str(value)
