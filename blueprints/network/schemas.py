"""What programs send and get of goods between depots."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, validates_schema

from blueprints.frame.answers import GoodsSaid, Posted
from blueprints.frame.fields import (
    MAX_NOTE,
    Choice,
    CommandSchema,
    NameOrId,
    NotedSchema,
    Text,
    WholeNumber,
    lines_field,
)
from blueprints.frame.web import LARGEST_ID
from depot.base.units import BASE_UNITS, MAX_LINES
from depot.network.commands.offers import OfferGoods, TakeOffer
from depot.network.commands.receiving import MatchLine, ReceiveLine, ReceiveTransfer
from depot.network.commands.sending import (
    AskLine,
    AskTransfer,
    DeclineTransfer,
    SendLine,
    SendTransfer,
)

MAX_CODE = 200


def _codes(**options: Any) -> fields.List[str]:
    return fields.List(Text(required=True, max_length=MAX_CODE), load_default=list, **options)


class SendLineSchema(CommandSchema):
    """So many base units of an item, or of one lot, from anywhere or one place or crate."""

    makes = SendLine
    item = NameOrId(load_default=None, allow_none=True)
    lot_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)
    quantity = WholeNumber(required=True)
    location = Text(load_default=None, allow_none=True, max_length=MAX_CODE)

    @validates_schema
    def _says_what(self, data: dict[str, Any], **_options: Any) -> None:
        if data.get("item") is None and data.get("lot_id") is None:
            raise ValidationError(_("Say which item."), "item")


class SendSchema(NotedSchema):
    """Crates with all that is in and on them, and lines; oldest dates first."""

    makes = SendTransfer
    to_depot = NameOrId(required=True)
    crate_codes = _codes()
    lines = lines_field(SendLineSchema, load_default=list)
    asked_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


class ReceiveLineSchema(CommandSchema):
    """So much of a line, by its number, or of an item came in good order, and so much broken."""

    makes = ReceiveLine
    line = WholeNumber(load_default=None, allow_none=True, most=MAX_LINES * 1000)
    item = NameOrId(load_default=None, allow_none=True)
    quantity = WholeNumber(required=True, least=0)
    damaged = WholeNumber(load_default=0, least=0)


class MatchSchema(CommandSchema):
    """What a line is called here."""

    makes = MatchLine
    line = WholeNumber(required=True)
    item = NameOrId(required=True)


class ReceiveSchema(NotedSchema):
    """What came: crates with all in them, and lines. `complete`: the rest is missing."""

    makes = ReceiveTransfer
    crate_codes = _codes()
    lines = lines_field(ReceiveLineSchema, load_default=list)
    complete = fields.Boolean(required=True)
    place = Text(load_default="", max_length=MAX_CODE)
    matches = lines_field(MatchSchema, load_default=list)


class AskTransferLineSchema(CommandSchema):
    """So many base units of something, as the other depot calls it."""

    makes = AskLine
    item = Text(required=True)
    quantity = WholeNumber(required=True)
    unit = Choice(BASE_UNITS, load_default="piece")


class AskTransferSchema(CommandSchema):
    """Goods that another depot is asked for."""

    makes = AskTransfer
    command_id = fields.UUID(required=True)
    from_depot = NameOrId(required=True)
    lines = lines_field(AskTransferLineSchema, required=True)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)


class DeclineTransferSchema(CommandSchema):
    """What was asked for is not sent; the address names it."""

    makes = DeclineTransfer
    command_id = fields.UUID(required=True)


class OfferSchema(CommandSchema):
    """Goods that the other depots may take until then."""

    makes = OfferGoods
    command_id = fields.UUID(required=True)
    item = NameOrId(required=True)
    quantity = WholeNumber(required=True)
    ends_at = fields.AwareDateTime(required=True)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)


class TakeOfferSchema(CommandSchema):
    """So much of an offer is taken; without a quantity, all that is left."""

    makes = TakeOffer
    command_id = fields.UUID(required=True)
    quantity = WholeNumber(load_default=None, allow_none=True)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)


class SendAnswer(Posted):
    """The transfer, and what is on the way."""

    id = fields.Integer()
    state = fields.String()
    to_depot = fields.String()
    crate_codes = fields.List(fields.String())
    lines = fields.List(fields.Nested(GoodsSaid))


class LackingSaid(Schema):
    """A line of which not all came in good order, in base units."""

    line = fields.Integer()
    item = fields.String()
    unit = fields.String()
    crate_code = fields.String()
    sent = fields.Integer()
    arrived = fields.Integer()
    damaged = fields.Integer()
    missing = fields.Integer()


class ReceiveAnswer(Posted):
    """How far the transfer is, what came now, and what is missing once it is over."""

    id = fields.Integer()
    state = fields.String()
    from_depot = fields.String()
    crate_codes = fields.List(fields.String())
    lines = fields.List(fields.Nested(GoodsSaid))
    missing = fields.List(fields.Nested(LackingSaid))


class TransferSaidAnswer(Schema):
    """A transfer and how far it is."""

    id = fields.Integer()
    state = fields.String()


class TransferLineSaid(Schema):
    """A line of a transfer; `own_item` is what it is called here."""

    line = fields.Integer()
    item = fields.String()
    own_item = fields.String(allow_none=True)
    unit = fields.String()
    lot_code = fields.String()
    date_kind = fields.String()
    date = fields.String(attribute="date_text")
    crate_code = fields.String()
    quantity = fields.Integer()
    arrived = fields.Integer()
    damaged = fields.Integer()
    outstanding = fields.Integer()


class TransferCrateSaid(Schema):
    """A crate that goes along."""

    code = fields.String()
    stands_on = fields.String()
    is_here = fields.Boolean()


class TransferAnswer(Schema):
    """A transfer; `direction` is out or in."""

    id = fields.Integer()
    direction = fields.String()
    state = fields.String()
    other = fields.String()
    note = fields.String()
    made_at = fields.AwareDateTime()
    sent_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    lines = fields.List(fields.Nested(TransferLineSaid))
    asked = fields.List(fields.Nested(TransferLineSaid))
    crates = fields.List(fields.Nested(TransferCrateSaid))


class TransfersAnswer(Schema):
    """A page of transfers."""

    transfers = fields.List(fields.Nested(TransferAnswer))
    next = fields.Integer(allow_none=True)


class DepotSaid(Schema):
    """A depot of the network: what is shown to it and what it shows."""

    id = fields.Integer()
    slug = fields.String()
    name = fields.String()
    since = fields.AwareDateTime()
    shares = fields.String()
    shows = fields.String()


class DepotsAnswer(Schema):
    """All of them."""

    depots = fields.List(fields.Nested(DepotSaid))
    next = fields.Integer(allow_none=True)


class SharedItemSaid(Schema):
    """How much of an item another depot could give, in base units."""

    item = fields.String()
    category = fields.String()
    unit = fields.String()
    free = fields.Integer()


class SharedStockAnswer(Schema):
    """What another depot shows of its stock."""

    stock = fields.List(fields.Nested(SharedItemSaid))
    next = fields.Integer(allow_none=True)


class OfferSaid(Schema):
    """Goods that may be had until then, in base units."""

    id = fields.Integer()
    depot = fields.String()
    item = fields.String()
    unit = fields.String()
    quantity = fields.Integer()
    left = fields.Integer()
    note = fields.String()
    ends_at = fields.AwareDateTime()


class OffersAnswer(Schema):
    """What the others offer now."""

    offers = fields.List(fields.Nested(OfferSaid))
    next = fields.Integer(allow_none=True)


class OfferMade(Schema):
    """The offer's number."""

    id = fields.Integer()


class TookAnswer(Schema):
    """The transfer that asks for it."""

    id = fields.Integer()
    state = fields.String()
    item = fields.String()
    unit = fields.String()
    quantity = fields.Integer()
