"""What is said of notes, by pages, phones and programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from marshmallow import Schema, fields, post_load

from blueprints.frame.fields import Choice, CommandSchema, Text, WholeNumber, WriteSchema
from depot.base.kinds import NOTE_KINDS
from depot.handover.commands import AcknowledgeNote, TakeDownNote, WriteNote
from depot.handover.notes import MAX_FACT, MAX_FACTS, MAX_TEXT

#: More lines than these has no note.
MOST_LINES: Final = MAX_FACTS + MAX_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLineTask:
    """Which line of a note becomes a task."""

    command_id: UUID
    line: int


class NoteSchema(WriteSchema):
    """A note, as programs write it: each line of the text stands by itself."""

    makes = WriteNote
    kind = Choice(NOTE_KINDS, load_default="handover")
    text = Text(required=True, max_length=MAX_TEXT, multiline=True)
    shown_until = fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"description": "A notice's last day; without one it hangs for a week."},
    )


class FactSchema(Schema):
    """A line that was drafted and left ticked."""

    text = Text(required=True, max_length=MAX_FACT)


class NoteForm(WriteSchema):
    """The form of a note: what was drafted, line by line, and what somebody wrote."""

    makes = WriteNote
    kind = Choice(NOTE_KINDS, load_default="handover")
    text = Text(load_default="", max_length=MAX_TEXT, multiline=True)
    facts = fields.List(fields.Nested(FactSchema), load_default=list)
    shown_until = fields.Date(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> Any:
        return self.makes(**data | {"facts": tuple(fact["text"] for fact in data["facts"])})


class SeenForm(WriteSchema):
    """Somebody has seen a note; the address names it."""

    makes = AcknowledgeNote


class LineForm(CommandSchema):
    """A line of a note that is to become a task; the address names the note."""

    makes = NoteLineTask
    command_id = fields.UUID(required=True)
    line = WholeNumber(required=True, least=1, most=MOST_LINES)


class TakeDownSchema(CommandSchema):
    """A note that is to be read no longer; the address names it."""

    makes = TakeDownNote
    command_id = fields.UUID(required=True)


class NoteAnswer(Schema):
    """The note that was written, or taken down."""

    id = fields.Integer()


class NoteRowSchema(Schema):
    """A note; it has no lines once it was taken down or has faded."""

    id = fields.Integer()
    kind = fields.String()
    lines = fields.List(fields.String())
    written_at = fields.AwareDateTime()
    recorded_at = fields.AwareDateTime()
    by = fields.String()
    shown_until = fields.Date(allow_none=True)
    taken_down_at = fields.AwareDateTime(allow_none=True)
    faded_at = fields.AwareDateTime(allow_none=True)
    seen_by = fields.List(fields.String())


class NotesAnswer(Schema):
    """A page of notes."""

    notes = fields.List(fields.Nested(NoteRowSchema))
    next = fields.Integer(allow_none=True)
