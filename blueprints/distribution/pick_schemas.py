"""What is said of goods that are fetched for a hand-out, by programs and on the page."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import Schema, fields

from blueprints.distribution.schemas import AmountLine
from blueprints.frame.answers import GoodsSaid
from blueprints.frame.fields import CommandSchema, NameOrId, Text, WholeNumber, lines_field
from blueprints.words.amounts import Amount
from blueprints.words.scan_fields import ScannedText
from depot.distribution.commands.picks import PickGoods, PickLine


class PickLineSchema(CommandSchema):
    """So many base units of an item were fetched, from anywhere or from one place or crate."""

    makes = PickLine
    item = NameOrId(required=True)
    quantity = WholeNumber(required=True)
    location = Text(load_default=None, allow_none=True, max_length=200)


class EventPickSchema(CommandSchema):
    """What is wanted of a crate that was scanned, or lines; perhaps instead of a planned item."""

    makes = PickGoods
    command_id = fields.UUID(required=True)
    crate_code = Text(load_default=None, allow_none=True, max_length=200)
    lines = lines_field(PickLineSchema, load_default=list)
    instead_of = NameOrId(load_default=None, allow_none=True)


class EventPickAnswer(Schema):
    """What was fetched, by item."""

    event_id = fields.Integer()
    crate_code = fields.String(allow_none=True)
    instead_of = fields.String(allow_none=True)
    lines = fields.List(fields.Nested(GoodsSaid))


@dataclass(frozen=True, slots=True, kw_only=True)
class PickForm:
    """What the page of the pick list sends."""

    command_id: UUID
    crate_code: str | None = None
    lines: tuple[AmountLine, ...] = ()
    instead_of: str | None = None


def pick_form() -> CommandSchema:
    """Return the schema of what the page of the pick list sends."""

    class Line(CommandSchema):
        makes = AmountLine
        item = Text(required=True, error_messages={"required": _("Which item?")})
        amount = Amount(required=True, error_messages={"required": _("How many?")})
        location = Text(load_default=None, max_length=200)

    class Picks(CommandSchema):
        makes = PickForm
        command_id = fields.UUID(required=True)
        crate_code = ScannedText(load_default=None)
        lines = lines_field(Line, load_default=list)
        instead_of = Text(load_default=None, max_length=200)

    return Picks(form=True)
