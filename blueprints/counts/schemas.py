"""What is typed on a count sheet and sent of it, and what programs are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import Schema, fields

from blueprints.frame.answers import NOTE_KEPT, GoodsCounted, Opened
from blueprints.frame.fields import (
    MAX_NOTE,
    Choice,
    CommandSchema,
    NameOrId,
    NotedSchema,
    PackageDate,
    Text,
    WholeNumber,
    Within,
    WriteSchema,
    lines_field,
)
from blueprints.frame.web import LARGEST_ID
from blueprints.words.amounts import Amount, CountedAmount
from depot.base.kinds import DATE_KINDS
from depot.counts.commands import posting, sheets
from depot.counts.sheets import FIRST, NEITHER, SECOND
from depot.imports.amounts import WrittenAmount

#: Numbers of lines fit a column; no shelf has so many.
MAX_NUMBER = 100_000


def counter_field() -> WholeNumber:
    """Return the field that says which of the two counters it is."""
    return WholeNumber(load_default=FIRST, most=SECOND)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineForm:
    """A line as typed; no amount: not counted, or wiped out again."""

    number: int
    amount: WrittenAmount | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesForm:
    """Some lines of the sheet, or all."""

    command_id: UUID
    counter: int
    lines: tuple[LineForm, ...]
    #: By the depot's wall clock, where it was written on paper first.
    counted_at: datetime | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundForm:
    """Goods that have no line."""

    command_id: UUID
    counter: int
    item: str
    amount: WrittenAmount
    date: str | None = None
    crate: str | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceForm:
    """Which number of a line is right."""

    number: int
    counter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostForm:
    """The page of differences."""

    command_id: UUID
    version: int
    choices: tuple[ChoiceForm, ...] = ()
    note: str = ""
    occurred_at: datetime | None = None


class LineFormSchema(CommandSchema):
    """A line of the page."""

    makes = LineForm
    number = WholeNumber(required=True, most=MAX_NUMBER)
    amount = CountedAmount(load_default=None)
    date = PackageDate(load_default=None)


class LinesFormSchema(WriteSchema):
    """The lines of the page that are sent."""

    makes = LinesForm
    counter = counter_field()
    lines = lines_field(LineFormSchema, required=True)
    counted_at = fields.NaiveDateTime(
        load_default=None,
        error_messages={"invalid": _("Write day and time, like 2026-11-21 10:00.")},
    )


class FoundFormSchema(WriteSchema):
    """What was found without a line."""

    makes = FoundForm
    counter = counter_field()
    item = Text(required=True, error_messages={"required": _("What is it?")})
    amount = Amount(required=True, error_messages={"required": _("How many are there?")})
    date = PackageDate(load_default=None)
    crate = Text(load_default=None, max_length=200)


class CrateFormSchema(WriteSchema):
    """A crate that stands there."""

    makes = sheets.AddCrateToSheet
    crate = Text(
        required=True, max_length=200, error_messages={"required": _("Which crate? Its code.")}
    )


class ChoiceFormSchema(CommandSchema):
    """Whose number counts."""

    makes = ChoiceForm
    number = WholeNumber(required=True, most=MAX_NUMBER)
    counter = WholeNumber(load_default=None, least=NEITHER, most=SECOND)


class PostFormSchema(NotedSchema):
    """What was looked at, and what was decided."""

    makes = PostForm
    version = WholeNumber(required=True, least=0, most=LARGEST_ID)
    choices = fields.List(fields.Nested(ChoiceFormSchema), load_default=list)


class PlainSchema(CommandSchema):
    """A write about a sheet that says nothing but that it is to be done."""

    command_id = fields.UUID(required=True)


class CallOffCountSchema(PlainSchema):
    """Count no further."""

    makes = sheets.CallOffCountSheet


class UndoCountSheetSchema(PlainSchema):
    """Take it out of the book again."""

    makes = posting.UndoCountSheet
    reason = Text(load_default="", max_length=500)


class StartCountSheetSchema(WriteSchema):
    """Count a place."""

    makes = sheets.StartCountSheet
    location_id = WholeNumber(
        required=True, most=LARGEST_ID, error_messages={"required": _("Which place?")}
    )
    is_blind = fields.Boolean(load_default=False)


class CountSheetLineSchema(CommandSchema):
    """So many base units are at a line; null wipes out what was written, zero is a count."""

    makes = sheets.TallyLine
    number = WholeNumber(required=True, most=MAX_NUMBER)
    quantity = WholeNumber(required=True, least=0, allow_none=True)
    date = PackageDate(load_default=None, allow_none=True)
    date_kind = Choice(DATE_KINDS, load_default=None, allow_none=True)


class WriteCountLinesSchema(WriteSchema):
    """What a counter found; what is left out is not counted."""

    makes = sheets.TallyLines
    counter = counter_field()
    lines = lines_field(CountSheetLineSchema, required=True)


class AddCountFoundSchema(WriteSchema):
    """Goods found that have no line, loose or in a crate there."""

    makes = sheets.TallyFound
    counter = counter_field()
    item = NameOrId(required=True)
    quantity = WholeNumber(required=True)
    date = PackageDate(load_default=None, allow_none=True)
    date_kind = Choice(DATE_KINDS, load_default=None, allow_none=True)
    crate = Text(load_default=None, allow_none=True, max_length=200)


class AddCountCrateSchema(WriteSchema):
    """A crate stands there that has no line."""

    makes = sheets.AddCrateToSheet
    crate = Text(required=True, max_length=200)


class CountChoiceSchema(CommandSchema):
    """Whose number is right: 1 the first counter's, 2 the second's, 0 leaves the line out."""

    makes = posting.LineChoice
    number = WholeNumber(required=True, most=MAX_NUMBER)
    counter = WholeNumber(required=True, least=NEITHER, most=SECOND)


class PostCountSheetSchema(PlainSchema):
    """Book the differences; with the version that was looked at, nothing newer."""

    makes = posting.PostCountSheet
    version = WholeNumber(load_default=None, allow_none=True, least=0, most=LARGEST_ID)
    choices = fields.List(fields.Nested(CountChoiceSchema), load_default=list)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)


class SheetQuery(Schema):
    """Whose numbers are told."""

    counter = fields.Integer(load_default=FIRST, validate=Within(FIRST, SECOND))


class CountStartedAnswer(Schema):
    """The sheet; is_new is false where the place was being counted already."""

    id = fields.Integer()
    place = fields.String()
    lines = fields.Integer()
    is_new = fields.Boolean()


class CountTalliedAnswer(Schema):
    """The lines just written, and how many of how many are counted."""

    sheet_id = fields.Integer()
    place = fields.String()
    numbers = fields.List(fields.Integer())
    counted = fields.Integer()
    lines = fields.Integer()


class CountCrateAnswer(Schema):
    """The numbers of the crate's lines."""

    sheet_id = fields.Integer()
    crate_code = fields.String()
    numbers = fields.List(fields.Integer())
    is_new = fields.Boolean()


class CountPostedAnswer(Schema):
    """The entries that were posted; entry_id and seq are the last one's, null if none was."""

    sheet_id = fields.Integer()
    place = fields.String()
    entry_id = fields.Integer(allow_none=True)
    seq = fields.Integer(allow_none=True)
    entries = fields.List(fields.Integer())
    lines = fields.List(fields.Nested(GoodsCounted))
    discrepancies = fields.List(fields.Nested(Opened))
    note_kept = fields.Boolean(metadata={"description": NOTE_KEPT})


class SheetFacts(Schema):
    """Which sheet it is, and how far."""

    id = fields.Integer()
    place = fields.String()
    location_id = fields.Integer()
    is_blind = fields.Boolean()
    state = fields.String()
    started_at = fields.AwareDateTime()
    closed_at = fields.AwareDateTime(allow_none=True)
    counted = fields.Integer()


class CountSheetRow(SheetFacts):
    """A sheet in the list."""

    lines = fields.Integer()


class CountSheetsAnswer(Schema):
    """A page of sheets."""

    sheets = fields.List(fields.Nested(CountSheetRow))
    next = fields.Integer(allow_none=True)


class CountSheetLineRow(Schema):
    """A line; expected_quantity is null where it is counted blind, counted_quantity if blank."""

    number = fields.Integer()
    crate_code = fields.String(allow_none=True)
    item = fields.String()
    unit = fields.String()
    lot_code = fields.String()
    date = fields.String()
    date_kind = fields.String()
    expected_quantity = fields.Integer(allow_none=True)
    counted_quantity = fields.Integer(allow_none=True)
    counted_at = fields.AwareDateTime(allow_none=True)


class CountSheetAnswer(SheetFacts):
    """A sheet, line by line, with what one counter wrote."""

    counter = fields.Integer()
    version = fields.Integer()
    lines = fields.List(fields.Nested(CountSheetLineRow))


class CountFoundAnswer(Schema):
    """What a counter found, beside what the book said at that moment."""

    counter = fields.Integer()
    counted_quantity = fields.Integer()
    expected_quantity = fields.Integer()
    variance = fields.Integer()
    date = fields.String()
    counted_at = fields.AwareDateTime()
    person = fields.String()


class CountDifferenceAnswer(Schema):
    """A line that is not as the book says, or on which the counters differ."""

    number = fields.Integer()
    item = fields.String()
    unit = fields.String()
    is_disputed = fields.Boolean()
    found = fields.List(fields.Nested(CountFoundAnswer))


class CountDifferencesAnswer(Schema):
    """All that a posting would book."""

    id = fields.Integer()
    version = fields.Integer()
    agreeing = fields.Integer()
    not_counted = fields.List(fields.Integer())
    differences = fields.List(fields.Nested(CountDifferenceAnswer))
