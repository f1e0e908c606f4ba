"""What is typed in a meeting."""

from __future__ import annotations

from marshmallow import fields

from blueprints.frame.fields import CommandSchema, Text, WholeNumber
from blueprints.frame.web import LARGEST_ID
from depot.meetings.commands import (
    MAX_MINUTE,
    MAX_OTHERS,
    MAX_TITLE,
    MOST_IN_ROOM,
    AddToAgenda,
    GiveTask,
    NoteWhoWasThere,
    TakeOffAgenda,
    WriteMinute,
)


class AgendaSchema(CommandSchema):
    """Something to talk about; a proposal says by itself what it is."""

    makes = AddToAgenda
    command_id = fields.UUID(required=True)
    title = Text(load_default="", max_length=MAX_TITLE)
    proposal_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


class TakeOffSchema(CommandSchema):
    """That it is not to be talked about."""

    makes = TakeOffAgenda
    command_id = fields.UUID(required=True)


class MinuteSchema(CommandSchema):
    """What was said."""

    makes = WriteMinute
    command_id = fields.UUID(required=True)
    minute = Text(load_default="", max_length=MAX_MINUTE, multiline=True)


class ThereSchema(CommandSchema):
    """Who else was there."""

    makes = NoteWhoWasThere
    command_id = fields.UUID(required=True)
    others = Text(load_default="", max_length=MAX_OTHERS, multiline=True)
    in_room_count = WholeNumber(load_default=None, allow_none=True, most=MOST_IN_ROOM)


class TaskSchema(CommandSchema):
    """Who is to do what by when."""

    makes = GiveTask
    command_id = fields.UUID(required=True)
    name = Text(required=True, max_length=MAX_TITLE)
    due_on = fields.Date(load_default=None, allow_none=True)
    person_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)
