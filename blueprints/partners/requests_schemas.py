"""What is typed and sent about requests, and what programs are told of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, pre_load

from blueprints.frame.answers import GoodsSaid, Posted
from blueprints.frame.fields import (
    MAX_NOTE,
    Choice,
    CommandSchema,
    NameOrId,
    NotedSchema,
    Text,
    WallClock,
    WholeNumber,
    lines_field,
    read_amount,
)
from blueprints.words.amounts import Amount, base_quantity
from depot.base.errors import UnknownItem
from depot.base.units import MAX_QUANTITY
from depot.imports.amounts import WrittenAmount
from depot.partners.commands.agencies import (
    MAX_NEEDS,
    MAX_PEOPLE,
    EndAgencyLink,
    MakeAgencyLink,
    StateAgency,
)
from depot.partners.commands.answers import ApproveRequest, DeclineRequest
from depot.partners.commands.hand_over import HandOverRequest
from depot.partners.commands.requests import AskForGoods, WithdrawRequest
from depot.partners.fair_share import TIMES_A_YEAR
from depot.partners.request_state import RequestedGoods
from depot.partners.signatures import MAX_SENT

#: The field of an item's amount: goods_12.
_GOODS: Final = re.compile(r"goods_(\d{1,18})")
_MOST_GOODS: Final = 400
#: So many empty lines are offered for what nobody asked for.
MORE_ROWS: Final = 3
MAX_CODE: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedMore:
    """Something by its name, and how much of it in what it is counted in."""

    item: str
    amount: WrittenAmount


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRequest:
    """What a page about goods by item sends; each page uses some of it."""

    command_id: UUID
    goods: Mapping[int, WrittenAmount] = field(default_factory=dict)
    lines: tuple[TypedMore, ...] = ()
    needed_on: date | None = None

    @property
    def day(self) -> date:
        """The day it is needed by. Raises ValidationError if none was said."""
        if self.needed_on is None:
            raise ValidationError(_("By when is it needed? Choose a day."), "needed_on")
        return self.needed_on

    is_delivered: bool = False
    note: str = ""
    partner_id: int = 0
    starts_at: datetime | None = None
    answer: str = ""
    signed_by: str = ""
    code: str = ""
    signature: str = ""
    occurred_at: datetime | None = None


def goods_field(item_id: int) -> str:
    """Return the name of the field of an item's amount."""
    return f"goods_{item_id}"


def typed_goods(
    goods: Mapping[int, WrittenAmount], units: Mapping[int, str], weight_unit: str
) -> tuple[RequestedGoods, ...]:
    """Return what was typed in base units. Raises ValidationError at its field, UnknownItem."""
    found = []
    for item_id, amount in goods.items():
        if item_id not in units:
            raise UnknownItem(field="lines", name=str(item_id))
        where = [goods_field(item_id)]
        unit = units[item_id]
        quantity = base_quantity(amount, unit, weight_unit, where) if amount else 0
        found.append(RequestedGoods(item_id, quantity))
    return tuple(found)


class MoreSchema(CommandSchema):
    """A line that names its item."""

    makes = TypedMore
    item = Text(required=True, max_length=200)
    amount = Amount(required=True)


class GoodsForm(CommandSchema):
    """A form with an amount for each of some items; what was left blank is not in it."""

    makes = TypedRequest
    command_id = fields.UUID(required=True)
    goods = fields.Raw(load_default=dict)

    @pre_load
    def _take_goods(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        goods: dict[int, WrittenAmount] = {}
        wrong: dict[str, Any] = {}
        rest = {name: value for name, value in data.items() if name != "goods"}
        for name in [name for name in rest if _GOODS.fullmatch(name)][:_MOST_GOODS]:
            try:
                goods[int(name.removeprefix("goods_"))] = read_amount(rest.pop(name))
            except ValidationError as error:
                wrong[name] = error.messages
        if wrong:
            raise ValidationError(wrong)
        return rest | {"goods": goods}


class NeededOn(fields.Date):
    """The day by which it is needed; a form says so in a sentence of its own."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> Any:
        try:
            return super()._deserialize(value, attr, data, **kw)
        except ValidationError as error:
            raise ValidationError(_("By when is it needed? Choose a day.")) from error


class AskForm(GoodsForm):
    """What an agency asks for on its own page."""

    needed_on = NeededOn(load_default=None)
    is_delivered = fields.Boolean(load_default=False)
    note = Text(load_default="", max_length=500, multiline=True)


class NewRequestForm(AskForm):
    """What somebody writes down for an agency."""

    partner_id = fields.Integer(required=True)
    lines = lines_field(MoreSchema, required=True)


class ApproveForm(GoodsForm):
    """How much of each is promised."""

    answer = Text(load_default="", max_length=500, multiline=True)


def approve_form(zone: str) -> ApproveForm:
    """Return the form of an approval, whose time is of the wall clock of `zone`."""

    class Timed(ApproveForm):
        starts_at = WallClock(zone, load_default=None)

    return Timed(form=True)


class HandOverForm(GoodsForm):
    """What was really taken, and who signed for it."""

    lines = lines_field(MoreSchema, load_default=list)
    signed_by = Text(load_default="", max_length=120)
    code = Text(load_default="", max_length=MAX_CODE)
    signature = Text(load_default="", max_length=MAX_SENT)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)
    occurred_at = fields.AwareDateTime(load_default=None)


class DeclineForm(CommandSchema):
    """Why not, in the words that the agency reads."""

    makes = DeclineRequest
    command_id = fields.UUID(required=True)
    answer = Text(load_default="", max_length=500, multiline=True)


class WithdrawForm(CommandSchema):
    """It is not asked for any more."""

    makes = WithdrawRequest
    command_id = fields.UUID(required=True)


class LinkForm(CommandSchema):
    """A link for an agency, and what its pages are written in."""

    makes = MakeAgencyLink
    command_id = fields.UUID(required=True)
    language = Text(load_default="", max_length=20)


class EndLinkForm(CommandSchema):
    """A link that is to end."""

    makes = EndAgencyLink
    command_id = fields.UUID(required=True)


class StateForm(CommandSchema):
    """What an agency says of itself."""

    makes = StateAgency
    command_id = fields.UUID(required=True)
    people = WholeNumber(required=True, least=0, most=MAX_PEOPLE)
    per = Choice(tuple(TIMES_A_YEAR), required=True)
    needs = Text(load_default="", max_length=MAX_NEEDS, multiline=True)


class RequestedSchema(CommandSchema):
    """So many base units of an item, by its id or name."""

    makes = RequestedGoods
    item = NameOrId(required=True)
    quantity = WholeNumber(required=True, least=0, most=MAX_QUANTITY)


class AskGoodsSchema(CommandSchema):
    """A request, as programs send it."""

    makes = AskForGoods
    command_id = fields.UUID(required=True)
    partner_id = fields.Integer(required=True)
    needed_on = fields.Date(required=True)
    lines = lines_field(RequestedSchema, required=True)
    is_delivered = fields.Boolean(load_default=False)
    note = Text(load_default="", max_length=500, multiline=True)


class ApproveSchema(CommandSchema):
    """How much of each item is promised; without lines, all that was asked for."""

    makes = ApproveRequest
    command_id = fields.UUID(required=True)
    lines = lines_field(RequestedSchema, load_default=None)
    starts_at = fields.AwareDateTime(load_default=None)
    answer = Text(load_default="", max_length=500, multiline=True)


class HandOverSchema(NotedSchema):
    """What was really taken; without lines, what was approved."""

    makes = HandOverRequest
    lines = lines_field(RequestedSchema, load_default=None)
    signed_by = Text(load_default="", max_length=120)
    code = Text(load_default="", max_length=MAX_CODE)
    signature = Text(load_default="", max_length=MAX_SENT)


class RequestAnswer(Schema):
    """A request, whose it is, and its state now."""

    id = fields.Integer()
    agency = fields.String()
    state = fields.String()
    event_id = fields.Integer(allow_none=True)


class HandedOverAnswer(Posted):
    """What an agency took with it."""

    request_id = fields.Integer()
    agency = fields.String()
    event_id = fields.Integer()
    lines = fields.List(fields.Nested(GoodsSaid))


class RequestLineRow(Schema):
    """How much of an item was asked for, promised and taken, in its base unit."""

    item_id = fields.Integer()
    item = fields.String()
    unit = fields.String()
    asked = fields.Integer()
    approved = fields.Integer(allow_none=True)
    taken = fields.Integer(allow_none=True)


class RequestRowSchema(Schema):
    """A request with how it stands."""

    id = fields.Integer()
    partner_id = fields.Integer()
    agency = fields.String()
    standing = fields.String()
    needed_on = fields.Date()
    is_delivered = fields.Boolean()
    note = fields.String()
    by_agency = fields.Boolean()
    asked_at = fields.AwareDateTime()
    answered_at = fields.AwareDateTime(allow_none=True)
    answer = fields.String()
    event_id = fields.Integer(allow_none=True)
    entry_id = fields.Integer(allow_none=True)
    signed_by = fields.String()
    signed_how = fields.String()
    lines = fields.List(fields.Nested(RequestLineRow))


class RequestsAnswer(Schema):
    """A page of requests."""

    requests = fields.List(fields.Nested(RequestRowSchema))
    next = fields.Integer(allow_none=True)
