"""What a named error says: our words in the reader's language, people's words as written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from depot.base.errors import SENTENCES, DepotError, Unconfirmed
from depot.base.units import Measure, Temperature
from depot.words.reader import Reader


def error_words(error: DepotError, reader: Reader) -> str:
    """Return the error's sentence; of what is to be confirmed, that of each question."""
    if isinstance(error, Unconfirmed):
        return " ".join(error_words(question, reader) for question in error.questions.values())
    return filled_in(error.template, error.params, reader)


def filled_in(template: str, params: Mapping[str, object], reader: Reader) -> str:
    """Return a sentence with what was put beside it: figures are written, our words translated."""
    shown = {name: _shown(name, value, reader) for name, value in params.items()}
    return reader.gettext(template, **shown)


def _shown(name: str, value: object, reader: Reader) -> str:
    if isinstance(value, Measure | date):
        return _figure(value, reader)
    if isinstance(value, Temperature):
        return _degrees(value, reader)
    if isinstance(value, str) and name in SENTENCES:
        return reader.gettext(value)
    if isinstance(value, int) and name.endswith("_grams"):
        return _weight(value, reader)
    return str(value)


def _weight(grams: int, reader: Reader) -> str:
    from depot.words import figures  # with Babel's calendars, which few errors need

    return figures.weight(grams, reader)


def _degrees(value: Temperature, reader: Reader) -> str:
    from depot.words.temperatures import temperature  # with Babel, which few errors need

    return temperature(value.tenths, reader)


def _figure(value: Measure | date, reader: Reader) -> str:
    from depot.words import figures  # with Babel's calendars, which few errors need

    if isinstance(value, Measure):
        return figures.quantity(value.quantity, value.unit, reader)
    if isinstance(value, datetime):
        return figures.moment(value, reader)
    return figures.dated_day(value, reader)
