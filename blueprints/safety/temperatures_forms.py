"""What is typed and sent about temperatures, and what programs are told of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, post_load

from blueprints.frame.fields import (
    MAX_NOTE,
    Choice,
    CommandSchema,
    Text,
    ToldSchema,
    WholeNumber,
    WriteSchema,
)
from blueprints.frame.language import current_reader
from depot.base.kinds import COLD_KINDS
from depot.safety.commands.temperatures import (
    MAX_REASON,
    RecordTemperature,
    SaveTemperatureRule,
    StrikeOutTemperature,
)
from depot.safety.temperatures import (
    EVERY_HOURS,
    LEAST_TENTHS,
    MOST_TENTHS,
    WrittenDegrees,
    exact_tenths,
    is_possible,
    read_degrees,
)
from depot.words.temperatures import reads_fahrenheit, temperature

#: Which side of zero a number without a sign is on.
SIGNS: Final = ("above", "below")
#: No number that is a temperature is longer.
_MOST_LETTERS: Final = 20


class WrittenTemperature(fields.Field[WrittenDegrees]):
    """A temperature as a person writes it: 4, 4,5, -18, 38 F."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> WrittenDegrees:
        text = Text(max_length=_MOST_LETTERS).deserialize(value, attr, data)
        found = read_degrees(text or "")
        if found is None:
            raise ValidationError(_("“%(text)s” is no temperature. Write it like 4.5", text=text))
        return found


class Celsius(fields.Field[int]):
    """Degrees Celsius as a number or as text, to a tenth: kept as whole tenths, never rounded."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> int:
        number = _as_decimal(value)
        if number is None:
            raise ValidationError(_("Write degrees Celsius, like 4.5 or -18."))
        tenths = exact_tenths(number)
        if tenths is not None:
            return tenths
        if not number.is_finite() or not is_possible(number * 10):
            raise ValidationError(_impossible())
        raise ValidationError(_too_fine())


def _as_decimal(value: Any) -> Decimal | None:
    """Return a JSON number as it was written, or the number of a text; None for anything else."""
    if not isinstance(value, int | float | str):
        return None
    text = repr(value) if isinstance(value, float) else str(value)
    if len(text) > _MOST_LETTERS or not text.isascii():
        return None
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


def _impossible() -> str:
    named = {"least": LEAST_TENTHS, "most": MOST_TENTHS}
    shown = {name: temperature(tenths, current_reader()) for name, tenths in named.items()}
    return str(_("A place is between %(least)s and %(most)s.", **shown))


def _too_fine() -> str:
    return str(_("At most one decimal, please: thermometers read tenths of a degree."))


def to_tenths(written: WrittenDegrees, *, is_below: bool) -> int:
    """Return the tenths of a degree Celsius of what was typed. Raises ValidationError."""
    in_fahrenheit = reads_fahrenheit(current_reader())
    tenths = written.tenths(is_below=is_below, in_fahrenheit=in_fahrenheit)
    if tenths is None:
        raise ValidationError(_too_fine())
    if not is_possible(tenths):
        raise ValidationError(_impossible())
    return tenths


class ReadingForm(WriteSchema):
    """The form of a reading: number pads have no minus, so the form offers it itself."""

    makes = RecordTemperature
    degrees = WrittenTemperature(required=True)
    sign = Choice(SIGNS, load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> Any:
        written, sign = data.pop("degrees"), data.pop("sign")
        if sign is None and not written.sign and written.number:
            raise ValidationError(_("Say whether it is above or below zero."), "sign")
        try:
            tenths = to_tenths(written, is_below=sign == "below")
        except ValidationError as error:
            raise ValidationError(error.messages, "degrees") from error
        return self.makes(**data, tenths=tenths)


class ReadingSchema(WriteSchema):
    """A reading, as programs send it."""

    makes = RecordTemperature
    celsius = Celsius(
        required=True,
        attribute="tenths",
        metadata={
            "type": ["number", "string"],
            "description": "Degrees Celsius, at most one decimal, from -100 to 100.",
        },
    )


class StrikeOutSchema(CommandSchema):
    """Why a reading was a mistake."""

    makes = StrikeOutTemperature
    command_id = fields.UUID(required=True)
    reason = Text(required=True, max_length=MAX_REASON, multiline=True)


class RuleForm(ToldSchema):
    """The form of a place's limits. Each is typed like a reading, with its side of zero beside."""

    makes = SaveTemperatureRule
    command_id = fields.UUID(required=True)
    location_id = fields.Integer(required=True)
    kind = Choice(COLD_KINDS, required=True)
    lowest = WrittenTemperature(load_default=None)
    lowest_sign = Choice(SIGNS, load_default="above")
    highest = WrittenTemperature(load_default=None)
    highest_sign = Choice(SIGNS, load_default="above")
    every_hours = WholeNumber(load_default=24, most=max(EVERY_HOURS))
    source = Text(load_default="", max_length=MAX_NOTE, multiline=True)
    archived = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> Any:
        for name in ("lowest", "highest"):
            written, sign = data.pop(name), data.pop(f"{name}_sign")
            data[f"{name}_tenths"] = None
            if written is not None:
                data[f"{name}_tenths"] = self._limit(name, written, is_below=sign == "below")
        return self.makes(**data)

    @staticmethod
    def _limit(name: str, written: WrittenDegrees, *, is_below: bool) -> int:
        try:
            return to_tenths(written, is_below=is_below)
        except ValidationError as error:
            raise ValidationError(error.messages, name) from error


class ReadingAnswer(Schema):
    """A reading as it was kept: `celsius` with one decimal, and whether it is within limits."""

    id = fields.Integer()
    location_id = fields.Integer()
    location = fields.String()
    celsius = fields.String()
    tenths = fields.Integer()
    is_outside = fields.Boolean()


class StrikeAnswer(Schema):
    """Which reading was struck out."""

    id = fields.Integer()


class StrikeRow(Schema):
    """Who struck a reading out, why and when."""

    by = fields.String()
    reason = fields.String()
    recorded_at = fields.AwareDateTime()


class ReadingRow(Schema):
    """A reading with the limits as they were then, in tenths of a degree Celsius."""

    id = fields.Integer()
    tenths = fields.Integer()
    lowest_tenths = fields.Integer(attribute="limits.lowest", allow_none=True)
    highest_tenths = fields.Integer(attribute="limits.highest", allow_none=True)
    is_outside = fields.Boolean()
    occurred_at = fields.AwareDateTime()
    recorded_at = fields.AwareDateTime()
    by = fields.String()
    struck = fields.Nested(StrikeRow, allow_none=True)


class ReadingsAnswer(Schema):
    """A page of readings."""

    readings = fields.List(fields.Nested(ReadingRow))
    next = fields.Integer(allow_none=True)
