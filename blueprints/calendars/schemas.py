"""What is said of calendars to subscribe to."""

from __future__ import annotations

from marshmallow import fields

from blueprints.frame.fields import CommandSchema
from depot.calendars.commands import CloseCalendar, OpenCalendar


class OpenCalendarSchema(CommandSchema):
    """A calendar that is to be made, or made anew."""

    makes = OpenCalendar
    command_id = fields.UUID(required=True)
    of_depot = fields.Boolean(load_default=False)


class CloseCalendarSchema(CommandSchema):
    """A calendar that is to be read no longer."""

    makes = CloseCalendar
    command_id = fields.UUID(required=True)
    of_depot = fields.Boolean(load_default=False)
