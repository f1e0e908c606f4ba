"""What is typed about how people treat each other."""

from __future__ import annotations

from marshmallow import fields

from blueprints.frame.fields import CommandSchema, Text, ToldSchema, WholeNumber, lines_field
from blueprints.frame.web import LARGEST_ID
from depot.conduct.commands import (
    MAX_NAME,
    MAX_REACH,
    MAX_TEXT,
    ConfidantSaid,
    ReadConduct,
    SaveConfidants,
    WordConduct,
)


class WordSchema(ToldSchema):
    """What people here promise each other; `version` is the wording that it is instead of."""

    makes = WordConduct
    command_id = fields.UUID(required=True)
    text = Text(required=True, max_length=MAX_TEXT, multiline=True)
    version = WholeNumber(least=0, load_default=0)


class ReadSchema(CommandSchema):
    """That somebody has read it."""

    makes = ReadConduct
    command_id = fields.UUID(required=True)
    version = WholeNumber(required=True)


class ConfidantSchema(CommandSchema):
    """Somebody to turn to."""

    makes = ConfidantSaid
    person_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)
    name = Text(load_default="", max_length=MAX_NAME)
    reach = Text(load_default="", max_length=MAX_REACH, multiline=True)


class ConfidantsSchema(ToldSchema):
    """Whom to turn to."""

    makes = SaveConfidants
    command_id = fields.UUID(required=True)
    confidants = lines_field(ConfidantSchema, load_default=())
