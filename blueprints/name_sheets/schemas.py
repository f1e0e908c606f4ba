"""What is typed and sent about sign-in sheets; no answer has a name in it."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields

from blueprints.frame.fields import CommandSchema, Text, ToldSchema, WholeNumber
from depot.name_sheets.commands.lines import StrikeName, WriteName
from depot.name_sheets.commands.settings import SaveSheetSetting
from depot.name_sheets.keeping import LEAST_YEARS, MOST_PEOPLE, MOST_YEARS
from depot.people.commands.names import LetReadNames

MAX_NAME: Final = 120
MAX_COLUMNS: Final = 300
MAX_STATEMENT: Final = 1000


class WriteNameSchema(CommandSchema):
    """A household that signed."""

    makes = WriteName
    command_id = fields.UUID(required=True)
    name = Text(required=True, max_length=MAX_NAME)
    people = WholeNumber(required=True, least=1, most=MOST_PEOPLE)


class StrikeNameSchema(CommandSchema):
    """A line that is to go."""

    makes = StrikeName
    command_id = fields.UUID(required=True)
    line_id = fields.Integer(required=True)


class SheetSettingSchema(ToldSchema):
    """Whether sheets are kept, for how long, and what the paper asks for."""

    makes = SaveSheetSetting
    command_id = fields.UUID(required=True)
    is_on = fields.Boolean(load_default=False)
    years = WholeNumber(required=True, least=LEAST_YEARS, most=MOST_YEARS)
    columns = Text(load_default="", max_length=MAX_COLUMNS, multiline=True)
    statement = Text(load_default="", max_length=MAX_STATEMENT, multiline=True)


class LetReadSchema(CommandSchema):
    """Whether somebody is to read the names."""

    makes = LetReadNames
    command_id = fields.UUID(required=True)
    person_id = fields.Integer(required=True)
    reads_names = fields.Boolean(load_default=False)
    why = Text(load_default="")


class SheetSchema(Schema):
    """The sheet of a hand-out."""

    event_id = fields.Integer()
    event = fields.String()
    held_on = fields.Date()
    lines = fields.Integer()
    erased_on = fields.Date()
    erased_at = fields.AwareDateTime(allow_none=True)


class SheetsAnswer(Schema):
    """The depot's sheets, the newest hand-out first."""

    sheets = fields.List(fields.Nested(SheetSchema))


class WrittenAnswer(Schema):
    """How many households stand on the sheet now."""

    event_id = fields.Integer()
    lines = fields.Integer()
