"""A batch of what a phone kept, and what became of each command of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from marshmallow import Schema, fields, validate

from blueprints.frame.fields import CommandSchema, Text, WholeNumber

#: No batch holds more commands; a phone sends the others in the next.
MAX_COMMANDS: Final = 100
#: No batch is larger, in bytes.
MAX_BATCH_BYTES: Final = 1_000_000
MAX_ID: Final = 2**63 - 1
_COMMAND: Final = {
    "description": (
        "A command: its type (receipt, move, take_out, fill, count, retire, issue, return, people,"
        " adopt, undo, unknown_scan, learn_code, come, leave, form), command_id, occurred_at, and"
        " the fields that its own address takes in a body, with crate_code or event_id where that"
        " address names a crate or a hand-out. An undo names the command it undoes in `of`."
        " What is no command is refused by itself, and holds up none of the others."
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sync:
    """A batch, as it arrives."""

    device_id: str
    commands: tuple[Any, ...]
    person: int | None = None
    depot: int | None = None
    done_by: str = ""
    sent_at: datetime | None = None


class SyncSchema(CommandSchema):
    """Commands in the order in which they were done; each is done by itself."""

    makes = Sync
    device_id = Text(required=True, max_length=80)
    commands = fields.List(
        fields.Raw(metadata=_COMMAND),  # no type: what is no object is refused by itself
        required=True,
        validate=validate.Length(max=MAX_COMMANDS),
    )
    person = WholeNumber(
        load_default=None,
        allow_none=True,
        most=MAX_ID,
        metadata={"description": "Who did it; somebody else signed in is answered 409."},
    )
    depot = WholeNumber(
        load_default=None,
        allow_none=True,
        most=MAX_ID,
        metadata={"description": "Where it was done; another depot is answered 409."},
    )
    done_by = Text(
        load_default="",
        metadata={"description": "Who did it, where another sends it; stands in the notes."},
    )
    sent_at = fields.AwareDateTime(
        load_default=None,
        allow_none=True,
        metadata={"description": "The sender's clock now, from which a wrong one is seen."},
    )


class SyncResult(Schema):
    """What became of one command."""

    command_id = fields.String(allow_none=True)
    result = fields.String(metadata={"enum": ["posted", "repeated", "refused"]})
    code = fields.String(
        metadata={"description": "Only if it was refused, or waits for a second person: why."}
    )
    message = fields.String(metadata={"description": "A sentence for people."})
    body = fields.Dict(
        metadata={"description": "The answer its own address gives; of a refusal, errors by field."}
    )
    href = fields.String(allow_none=True)
    link_text = fields.String(allow_none=True)
    urgent = fields.Boolean(
        metadata={"description": "It is in the book, and somebody must look now: food safety."}
    )


class SyncAnswer(Schema):
    """One result for each command, in order."""

    results = fields.List(fields.Nested(SyncResult))
