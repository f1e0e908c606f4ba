"""What is asked of the ledger and sent to it, by pages and by programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validates_schema

from blueprints.frame.answers import MAX_PAGE, GoodsSaid, Opened, Posted
from blueprints.frame.fields import (
    MAX_NOTE,
    Choice,
    CommandSchema,
    Text,
    WholeNumber,
    Within,
)
from depot.base.kinds import ENTRY_KINDS
from depot.entries.commands.discrepancies import RESOLUTIONS, ResolveDiscrepancy
from depot.entries.commands.reversals import ReverseEntry
from depot.entries.queries.entry_filters import EntryFilter

PAGE_SIZE = 50
MAX_ENTRIES = 200
_LARGEST = 2**63 - 1


class ReversalSchema(CommandSchema):
    """An undo; which entry is said by the address."""

    makes = ReverseEntry
    command_id = fields.UUID(required=True)
    reason = Text(load_default="", max_length=MAX_NOTE, multiline=True)


class ResolutionSchema(CommandSchema):
    """What a coordinator does about one thing; which one is said by the address."""

    makes = ResolveDiscrepancy
    command_id = fields.UUID(required=True)
    resolution = Choice(RESOLUTIONS, required=True)
    since_id = WholeNumber(load_default=None, allow_none=True, most=_LARGEST)


@dataclass(frozen=True, slots=True)
class EntryQuestion:
    """Which entries, from which cursor on, how many."""

    wanted: EntryFilter
    after: int | None
    limit: int


class QueryDay(fields.Date):
    """A calendar day, as the browser's date field and ISO 8601 write it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> date:
        try:
            return super()._deserialize(value, attr, data, **kw)
        except ValidationError:
            raise ValidationError(_("Write the day like 2026-11-21.")) from None


class EntryQuery(CommandSchema):
    """The question of a list of entries. Names may be parts of names; days are inclusive."""

    makes = EntryQuestion
    kind = Choice(ENTRY_KINDS, load_default=None)
    person = Text(load_default=None)
    item = Text(load_default=None)
    place = Text(load_default=None)
    partner = Text(load_default=None)
    event = Text(load_default=None)
    since = QueryDay(load_default=None)
    until = QueryDay(load_default=None)
    text = Text(load_default=None)
    after = WholeNumber(load_default=None, most=_LARGEST)
    limit = WholeNumber(load_default=PAGE_SIZE, most=MAX_ENTRIES)

    class Meta:
        unknown = RAISE

    @validates_schema
    def _in_order(self, data: dict[str, Any], **_options: Any) -> None:
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            raise ValidationError(_("The last day is before the first."), "until")

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> EntryQuestion:
        after, limit = data.pop("after"), data.pop("limit")
        return EntryQuestion(EntryFilter(**data), after, limit)


class DiscrepancyQuery(Schema):
    """Which things to look at: those that wait, those that are settled, or all."""

    state = Choice(("open", "settled"), load_default=None)
    after = fields.Integer(load_default=None, validate=Within(1, _LARGEST))
    limit = fields.Integer(load_default=100, validate=Within(1, MAX_PAGE))


class EntryPlace(Schema):
    """A place; outside the depot it has a kind and no name."""

    kind = fields.String()
    name = fields.String(allow_none=True)


class EntryLot(Schema):
    """What distinguishes a lot of its item."""

    id = fields.Integer()
    lot_code = fields.String()
    date = fields.String()
    date_kind = fields.String()


class EntryLine(Schema):
    """One quantity of one lot from a place to a place."""

    item_id = fields.Integer()
    item = fields.String()
    quantity = fields.Integer()
    unit = fields.String()
    weighed_grams = fields.Integer(allow_none=True)
    lot = fields.Nested(EntryLot)
    source = fields.Nested(EntryPlace)
    target = fields.Nested(EntryPlace)
    is_correction = fields.Boolean(
        metadata={"description": "Put right because this came late; no part of what happened."}
    )


class EntryPlacement(Schema):
    """A crate went from a place to a place; null is a place not known."""

    crate_code = fields.String()
    source = fields.Nested(EntryPlace, allow_none=True)
    target = fields.Nested(EntryPlace, allow_none=True)


class EntryPeople(Schema):
    """People counted, negative where the count was undone; null is not asked."""

    households = fields.Integer()
    adults = fields.Integer(allow_none=True)
    children = fields.Integer(allow_none=True)
    seniors = fields.Integer(allow_none=True)
    new_households = fields.Integer(allow_none=True)


class EntryAnswer(Schema):
    """One entry with all its lines."""

    entry_id = fields.Integer()
    seq = fields.Integer()
    kind = fields.String()
    occurred_at = fields.AwareDateTime()
    recorded_at = fields.AwareDateTime()
    by = fields.String(allow_none=True)
    device = fields.String(allow_none=True)
    source_kind = fields.String()
    partner = fields.String(allow_none=True)
    event_id = fields.Integer(allow_none=True)
    reason = fields.String()
    note = fields.String()
    reverses = fields.Integer(allow_none=True)
    reversed_by = fields.Integer(allow_none=True)
    seal = fields.String()
    lines = fields.List(fields.Nested(EntryLine))
    placements = fields.List(fields.Nested(EntryPlacement))
    people = fields.Nested(EntryPeople, allow_none=True)


class EntriesAnswer(Schema):
    """A page of entries, the newest first; `next` is the cursor of the next page, if any."""

    entries = fields.List(fields.Nested(EntryAnswer))
    next = fields.Integer(allow_none=True)


class TakenSaid(GoodsSaid):
    """How much of an item was taken back from a place to which the entry had not brought it."""

    place = fields.String()


class ReversalAnswer(Posted):
    """The undo entry, and what could not be taken back."""

    reverses_id = fields.Integer()
    reverses_seq = fields.Integer()
    taken = fields.List(
        fields.Nested(TakenSaid),
        metadata={"description": "Only if goods had gone on: from where they were taken."},
    )
    with_seqs = fields.List(
        fields.Integer(),
        metadata={
            "description": "Only if productions had used all of its goods: those undone with it."
        },
    )


class DiscrepancyRow(Schema):
    """What the book and the floor said, in the item's base unit; `resolution` empty: it waits."""

    id = fields.Integer()
    kind = fields.String()
    detail = fields.String()
    item_id = fields.Integer(allow_none=True)
    item = fields.String(allow_none=True)
    unit = fields.String(allow_none=True)
    place = fields.Nested(EntryPlace, allow_none=True)
    expected = fields.Integer(allow_none=True)
    actual = fields.Integer(allow_none=True)
    opened_at = fields.AwareDateTime()
    by = fields.String(attribute="person", allow_none=True)
    entry_id = fields.Integer(allow_none=True)
    can_undo = fields.Boolean()
    resolution = fields.String()
    resolved_at = fields.AwareDateTime(allow_none=True)
    resolved_by = fields.String(allow_none=True)


class DiscrepanciesAnswer(Schema):
    """A page of things to look at, the newest first; `next` goes into ?after=."""

    discrepancies = fields.List(fields.Nested(DiscrepancyRow))
    next = fields.Integer(allow_none=True)


_UNDONE: Final = "Only if it was settled by undoing."


class DiscrepancySettled(Schema):
    """How it was settled; if by undoing, the undo entry, and what could not be taken back."""

    discrepancy_id = fields.Integer()
    resolution = fields.String()
    entry_id = fields.Integer(metadata={"description": _UNDONE})
    seq = fields.Integer(metadata={"description": _UNDONE})
    reverses_id = fields.Integer(metadata={"description": _UNDONE})
    reverses_seq = fields.Integer(metadata={"description": _UNDONE})
    discrepancies = fields.List(fields.Nested(Opened), metadata={"description": _UNDONE})
    taken = fields.List(fields.Nested(TakenSaid), metadata={"description": _UNDONE})
    with_seqs = fields.List(fields.Integer(), metadata={"description": _UNDONE})
