"""Fields and schemas of what people and programs send: strict, bounded, with plain sentences.

One schema serves a page and the API. `SomeSchema(form=True)` reads what a form sends (text only,
numbers as people of the locale write them); without it, JSON's own types are insisted on.
"""

from __future__ import annotations

import unicodedata
from contextvars import ContextVar
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from marshmallow import RAISE, Schema, ValidationError, fields, post_load

from blueprints.frame.errors import message_of
from blueprints.frame.language import current_reader
from depot.base.names import clean_name
from depot.base.units import MAX_LINES, MAX_QUANTITY, MILLIGRAMS_PER_POUND
from depot.imports.rows.stated_dates import parse_date
from depot.imports.sheets.problems import BadValue
from depot.words.countries import usual_date_order

MAX_NAME = 120
MAX_NOTE = 2000


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


class WriteSchema(CommandSchema):
    """A write: it carries the client's id and perhaps the time it happened."""

    command_id = fields.UUID(required=True)
    occurred_at = fields.AwareDateTime(load_default=None, allow_none=True)


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
        if number > self.most:
            raise ValidationError(_("That is more than a depot can hold."))
        return number


def _typed_whole(value: Any) -> int | None:
    text = str(value).strip().replace(" ", "").replace("\u202f", "").replace("\xa0", "")
    sign, digits = (text[:1], text[1:]) if text[:1] in "+-" else ("", text)
    if not digits.isascii() or not digits.isdigit() or len(digits) > 40:
        return None
    return int(sign + digits)


class WeightField(fields.Field[int]):
    """A weight typed in the depot's unit (12.5 or 12,5), loaded as whole grams, at least one."""

    def __init__(self, *, unit: str = "kg", **kw: Any) -> None:
        super().__init__(**kw)
        self.unit = unit

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> int:
        text = str(value).strip().replace(" ", "").replace(",", ".")
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise ValidationError(_("Write the weight as a number, like 12.5.")) from None
        if not number.is_finite() or number <= 0:
            raise ValidationError(_("The weight must be more than nothing."))
        milligrams = MILLIGRAMS_PER_POUND if self.unit == "lb" else 1_000_000
        if number > MAX_QUANTITY:
            raise ValidationError(_("That is more than a depot can hold."))
        grams = int((number * milligrams / 1000).to_integral_value())
        if not 0 < grams <= MAX_QUANTITY:
            raise ValidationError(_("That is more or less than can be booked."))
        return grams


class PackageDate(fields.Field[str | None]):
    """A date as printed on a package and typed by a person: 05/2027, 21 May 2027, 2027, 5/21/27.

    Loaded as the text that `depot.base.dates.parse_lot_date` takes. Whether 6/1/27 is in June or
    in January is as the depot's country has it; where nobody can tell, it is asked.
    """

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> str | None:
        try:
            order = usual_date_order(current_reader().time_zone)
            stated = parse_date(Text(max_length=40).deserialize(value, attr, data), order)
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


def lines_field(schema: type[Schema], **kw: Any) -> fields.List[Any]:
    """Return a field of one to MAX_LINES lines of a document."""
    return fields.List(fields.Nested(schema), validate=_some_not_too_many, **kw)


def _some_not_too_many(found: list[Any]) -> None:
    if not found:
        raise ValidationError(_("At least one line, please."))
    if len(found) > MAX_LINES:
        raise ValidationError(_("At most %(count)s lines at once, please.", count=MAX_LINES))


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
