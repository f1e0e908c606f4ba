"""What is asked of the feed, and said of webhooks, by pages and by programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, pre_load, validate

from blueprints.frame.answers import SavedAnswer
from blueprints.frame.fields import Choice, CommandSchema, Text, ToldSchema, WholeNumber
from blueprints.frame.web import LARGEST_ID
from depot.base.kinds import ENTRY_KINDS, EntryKind
from depot.programs.addresses import MAX_ADDRESS
from depot.programs.commands.webhooks import AddWebhook, EndWebhook, ResumeWebhook, TryWebhook

PAGE_SIZE: Final = 100
MOST: Final = 500
#: How the boxes of a form are called, one for each kind of entry.
KIND_BOX: Final = "kind_"


@dataclass(frozen=True, slots=True)
class FeedQuestion:
    """Entries after which number, how many at once, of which kinds; none: of all."""

    after: int
    limit: int
    kinds: tuple[EntryKind, ...] = ()


class Kinds(Text):
    """Kinds of entries with commas between."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> Any:
        found = str(super()._deserialize(value, attr, data, **kw)).split(",")
        if any(kind not in ENTRY_KINDS for kind in found):
            raise ValidationError(_("Choose one of: %(choices)s.", choices=", ".join(ENTRY_KINDS)))
        return tuple(found)


class FeedQuery(CommandSchema):
    """The question of the feed."""

    makes = FeedQuestion
    after = WholeNumber(load_default=0, least=0, most=LARGEST_ID)
    limit = WholeNumber(load_default=PAGE_SIZE, most=MOST)
    kinds = Kinds()


class AddWebhookSchema(ToldSchema):
    """An address that is to be told what is booked; no kinds: of all kinds."""

    makes = AddWebhook
    command_id = fields.UUID(required=True)
    name = Text(required=True)
    address = Text(required=True, max_length=MAX_ADDRESS)
    kinds = fields.List(
        Choice(ENTRY_KINDS), load_default=list, validate=validate.Length(max=len(ENTRY_KINDS))
    )


class AddWebhookForm(AddWebhookSchema):
    """The same from a page, which has a box for each kind."""

    @pre_load
    def _gather(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        ticked = [name for name in data if name.startswith(KIND_BOX)]
        kept = {name: value for name, value in data.items() if name not in ticked}
        return kept | {"kinds": [name.removeprefix(KIND_BOX) for name in ticked]}


class EndWebhookSchema(ToldSchema):
    """A webhook that is to be told nothing any more."""

    makes = EndWebhook
    command_id = fields.UUID(required=True)


class ResumeWebhookSchema(ToldSchema):
    """A webhook that is to be told again."""

    makes = ResumeWebhook
    command_id = fields.UUID(required=True)


class TryWebhookSchema(CommandSchema):
    """A webhook that is to be sent a test."""

    makes = TryWebhook
    command_id = fields.UUID(required=True)


class FeedPlaceSchema(Schema):
    """A place; outside the depot it has a kind and no name. A crate's name is its code."""

    id = fields.Integer(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)


class FeedLineSchema(Schema):
    """A quantity of one lot, in the item's base unit, from a place to a place."""

    item_id = fields.Integer(required=True)
    item = fields.String(required=True)
    lot_id = fields.Integer(required=True)
    quantity = fields.Integer(required=True)
    unit = fields.String(required=True)
    weighed_grams = fields.Integer(required=True, allow_none=True)
    is_correction = fields.Boolean(
        required=True,
        metadata={"description": "Put right because this came late; no part of what happened."},
    )
    source = fields.Nested(FeedPlaceSchema, required=True)
    target = fields.Nested(FeedPlaceSchema, required=True)


class FeedPlacementSchema(Schema):
    """A crate went from a place to a place; null is a place not known."""

    crate_code = fields.String(required=True)
    source = fields.Nested(FeedPlaceSchema, required=True, allow_none=True)
    target = fields.Nested(FeedPlaceSchema, required=True, allow_none=True)


class FeedPeopleSchema(Schema):
    """People counted, negative where the count was undone; null is not asked."""

    households = fields.Integer(required=True)
    adults = fields.Integer(required=True, allow_none=True)
    children = fields.Integer(required=True, allow_none=True)
    seniors = fields.Integer(required=True, allow_none=True)
    new_households = fields.Integer(required=True, allow_none=True)


class FeedEntrySchema(Schema):
    """One entry; `seq` is its number in the depot, `reverses` the entry_id of what it undoes."""

    seq = fields.Integer(required=True)
    entry_id = fields.Integer(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(ENTRY_KINDS))
    occurred_at = fields.AwareDateTime(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    source_kind = fields.String(required=True)
    partner_id = fields.Integer(required=True, allow_none=True)
    event_id = fields.Integer(required=True, allow_none=True)
    reason = fields.String(required=True)
    reverses = fields.Integer(required=True, allow_none=True)
    lines = fields.List(fields.Nested(FeedLineSchema), required=True)
    placements = fields.List(fields.Nested(FeedPlacementSchema), required=True)
    people = fields.Nested(FeedPeopleSchema, required=True, allow_none=True)


class FeedAnswer(Schema):
    """Entries, the oldest first; `next` is the `after` of the next question."""

    entries = fields.List(fields.Nested(FeedEntrySchema), required=True)
    next = fields.Integer(required=True)
    more = fields.Boolean(required=True)


class DeliveryAnswer(Schema):
    """One try; `status` is null where nothing was answered, `problem` where it went well."""

    tried_at = fields.AwareDateTime(required=True)
    is_test = fields.Boolean(required=True)
    after = fields.Integer(required=True)
    until = fields.Integer(required=True)
    entries = fields.Integer(required=True)
    status = fields.Integer(required=True, allow_none=True)
    problem = fields.String(required=True, allow_none=True)


class WebhookAnswer(Schema):
    """A webhook; `after` is the last entry that it took, `paused_at` since when it gets none."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    address = fields.String(required=True)
    kinds = fields.List(fields.String(), required=True)
    after = fields.Integer(required=True)
    created_at = fields.AwareDateTime(required=True)
    failing_since = fields.AwareDateTime(required=True, allow_none=True)
    next_try_at = fields.AwareDateTime(required=True)
    paused_at = fields.AwareDateTime(required=True, allow_none=True)
    deliveries = fields.List(fields.Nested(DeliveryAnswer), required=True)


class WebhooksAnswer(Schema):
    """The webhooks that have not ended."""

    webhooks = fields.List(fields.Nested(WebhookAnswer), required=True)
    next = fields.Integer(required=True, allow_none=True)


class AddedWebhookAnswer(SavedAnswer):
    """A webhook, and the secret with which it is signed."""

    secret = fields.String(required=True)
