"""What is typed in a meeting."""

from __future__ import annotations

from marshmallow import Schema, fields

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


class MeetingTaskSchema(CommandSchema):
    """Who is to do what by when."""

    makes = GiveTask
    command_id = fields.UUID(required=True)
    name = Text(required=True, max_length=MAX_TITLE)
    due_on = fields.Date(load_default=None, allow_none=True)
    person_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


class MeetingRowAnswer(Schema):
    """A meeting on the list."""

    id = fields.String(
        attribute="name_of",
        metadata={"description": "Its number, or its routine's and the day: 3.2026-12-01."},
    )
    name = fields.String()
    starts_at = fields.AwareDateTime(allow_none=True)
    ends_at = fields.AwareDateTime(allow_none=True)
    place = fields.String()
    people = fields.Integer(attribute="count")
    called_off_why = fields.String()


class MeetingListAnswer(Schema):
    """The meetings, in their order; all of them stand on one page."""

    meetings = fields.List(fields.Nested(MeetingRowAnswer))
    next = fields.Integer(allow_none=True)


class WhoCameAnswer(Schema):
    """Somebody who came; before anybody did: who is in."""

    person_id = fields.Integer()
    name = fields.String()


class AgendaRowAnswer(Schema):
    """Something on the agenda, and what was said about it."""

    id = fields.Integer()
    title = fields.String()
    added_by = fields.String(allow_none=True)
    minute = fields.String()
    minuted_by = fields.String(allow_none=True)
    proposal_id = fields.Integer(allow_none=True)
    outcome = fields.String(
        allow_none=True,
        metadata={"description": "Of its proposal: agreed, not_agreed, withdrawn."},
    )
    wording = fields.String(allow_none=True)
    review_on = fields.Date(allow_none=True)


class GivenTaskAnswer(Schema):
    """Who does what by when: who said yes, and who was asked."""

    id = fields.Integer()
    name = fields.String()
    due_on = fields.Date(allow_none=True)
    who = fields.List(fields.String())
    asked = fields.List(fields.String())
    done_at = fields.AwareDateTime(allow_none=True)


class MeetingAnswer(Schema):
    """A meeting with all that is kept of it."""

    meeting = fields.Nested(MeetingRowAnswer, attribute="row")
    came = fields.List(fields.Nested(WhoCameAnswer))
    others = fields.String(metadata={"description": "Who else was there, without an account."})
    in_room_count = fields.Integer(allow_none=True)
    agenda = fields.List(fields.Nested(AgendaRowAnswer), attribute="items")
    tasks = fields.List(fields.Nested(GivenTaskAnswer))


class AgendaItemAnswer(Schema):
    """What was written down, and its number."""

    id = fields.Integer()
    name = fields.String()


class AgendaNumberAnswer(Schema):
    """The number of what was changed."""

    id = fields.Integer()
