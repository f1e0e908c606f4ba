"""A file of what waited on a phone: read with care, delivered under the names of who did it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validate

from blueprints.frame.fields import Text, WholeNumber
from blueprints.outbox.delivery import Batch, deliver_alone
from blueprints.outbox.schemas import MAX_ID
from depot.base.actors import Actor

QUEUE_FILE_FORMAT: Final = "depot-waiting"
#: A phone that waited for a week has fewer; a file with more was not made by one.
MAX_LINES: Final = 1000
MAX_FILE_BYTES: Final = 4_000_000


class LineSchema(Schema):
    """One command with who did it and how it was called on the phone."""

    class Meta:
        unknown = RAISE

    by = Text(required=True)
    depot = WholeNumber(required=True, most=MAX_ID)
    words = Text(load_default="", max_length=300)
    command = fields.Dict(keys=fields.String(), values=fields.Raw(), required=True)


class FileSchema(Schema):
    """The file; what it says beside this does not matter."""

    class Meta:
        unknown = EXCLUDE

    format = fields.String(required=True, validate=validate.Equal(QUEUE_FILE_FORMAT))
    commands = fields.List(
        fields.Nested(LineSchema), required=True, validate=validate.Length(max=MAX_LINES)
    )


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of one line of the file."""

    words: str
    by: str
    result: str
    message: str


def read_queue_file(data: bytes, who: Actor) -> list[dict[str, Any]]:
    """Return the lines of a file. Raises ValidationError for what is none, or another depot's."""
    if len(data) > MAX_FILE_BYTES:
        raise ValidationError(_("That is larger than what waits on a phone."), "file")
    try:
        loaded = FileSchema().load(json.loads(data.decode("utf-8-sig")))
    except (ValidationError, ValueError, RecursionError) as error:
        sentence = _("This is no file of what waited on a phone. It ends in .json.")
        raise ValidationError(sentence, "file") from error
    lines: list[dict[str, Any]] = loaded["commands"]
    if any(line["depot"] != who.depot_id for line in lines):
        raise ValidationError(_("This was done in another depot. Load it there."), "file")
    return lines


def deliver_queue_file(lines: list[dict[str, Any]], who: Actor, now: datetime) -> list[LineResult]:
    """Deliver the lines in order, each once; the entry is of who loads it, its note says of whom.

    The file's clock is not compared with ours: nobody knows how long it was on its way.
    """
    return [_line(line, who, now) for line in lines]


def _line(line: dict[str, Any], who: Actor, now: datetime) -> LineResult:
    result = deliver_alone(line["command"], Batch(done_by=line["by"]), who, now)
    words = line["words"] or str(line["command"].get("type", ""))[:80]
    return LineResult(words, line["by"], result["result"], result["message"])
