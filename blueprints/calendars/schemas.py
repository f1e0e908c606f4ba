"""What is said of calendars to subscribe to."""

from __future__ import annotations

from typing import Final

from marshmallow import fields

from blueprints.frame.fields import CommandSchema, Text
from depot.calendars.commands.feeds import CloseCalendar, OpenCalendar
from depot.calendars.commands.reminders import AskForReminders, EndReminders

#: As long as an address can be.
MAX_ADDRESS: Final = 254


class OpenCalendarSchema(CommandSchema):
    """A calendar that is to be made, or made anew."""

    makes = OpenCalendar
    command_id = fields.UUID(required=True)
    of_depot = fields.Boolean(load_default=False)


class AskSchema(CommandSchema):
    """Mails about one's shifts that are asked for."""

    makes = AskForReminders
    command_id = fields.UUID(required=True)
    address = Text(required=True, max_length=MAX_ADDRESS)
    before_shifts = fields.Boolean(load_default=False)
    each_week = fields.Boolean(load_default=False)


class EndSchema(CommandSchema):
    """Mails about shifts that are to end."""

    makes = EndReminders
    command_id = fields.UUID(required=True)


class CloseCalendarSchema(CommandSchema):
    """A calendar that is to be read no longer."""

    makes = CloseCalendar
    command_id = fields.UUID(required=True)
    of_depot = fields.Boolean(load_default=False)
