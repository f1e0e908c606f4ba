"""Fields and schemas of what people and programs send: strict, bounded, with plain sentences.

One schema serves a page and the API. `SomeSchema(form=True)` reads what a form sends (text only,
numbers as people of the locale write them); without it, JSON's own types are insisted on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sized
from contextvars import ContextVar
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, TypeVar
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from marshmallow import RAISE, Schema, ValidationError, fields, post_load, pre_load, validate

from blueprints.frame.errors import message_of
from blueprints.frame.guards import CONFIRMED, WHY, keep_confirmed, keep_why
from blueprints.frame.language import current_reader
from depot.base.clock import local_day, utc_now
from depot.base.names import clean_name
from depot.base.units import (
    GRAM,
    MAX_LINES,
    MAX_QUANTITY,
    MILLIGRAMS_PER_POUND,
    MILLILITRE,
    MILLILITRES_PER_LITRE,
    PIECE,
)
from depot.imports.amounts import WrittenAmount, is_like_code, parse_amount
from depot.imports.rows.numbers import AMBIGUOUS
from depot.imports.sheets.problems import AmbiguousNumber, BadValue, LooksLikeCode
from depot.imports.typed_dates import read_typed_date
from depot.words import figures, numbers

Lines = TypeVar("Lines", bound=Sized)
Taken = TypeVar("Taken")
MAX_NAME = 120
MAX_NOTE = 2000
MAX_WHY = 500


#: Characters that show what stands beside them in another order: a name must read as it is written.
_TURNS_AROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: Whether what is being loaded came from a form: all text, numbers as people write them.
_reading_form: ContextVar[bool] = ContextVar("reading_form", default=False)


class CommandSchema(Schema):
    """Base of all input: unknown fields are errors, the result is the frozen `makes`."""

    makes: ClassVar[type[Any]]

    class Meta:
        unknown = RAISE

    def __init__(self, *, form: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.form = form

    def load(self, data: Any, **options: Any) -> Any:
        """Load `data`; the fields of nested schemas read a form too if this schema does."""
        if not self.form:
            return super().load(data, **options)
        token = _reading_form.set(True)
        try:
            return super().load(data, **options)
        finally:
            _reading_form.reset(token)

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> Any:
        lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
        return self.makes(**(data | lists))


class ChangeSchema(CommandSchema):
    """Some fields of something that is there; the command gets those sent as `changes`."""

    command_id = fields.UUID(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> Any:
        command_id = data.pop("command_id")
        lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
        return self.makes(command_id=command_id, changes=tuple(sorted((data | lists).items())))


class WriteSchema(CommandSchema):
    """A write: it carries the client's id and perhaps the time it happened."""

    command_id = fields.UUID(required=True)
    occurred_at = fields.AwareDateTime(load_default=None, allow_none=True)
    confirmed = fields.List(
        fields.String(),
        metadata={"description": "`confirm` of each question that answered 409 `unconfirmed`."},
    )

    @pre_load
    def _take_confirmed(self, data: object, **_options: Any) -> object:
        """What is confirmed belongs to who acts, not to the command."""
        if not isinstance(data, dict):
            return data
        keep_confirmed(data.get(CONFIRMED))
        return {name: value for name, value in data.items() if name != CONFIRMED}


class Text(fields.Field[str]):
    """One line of text: trimmed, in one normal form, no control characters."""

    def __init__(self, *, max_length: int = MAX_NAME, multiline: bool = False, **kw: Any) -> None:
        super().__init__(**kw)
        self.max_length = max_length
        self.multiline = multiline

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError(_("This must be text."))
        normal = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
        if any(self._is_control(letter) for letter in normal):
            raise ValidationError(_("There is a character in it that cannot be read."))
        cleaned = normal.strip() if self.multiline else clean_name(normal)
        if not cleaned and self.required:
            raise ValidationError(_("Write something here."))
        if len(cleaned) > self.max_length:
            raise ValidationError(_("At most %(count)s letters, please.", count=self.max_length))
        return cleaned

    def _is_control(self, letter: str) -> bool:
        if letter == "\n" and self.multiline:
            return False
        if letter in _TURNS_AROUND:
            return True
        # U+FFFE and its like are no letters; one that is merely newer than this Python is
        is_none = ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF
        return is_none or (unicodedata.category(letter) in ("Cc", "Cs") and letter != "\t")


class NotedSchema(WriteSchema):
    """A write that may say why in a few words, kept on the entry that it becomes."""

    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)


class ToldSchema(CommandSchema):
    """A change that the open book tells of: with it comes why it is made, if anybody says so."""

    why = Text(
        max_length=MAX_WHY,
        multiline=True,
        metadata={"description": "Why it is changed; it stands in the open book."},
    )

    @pre_load
    def _take_why(self, data: object, **_options: Any) -> object:
        """Why one does it belongs to who acts, not to the command."""
        if not isinstance(data, dict):
            return data
        try:
            keep_why(str(self.declared_fields[WHY].deserialize(data.get(WHY, ""))))
        except ValidationError:
            return data  # its field says what is wrong, beside the others
        return {name: value for name, value in data.items() if name != WHY}


def read_amount(value: object) -> WrittenAmount:
    """Return an amount as its reader wrote it into a form: 20, 20 kg, 2 x 12, 12,5.

    Raises ValidationError, with what was written in its sentence.
    """
    reader = current_reader()
    try:
        return parse_amount(str(value), numbers.decimal_mark(reader.locale))
    except AmbiguousNumber as error:
        raise ValidationError(_ask_which(str(error.params["text"]))) from error
    except BadValue as error:
        raise ValidationError(message_of(error)) from error


def _ask_which(text: str) -> str:
    """Return the sentence for 1.200, which is two numbers to two people."""
    found = AMBIGUOUS.search(text)
    if found is None:
        return str(_("“%(text)s” can be read in two ways.", text=text))
    mark = numbers.decimal_mark(current_reader().locale)
    small = numbers.plain_decimal(Decimal(f"{found[1]}.{found[2]}")).replace(".", mark)
    values = {"text": text, "small": small, "large": found[1] + found[2]}
    return str(_("“%(text)s” can be two numbers. Write %(small)s or %(large)s.", **values))


class WholeNumber(fields.Field[int]):
    """A whole number between `least` and `most`; never a float, never a bool."""

    def __init__(self, *, least: int = 1, most: int = MAX_QUANTITY, **kw: Any) -> None:
        super().__init__(**kw)
        self.least = least
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> int:
        number = _typed_whole(value) if _reading_form.get() else value
        if type(number) is not int:
            raise ValidationError(_("This must be a whole number."))
        if number < self.least:
            raise ValidationError(_("At least %(least)s, please.", least=self.least))
        if number > self.most and is_like_code(str(number)):
            raise ValidationError(message_of(LooksLikeCode(text=str(number))))
        if number > self.most:
            raise ValidationError(_("That is more than a depot can hold."))
        return number


def _typed_whole(value: Any) -> int:
    text = str(value).strip()
    if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) <= 40:
        return int(text)
    found = read_amount(text)
    if found.unit not in (None, PIECE) or found.number.denominator != 1:
        raise ValidationError(_("“%(text)s” is not a whole number.", text=found.text))
    return int(found.number)


class WeightField(fields.Field[int]):
    """A weight, loaded as whole grams, at least one; a bare number is in the depot's unit."""

    def __init__(self, *, unit: str = "kg", **kw: Any) -> None:
        super().__init__(**kw)
        self.unit = unit

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> int:
        return in_base_units(read_amount(value), GRAM, self.unit)


def in_base_units(amount: WrittenAmount, unit: str, weight_unit: str) -> int:
    """Return a written amount in base units of `unit`; a bare number is pieces, kg or lb, litres.

    Rounded to the gram or millilitre, more than nothing. Raises ValidationError.
    """
    if amount.unit not in (None, unit):
        raise ValidationError(_other_unit(amount, unit, weight_unit))
    number = amount.number if amount.unit else amount.number * _per_bare(unit, weight_unit)
    if not number:
        raise ValidationError(_("“%(text)s” is not more than nothing.", text=amount.text))
    if unit == PIECE and number.denominator != 1:
        sentence = _("“%(text)s”: this is counted in pieces, in whole numbers.", text=amount.text)
        raise ValidationError(sentence)
    quantity = (2 * number.numerator + number.denominator) // (2 * number.denominator)
    if quantity > MAX_QUANTITY and is_like_code(amount.text):
        raise ValidationError(message_of(LooksLikeCode(text=amount.text)))
    if not 0 < quantity <= MAX_QUANTITY:
        sentence = _("“%(text)s” is more or less than can be booked.", text=amount.text)
        raise ValidationError(sentence)
    return quantity


def _per_bare(unit: str, weight_unit: str) -> Fraction:
    """Return how many base units one is, where only a number is written."""
    if unit == GRAM:
        return Fraction(MILLIGRAMS_PER_POUND if weight_unit == "lb" else 1_000_000) / 1000
    return Fraction(MILLILITRES_PER_LITRE if unit == MILLILITRE else 1)


def _other_unit(amount: WrittenAmount, unit: str, weight_unit: str) -> str:
    values = {"text": amount.text, "unit": figures.unit_sign(weight_unit, current_reader())}
    if unit == PIECE:
        return str(_("“%(text)s”: this is counted in pieces. How many are there?", **values))
    if unit == MILLILITRE:
        return str(_("“%(text)s”: this is measured in litres (l, ml, cl).", **values))
    return str(_("“%(text)s”: this is weighed. Write it in %(unit)s.", **values))


class PackageDate(fields.Field[str | None]):
    """A date as printed on a package and typed by a person: 5/27, end may, 21 May, 5/21/27, Q2.

    Loaded as the text that `depot.base.dates.parse_lot_date` takes. Whether 6/1/27 is in June or
    in January is as the depot's settings or its country have it; where nobody can tell, it is
    asked.
    """

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> str | None:
        try:
            reader = current_reader()
            today = local_day(utc_now(), reader.time_zone)
            text = Text(max_length=40).deserialize(value, attr, data)
            stated = read_typed_date(text, reader.date_order, today)
        except BadValue as error:
            raise ValidationError(message_of(error)) from error
        return stated.text if stated else None


class Choice(fields.Field[str]):
    """One of a few words."""

    def __init__(self, choices: tuple[str, ...], **kw: Any) -> None:
        super().__init__(**kw)
        self.choices = choices

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> str:
        if not isinstance(value, str) or value not in self.choices:
            raise ValidationError(_("Choose one of: %(choices)s.", choices=", ".join(self.choices)))
        return value


class NameOrId(fields.Field[int | str]):
    """A thing named by its id (a whole number, JSON only) or by its name."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> int | str:
        if type(value) is int and not _reading_form.get():
            if not 0 < value < 2**63:
                raise ValidationError(_("That is no id."))
            return value
        name: str = Text(required=True).deserialize(value, attr, data)
        return name


def check_one_place(data: Mapping[str, Any]) -> None:
    """Raise ValidationError if both a crate and a place are named."""
    if data.get("crate_code") and data.get("location"):
        raise ValidationError(_("Name a crate or a place, not both."), "location")


def lines_field(schema: type[Schema], **kw: Any) -> fields.List[Any]:
    """Return a field of one to MAX_LINES lines of a document."""
    return fields.List(fields.Nested(schema), validate=_SomeNotTooMany(1, MAX_LINES), **kw)


class _SomeNotTooMany(validate.Length):
    """A bound of how many lines, with sentences of ours; the API's description reads its ends."""

    def __call__(self, value: Lines) -> Lines:
        if not value:
            raise ValidationError(_("At least one line, please."))
        if len(value) > MAX_LINES:
            raise ValidationError(_("At most %(count)s lines at once, please.", count=MAX_LINES))
        return value


class Within(validate.Range):
    """A bound of numbers, with a sentence of ours; the API's description reads its ends."""

    def __call__(self, value: Taken) -> Taken:
        number: Any = value
        least, most = self.min, self.max
        if not least <= number <= most:
            words = _("Between %(least)s and %(most)s, please.", least=least, most=most)
            raise ValidationError(words)
        return value


class WallClock(fields.Field[datetime]):
    """A day and time of the depot's wall clock, as a browser sends it: 2026-11-21T10:00."""

    def __init__(self, zone: str, **kw: Any) -> None:
        super().__init__(**kw)
        self.zone = zone

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> datetime:
        try:
            found = datetime.fromisoformat(str(value).strip())
        except ValueError:
            raise ValidationError(_("Write day and time, like 2026-11-21 10:00.")) from None
        return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(self.zone))
