"""What is said of a recall: by programs, and on its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from marshmallow import Schema, fields

from blueprints.frame.answers import GoodsSaid, Posted
from blueprints.frame.fields import (
    MAX_NOTE,
    Choice,
    CommandSchema,
    Text,
    WholeNumber,
    WriteSchema,
)
from blueprints.frame.web import LARGEST_ID
from blueprints.safety.holds_schemas import MAX_CODE, FormDay, HeldBySchema
from depot.base.kinds import CONTACT_KINDS, FINDING_OUTCOMES, TOLD_WAYS, ContactKind, ToldWay
from depot.safety.commands.findings import RecordFinding
from depot.safety.commands.holds import HeldBy
from depot.safety.commands.recalls import CloseRecall, StartRecall, TellOfRecall

MAX_LANGUAGE = 12


class RecallSchema(CommandSchema):
    """A recall, by programs."""

    makes = StartRecall
    command_id = fields.UUID(required=True)
    name = Text(required=True)
    by = fields.Nested(HeldBySchema, required=True)


class FindingSchema(WriteSchema):
    """What was found; without a quantity, all that is there."""

    makes = RecordFinding
    outcome = Choice(FINDING_OUTCOMES, required=True)
    crate_code = Text(load_default="", max_length=MAX_CODE)
    lot = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)
    location = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)
    quantity = WholeNumber(load_default=None, allow_none=True)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)


class NoticeSchema(WriteSchema):
    """Somebody was told; a program writes down what happened elsewhere, and sends no mail."""

    makes = TellOfRecall
    way = Choice(tuple(way for way in TOLD_WAYS if way != "mail"), required=True)
    kind = Choice(CONTACT_KINDS, load_default="other")
    contact_id = WholeNumber(load_default=0, least=0, most=LARGEST_ID)
    name = Text(load_default="")
    language = Text(load_default="", max_length=MAX_LANGUAGE)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)


class CloseSchema(CommandSchema):
    """What came of it; the address names the recall."""

    makes = CloseRecall
    command_id = fields.UUID(required=True)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)


class StartedAnswer(Schema):
    """A recall, its hold, and how much of it is here."""

    id = fields.Integer()
    hold_id = fields.Integer()
    lots = fields.Integer()
    quantity = fields.Integer(metadata={"description": "What is here of it, in base units."})


class FindingAnswer(Posted):
    """What was found or not, by item."""

    outcome = fields.String()
    lines = fields.List(fields.Nested(GoodsSaid))


class IdAnswer(Schema):
    """What was written down."""

    id = fields.Integer()


class RecallListed(Schema):
    """A recall in the list."""

    id = fields.Integer()
    name = fields.String()
    state = fields.String()
    hold_id = fields.Integer(attribute="hold.id")
    made_at = fields.AwareDateTime()
    made_by = fields.String(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    closed_by = fields.String(allow_none=True)
    close_note = fields.String()


class RecallsAnswer(Schema):
    """A page of the list, the newest first."""

    recalls = fields.List(fields.Nested(RecallListed))
    next = fields.Integer(allow_none=True)


class HereAnswer(Schema):
    """So much of a lot in a crate or at a place; `kept` of it was found."""

    location = fields.String()
    location_id = fields.Integer()
    crate_code = fields.String(allow_none=True)
    item = fields.String()
    item_id = fields.Integer()
    lot = fields.Integer()
    lot_code = fields.String()
    quantity = fields.Integer()
    unit = fields.String()
    kept = fields.Integer()


class GoneAnswer(Schema):
    """So much went there. The name is the event's, the partner's, what was made, or why."""

    kind = fields.String(
        metadata={"description": "event, partner, transfer, production or loss"},
    )
    name = fields.String()
    on = fields.Date()
    item = fields.String()
    item_id = fields.Integer()
    quantity = fields.Integer()
    unit = fields.String()
    entry_id = fields.Integer()
    event_id = fields.Integer(allow_none=True)
    partner_id = fields.Integer(allow_none=True)


class OriginAnswer(Schema):
    """A lot that went into what is called back."""

    lot = fields.Integer(attribute="lot_id")
    item = fields.String()
    item_id = fields.Integer()
    lot_code = fields.String()
    partner = fields.String(allow_none=True)


class ContactAnswer(Schema):
    """Somebody to be told; addresses are for coordinators."""

    kind = fields.String()
    id = fields.Integer()
    name = fields.String()
    mail = fields.String()
    phone = fields.String()
    told_at = fields.AwareDateTime(allow_none=True)


class FoundAnswer(Schema):
    """What came of looking for it."""

    outcome = fields.String()
    item = fields.String()
    lot = fields.Integer(attribute="lot_id")
    location = fields.String(attribute="place")
    quantity = fields.Integer()
    unit = fields.String()
    entry_id = fields.Integer(allow_none=True)
    is_undone = fields.Boolean()
    occurred_at = fields.AwareDateTime()
    by = fields.String(allow_none=True)
    note = fields.String()


class ToldAnswer(Schema):
    """Who was told, how and when."""

    kind = fields.String()
    name = fields.String()
    way = fields.String()
    language = fields.String()
    note = fields.String()
    told_at = fields.AwareDateTime()
    by = fields.String(allow_none=True)


class WholeRecallAnswer(RecallListed):
    """A recall with all that is known of it."""

    here = fields.List(fields.Nested(HereAnswer))
    gone = fields.List(fields.Nested(GoneAnswer))
    made_of = fields.List(fields.Nested(OriginAnswer))
    contacts = fields.List(fields.Nested(ContactAnswer))
    findings = fields.List(fields.Nested(FoundAnswer))
    notices = fields.List(fields.Nested(ToldAnswer))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallForm:
    """The page's form."""

    command_id: UUID
    name: str
    item: str | None
    lot_code: str
    date_from: date | None
    date_to: date | None
    gtin: str
    partner: str | None
    receipt: int | None
    crate_code: str

    def command(self) -> StartRecall:
        """Return the command that the form asks for."""
        by = HeldBy(
            item=self.item or None,
            lot_code=self.lot_code,
            date_from=self.date_from,
            date_to=self.date_to,
            gtin=self.gtin,
            partner=self.partner or None,
            receipt=self.receipt,
            crate_code=self.crate_code,
        )
        return StartRecall(command_id=self.command_id, name=self.name, by=by)


class RecallFormSchema(CommandSchema):
    """The page's form, as it is sent."""

    makes = RecallForm
    command_id = fields.UUID(required=True)
    name = Text(load_default="")
    item = Text(load_default=None)
    lot_code = Text(load_default="")
    date_from = FormDay(is_last=False)
    date_to = FormDay(is_last=True)
    gtin = Text(load_default="", max_length=MAX_CODE)
    partner = Text(load_default=None)
    receipt = WholeNumber(load_default=None, most=LARGEST_ID)
    crate_code = Text(load_default="", max_length=MAX_CODE)


class FindingFormSchema(FindingSchema):
    """What was found, as the page sends it; what is wrong is said by the command."""

    recall_id = WholeNumber(load_default=0, most=LARGEST_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class TellForm:
    """Who was told, as the page sends it: `contact` is like donor-12."""

    command_id: UUID
    contact: str
    name: str
    way: ToldWay
    language: str
    note: str
    occurred_at: datetime | None

    def command(self, recall_id: int) -> TellOfRecall:
        """Return the command that the form asks for."""
        kind, number = _read_contact(self.contact)
        return TellOfRecall(
            command_id=self.command_id,
            recall_id=recall_id,
            kind=kind,
            contact_id=number,
            name=self.name,
            way=self.way,
            language=self.language,
            note=self.note,
            occurred_at=self.occurred_at,
        )


def _read_contact(text: str) -> tuple[ContactKind, int]:
    wanted, _, digits = text.partition("-")
    kind = next((one for one in CONTACT_KINDS if one == wanted), None)
    if kind is None or not (digits.isascii() and digits.isdigit() and len(digits) < 19):
        return "other", 0
    return kind, int(digits)


class TellFormSchema(WriteSchema):
    """Who was told, as the page sends it."""

    makes = TellForm
    contact = Text(load_default="")
    name = Text(load_default="")
    way = Choice(TOLD_WAYS, required=True)
    language = Text(load_default="", max_length=MAX_LANGUAGE)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)
