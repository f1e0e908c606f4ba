"""Who reads: words and figures are made for a reader, in a page, a paper, a mail or a terminal."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from gettext import NullTranslations
from typing import TYPE_CHECKING, Any, Final, TypeVar
from unicodedata import bidirectional

from depot.base.names import LEFT
from depot.words.countries import DateOrder, date_order
from depot.words.numbers import decimal

if TYPE_CHECKING:
    from babel import Locale

#: Where nothing is translated.
_ENGLISH: Final = NullTranslations()
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Reader:
    """How somebody reads: language, clock, unit of weight, paper, and how numbers are written."""

    #: A catalogue's name: en, de, pt_BR.
    language: str = "en"
    #: The locale whose numbers and dates the reader knows.
    formats: str = "en"
    time_zone: str = "UTC"
    #: kg or lb.
    weight_unit: str = "kg"
    #: A4 or Letter.
    paper_size: str = "A4"
    catalogue: NullTranslations = field(default=_ENGLISH, repr=False)
    #: Whether the day or the month comes first in the depot's dates: dmy, mdy, or empty if nobody
    #: said.
    said_order: str = ""

    def gettext(self, message: str, /, **values: object) -> str:
        """Return the message in the reader's language, with the values filled in by name.

        Only for sentences of the program: names that people wrote are values.
        """
        told = self.catalogue.gettext(message) if message else ""
        return told % self.name_all(values, told) if values else told

    def name(self, value: V) -> V | str:
        """Return what stands for a name, in the reader's words if it is somebody who left.

        Every other value is as it was.
        """
        return self.catalogue.gettext(LEFT) if value == LEFT else value

    def name_all(self, values: dict[str, object], told: str) -> dict[str, object]:
        """Return the values of the sentence `told`, those who left named in the reader's words.

        Where it is read from right to left, names and codes that run the other way are set apart:
        else they would carry what stands beside them along.
        """
        if LEFT in values.values():  # almost never
            values = {key: self.name(value) for key, value in values.items()}
        values = with_one_stop(values, told)
        if direction_of(self.language) == "ltr":
            return values
        return {key: _set_apart(value) for key, value in values.items()}

    def ngettext(self, singular: str, plural: str, num: int, /, **values: object) -> str:
        """Return the form for `num`, which stands in it as %(num)s, grouped."""
        told = self.catalogue.ngettext(singular, plural, num)
        return told % {"num": decimal(num, self.locale, "#,##0"), **self.name_all(values, told)}

    @property
    def speaker(self) -> Reader:
        """Somebody of whom no more is known than the language: what is kept for all who speak it
        is made for them."""
        return Reader(self.language, self.formats, catalogue=self.catalogue)

    @property
    def locale(self) -> Locale:
        """The locale of the reader's numbers and dates."""
        return _locale(self.formats)

    @property
    def date_order(self) -> DateOrder | None:
        """Whether the day or the month comes first in a date that is typed; None: not known."""
        return date_order(self.said_order, self.time_zone)

    @property
    def tag(self) -> str:
        """The language as pages name it: pt-BR."""
        return self.language.replace("_", "-")

    def plural_form(self, num: int) -> str:
        """Return which plural form `num` takes in the reader's language: one, few, other."""
        return str(_locale(self.language.partition("_")[0]).plural_form(num))

    @property
    def direction(self) -> str:
        """Where a line of the reader's language begins: ltr or rtl."""
        return direction_of(self.language)


#: Who reads English and is in no depot.
ENGLISH: Final = Reader()


#: The languages that are there, without what Babel would keep of each to tell.
_DIRECTIONS: Final = dict.fromkeys(("ar", "fa"), "rtl") | dict.fromkeys(
    ("de", "en", "es", "fr", "it", "pl", "pt", "ru", "tr", "uk", "zh"), "ltr"
)


def direction_of(language: str) -> str:
    """Return where a line of a language begins, by its catalogue's name: ltr or rtl."""
    return _DIRECTIONS.get(language.partition("_")[0]) or babel_direction(language)


@lru_cache(maxsize=64)
def babel_direction(language: str) -> str:
    """Return the same as Babel knows it."""
    return str(_locale(language.partition("_")[0]).text_direction)


#: First strong isolate, and pop directional isolate (Unicode Standard Annex 9).
_APART: Final = ("\u2068", "\u2069")


def _set_apart(value: object) -> object:
    """Return a text that runs from left to right between marks that keep it to itself.

    An address is left alone: a mail program would take the mark for a part of it.
    """
    if not isinstance(value, str) or "://" in value:
        return value
    if not any(letter.isalpha() and bidirectional(letter) == "L" for letter in value):
        return value
    begin, end = map(type(value), _APART)  # what is safe to show stays so
    return begin + value + end


@lru_cache(maxsize=64)
def _locale(name: str) -> Locale:
    from babel import Locale  # loaded with the first number or date, not with the program

    return Locale.parse(name)


def with_one_stop(values: dict[str, Any], told: str) -> dict[str, Any]:
    """Return the values as they stand in the sentence: what ends with a stop brings no second one.

    Many languages shorten months: closed since 19. Nov.
    """
    doubled = [
        key
        for key, value in values.items()
        if isinstance(value, str) and value.endswith(".") and f"%({key})s." in told
    ]
    return values | {key: values[key][:-1] for key in doubled} if doubled else values
