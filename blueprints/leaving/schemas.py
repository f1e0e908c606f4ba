"""What is said when somebody leaves, or asks to be forgotten."""

from __future__ import annotations

from marshmallow import fields

from blueprints.frame.fields import CommandSchema, Text
from depot.leaving.commands import ErasePerson, Leave


class LeaveSchema(CommandSchema):
    """Who leaves, by the name typed to confirm it, and whether from every depot."""

    makes = Leave
    command_id = fields.UUID(required=True)
    name = Text(required=True)
    everywhere = fields.Boolean(load_default=False)


class ErasePersonSchema(CommandSchema):
    """Somebody who asked to be forgotten; the address names them."""

    makes = ErasePerson
    command_id = fields.UUID(required=True)
    person_id = fields.Integer(required=True)
    why = Text(load_default="")
