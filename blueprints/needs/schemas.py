"""What is typed about needs: shares in percent, least amounts in the item's unit, words by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, post_load

from blueprints.frame.fields import Choice, Text, ToldSchema, WholeNumber
from blueprints.words.amounts import Amount, base_quantity
from depot.needs.commands import MAX_NOTE, MAX_WORDS, SaveNeedRule, SaveNeedsSetting
from depot.needs.coordinates import NO_COORDINATES, parse_coordinates
from depot.needs.queries.needs import NeedLine
from depot.needs.shares import VERDICTS

#: What the pick buttons send where the figures decide.
BY_FIGURES = "figures"


class Percent(fields.Field[int]):
    """A share as people type it, 12 or 12.5 or 12,5 %, loaded as thousandths."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> int:
        text = str(value).replace("%", "").replace(",", ".").strip()
        try:
            number = Decimal(text) * 10
        except InvalidOperation:
            raise ValidationError(_("Write a share in percent, like 12 or 12.5.")) from None
        if not number.is_finite() or not 0 < number <= 1000:
            raise ValidationError(_("A share is more than 0 and at most 100 %."))
        if number != number.to_integral_value():
            raise ValidationError(_("One figure after the point is enough."))
        return int(number)


class CalendarDay(fields.Field[date]):
    """A day as the browser sends it: 2026-12-24."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> date:
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            raise ValidationError(_("Write the day like 2026-12-24.")) from None


class Coordinates(fields.Field[tuple[int, int]]):
    """A place as maps write it, latitude first, loaded as millionths of a degree."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> tuple[int, int]:
        found = parse_coordinates(str(value))
        if found is None:
            raise ValidationError(_(NO_COORDINATES))
        return found


class RuleSchema(ToldSchema):
    """What a coordinator knows of one category or item; `line` says what it is counted in."""

    makes = SaveNeedRule
    command_id = fields.UUID(required=True)
    share = Percent(load_default=None, attribute="share_permille")
    minimum = Amount(load_default=None)
    said = Choice((BY_FIGURES, *VERDICTS), load_default=BY_FIGURES)
    said_until = CalendarDay(load_default=None)
    note = Text(load_default="", max_length=MAX_NOTE)
    is_left_out = fields.Boolean(load_default=False)

    def __init__(self, line: NeedLine, weight_unit: str, **options: Any) -> None:
        super().__init__(**options)
        self.line = line
        self.weight_unit = weight_unit

    @post_load
    def _make(self, data: Mapping[str, Any], **_options: Any) -> SaveNeedRule:
        found = dict(data)
        minimum = found.pop("minimum")
        if minimum is not None:
            found["minimum_quantity"] = base_quantity(
                minimum, self.line.unit, self.weight_unit, ["minimum"]
            )
        if found["said"] == BY_FIGURES:
            found |= {"said": "", "said_until": None}
        return SaveNeedRule(kind=self.line.kind, subject_id=self.line.id, **found)


class SettingSchema(ToldSchema):
    """Where the needs are shown."""

    makes = SaveNeedsSetting
    command_id = fields.UUID(required=True)
    at_door = fields.Boolean(load_default=False)
    on_poster = fields.Boolean(load_default=False)
    on_page = fields.Boolean(load_default=False)
    as_json = fields.Boolean(load_default=False)
    as_feed = fields.Boolean(load_default=False)
    words = Text(load_default="", max_length=MAX_WORDS, multiline=True)
    coordinates = Coordinates(load_default=(None, None))

    @post_load
    def _make(self, data: Mapping[str, Any], **_options: Any) -> SaveNeedsSetting:
        found = dict(data)
        north, east = found.pop("coordinates")
        return SaveNeedsSetting(latitude_microdegrees=north, longitude_microdegrees=east, **found)


class NeedRuleSchema(ToldSchema):
    """The whole rule of a category or an item; the address says of which.

    `minimum_quantity` is in the item's base unit, for a category in grams.
    """

    makes = SaveNeedRule
    command_id = fields.UUID(required=True)
    share_permille = WholeNumber(load_default=None, allow_none=True, most=1000)
    minimum_quantity = WholeNumber(load_default=None, allow_none=True)
    said = Choice(("", *VERDICTS), load_default="")
    said_until: fields.Field[Any] = fields.Date(load_default=None, allow_none=True)
    note = Text(load_default="", max_length=MAX_NOTE)
    is_left_out = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> SaveNeedRule:
        return SaveNeedRule(kind="", subject_id=0, **data)


class NeedRuleAnswer(Schema):
    """Whose rule was saved."""

    name = fields.String()


class NeedRuleSaid(Schema):
    """What a coordinator said of it."""

    share_permille = fields.Integer(allow_none=True)
    minimum_quantity = fields.Integer(allow_none=True)
    said = fields.String()
    said_until = fields.Date(allow_none=True)
    note = fields.String()
    is_left_out = fields.Boolean()


class NeedRow(Schema):
    """How a category or an item stands, with the figures behind it."""

    kind = fields.String(metadata={"enum": ["category", "item"]})
    id = fields.Integer()
    name = fields.String()
    category = fields.String()
    unit = fields.String()
    verdict = fields.String(metadata={"enum": list(VERDICTS)})
    reason = fields.String()
    quantity = fields.Integer()
    stock_grams = fields.Integer()
    handed_out_grams = fields.Integer()
    stock_permille = fields.Integer()
    wanted_permille = fields.Integer()
    days_left = fields.Integer(allow_none=True)
    not_weighed = fields.Integer()
    is_short = fields.Boolean()
    is_too_much = fields.Boolean()
    rule = fields.Nested(NeedRuleSaid)


class NeedsAnswer(Schema):
    """All of them."""

    needs = fields.List(fields.Nested(NeedRow))
