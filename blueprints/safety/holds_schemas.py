"""What is said of a hold: by programs, and on the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from blueprints.frame.fields import (
    MAX_NOTE,
    CommandSchema,
    NameOrId,
    PackageDate,
    Text,
    WholeNumber,
    WriteSchema,
)
from blueprints.frame.web import LARGEST_ID
from depot.base.dates import first_day, parse_lot_date
from depot.safety.commands.holds import HeldBy, PlaceHold, ReleaseHold

MAX_CODE = 200


class HeldBySchema(CommandSchema):
    """What is held: the lots that fit all of it."""

    makes = HeldBy
    item = NameOrId(load_default=None, allow_none=True)
    lot_code = Text(load_default="")
    date_from = fields.Date(load_default=None, allow_none=True)
    date_to = fields.Date(load_default=None, allow_none=True)
    gtin = Text(load_default="", max_length=MAX_CODE)
    partner = NameOrId(load_default=None, allow_none=True)
    receipt = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)
    crate_code = Text(load_default="", max_length=MAX_CODE)
    place = WholeNumber(
        load_default=None,
        allow_none=True,
        most=LARGEST_ID,
        metadata={"description": "A place's id: what lies in it, or did since it was last cold."},
    )


class HoldSchema(WriteSchema):
    """A hold, by programs."""

    makes = PlaceHold
    reason = Text(required=True, max_length=MAX_NOTE, multiline=True)
    by = fields.Nested(HeldBySchema, required=True)
    until = fields.Date(load_default=None, allow_none=True)


class ReleaseSchema(CommandSchema):
    """Why it may go out again; the address names the hold."""

    makes = ReleaseHold
    command_id = fields.UUID(required=True)
    reason = Text(required=True, max_length=MAX_NOTE, multiline=True)


class HoldAnswer(Schema):
    """How much is held."""

    id = fields.Integer()
    lots = fields.Integer()
    quantity = fields.Integer(metadata={"description": "What is here of it, in base units."})


class ReleaseAnswer(Schema):
    """The hold that was lifted."""

    id = fields.Integer()


class FormDay(PackageDate):
    """A day as people write it; of a month, a quarter or a year its first or its last."""

    def __init__(self, *, is_last: bool, **options: Any) -> None:
        super().__init__(load_default=None, **options)
        self.is_last = is_last

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kw)
        dated = parse_lot_date(text)
        return dated.on if self.is_last else first_day(dated)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldForm:
    """The page's form."""

    command_id: UUID
    reason: str
    item: str | None
    lot_code: str
    date_from: date | None
    date_to: date | None
    gtin: str
    partner: str | None
    receipt: int | None
    crate_code: str
    place: int | None
    until: date | None
    occurred_at: datetime | None

    def command(self) -> PlaceHold:
        """Return the command that the form asks for."""
        by = HeldBy(
            item=self.item or None,
            lot_code=self.lot_code,
            date_from=self.date_from,
            date_to=self.date_to,
            gtin=self.gtin,
            partner=self.partner or None,
            receipt=self.receipt,
            crate_code=self.crate_code,
            place=self.place,
        )
        return PlaceHold(
            command_id=self.command_id,
            reason=self.reason,
            by=by,
            until=self.until,
            occurred_at=self.occurred_at,
        )


class HoldFormSchema(WriteSchema):
    """The page's form, as it is sent."""

    makes = HoldForm
    reason = Text(load_default="", max_length=MAX_NOTE, multiline=True)
    item = Text(load_default=None)
    lot_code = Text(load_default="")
    date_from = FormDay(is_last=False)
    date_to = FormDay(is_last=True)
    gtin = Text(load_default="", max_length=MAX_CODE)
    partner = Text(load_default=None)
    receipt = WholeNumber(load_default=None, most=LARGEST_ID)
    crate_code = Text(load_default="", max_length=MAX_CODE)
    place = WholeNumber(load_default=None, most=LARGEST_ID)
    until = FormDay(is_last=True)


class ReleaseFormSchema(CommandSchema):
    """The reason, as the page sends it."""

    makes = ReleaseHold
    command_id = fields.UUID(required=True)
    reason = Text(load_default="", max_length=MAX_NOTE, multiline=True)
    hold_id = fields.Integer()
