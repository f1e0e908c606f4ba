"""Which steps are put away."""

from __future__ import annotations

from marshmallow import fields, validate

from blueprints.frame.fields import CommandSchema
from depot.first_steps.commands import PutAway
from depot.models.first_steps import STEPS_NAMES


class PutAwaySchema(CommandSchema):
    """The first week of the depot, or one's own first minutes."""

    makes = PutAway
    command_id = fields.UUID(required=True)
    name = fields.String(required=True, validate=validate.OneOf(STEPS_NAMES))
