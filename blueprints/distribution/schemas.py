"""What is said at a hand-out, by programs and on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from blueprints.frame.answers import GoodsSaid, Posted
from blueprints.frame.fields import (
    CommandSchema,
    NameOrId,
    NotedSchema,
    Text,
    WallClock,
    WholeNumber,
    Within,
    WriteSchema,
    lines_field,
)
from blueprints.frame.web import LARGEST_ID
from blueprints.words.amounts import Amount, BandsField
from blueprints.words.scan_fields import ScannedText
from depot.base.allergens import MAX_DIET
from depot.base.units import MAX_LINES
from depot.distribution.commands.events import (
    CloseEvent,
    CountPeople,
    IssueAtEvent,
    IssueLine,
    OpenEvent,
    PlanEvent,
    ReturnGoods,
    ReturnLine,
)
from depot.distribution.commands.planning import (
    CallOffEvent,
    ChangeEvent,
    PackEvent,
    TickPick,
)
from depot.distribution.commands.plans import PlannedGoods
from depot.imports.amounts import WrittenAmount
from depot.production.multiplied import MOST_PEOPLE, HouseholdsSaid, ParcelSaid

MAX_HOUSEHOLDS = 100_000
#: Packs of a product that are handed out with one scan.
MAX_PACKS = 1_000
MAX_EVENTS = 200
MAX_ID = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountLine:
    """A line of a page: how much is in pieces, kg or litres, as the item is kept."""

    item: str
    amount: WrittenAmount
    location: str | None = None


class EventPlanSchema(WriteSchema):
    """A hand-out to come."""

    makes = PlanEvent
    name = Text(required=True)
    starts_at: fields.Field[datetime] = fields.AwareDateTime(required=True)
    place = Text(load_default="")
    expected_households = WholeNumber(load_default=None, allow_none=True, most=MAX_HOUSEHOLDS)
    like_event_id = WholeNumber(load_default=None, allow_none=True, most=MAX_ID)


class EventChangeSchema(CommandSchema):
    """What is said of a hand-out, all of it anew."""

    makes = ChangeEvent
    command_id = fields.UUID(required=True)
    name = Text(required=True)
    starts_at: fields.Field[datetime] = fields.AwareDateTime(required=True)
    place = Text(load_default="")
    expected_households = WholeNumber(load_default=None, allow_none=True, most=MAX_HOUSEHOLDS)


class PlannedGoodsSchema(CommandSchema):
    """So many base units of an item, by its id or name."""

    makes = PlannedGoods
    item = NameOrId(required=True)
    quantity = WholeNumber(required=True)


class HouseholdsSchema(CommandSchema):
    """So many households alike: by people, or by a size's name or number; and how they eat."""

    makes = HouseholdsSaid
    count = WholeNumber(required=True, most=MAX_HOUSEHOLDS)
    adults = WholeNumber(load_default=0, least=0, most=MOST_PEOPLE)
    children = WholeNumber(load_default=0, least=0, most=MOST_PEOPLE)
    size = NameOrId(load_default=None, allow_none=True)
    diet = Text(load_default="", max_length=MAX_DIET)


class PlannedParcelSchema(CommandSchema):
    """A kind of parcel, by its id or name, and the households that get one."""

    makes = ParcelSaid
    parcel = NameOrId(required=True)
    households = lines_field(HouseholdsSchema, required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSaid:
    """An event's plan, line by line or by parcels."""

    command_id: UUID
    lines: tuple[PlannedGoods, ...] | None = None
    parcels: tuple[ParcelSaid, ...] | None = None


class EventGoodsPlanSchema(CommandSchema):
    """All that an event is to have, in place of the plan before: `lines`, none for nothing.

    Or `parcels`, which are multiplied out over what is free.
    """

    makes = PlanSaid
    command_id = fields.UUID(required=True)
    lines = fields.List(
        fields.Nested(PlannedGoodsSchema),
        load_default=None,
        validate=validate.Length(max=MAX_LINES),
    )
    parcels = lines_field(PlannedParcelSchema, load_default=None)

    @validates_schema
    def _one_of_them(self, data: dict[str, Any], **_options: Any) -> None:
        if (data.get("lines") is None) == (data.get("parcels") is None):
            raise ValidationError(_("Say the lines or the parcels, one of them."), "lines")


class PlannedStockSaid(Schema):
    """How an item that is planned stands, in its base unit."""

    item_id = fields.Integer()
    item = fields.String()
    unit = fields.String()
    planned = fields.Integer()
    promised = fields.Integer(
        metadata={"description": "Set aside for the event, and still to go out there."}
    )
    short = fields.Integer(
        metadata={"description": "Planned, not handed out yet, and not set aside."}
    )


class EventGoodsPlanAnswer(Schema):
    """The plan as it was kept, and what of it nobody else was promised."""

    id = fields.Integer()
    items = fields.Integer()
    lines = fields.List(fields.Nested(PlannedStockSaid))


class EventCallOffSchema(CommandSchema):
    """A planned hand-out does not take place."""

    makes = CallOffEvent
    command_id = fields.UUID(required=True)
    reason = Text(load_default="", max_length=200)


class EventPackSchema(CommandSchema):
    """All that is planned stands ready, or not yet after all."""

    makes = PackEvent
    command_id = fields.UUID(required=True)
    packed = fields.Boolean(load_default=True)


class TickPickSchema(CommandSchema):
    """A tick in the pick list: so many base units of a lot were fetched from there."""

    makes = TickPick
    command_id = fields.UUID(required=True)
    location_id = WholeNumber(required=True, most=MAX_ID)
    lot_id = WholeNumber(required=True, most=MAX_ID)
    quantity = WholeNumber(required=True)
    picked = fields.Boolean(load_default=True)


def plan_form(zone: str, schema: type[EventPlanSchema | EventChangeSchema]) -> CommandSchema:
    """Return the page's schema, whose times are of the wall clock of `zone`."""

    class PlanForm(schema):  # type: ignore[misc, valid-type]  # a schema of the event
        name = Text(required=True, error_messages={"required": _("What is it called?")})
        starts_at = WallClock(
            zone, required=True, error_messages={"required": _("When does it begin?")}
        )

    return PlanForm(form=True)


class EventIssueLineSchema(CommandSchema):
    """So many base units of an item, from anywhere or from one place or crate.

    Or a product's code as it was scanned: so many packs of what it stands for.
    """

    makes = IssueLine
    item = NameOrId(load_default=None)
    quantity = WholeNumber(load_default=None)
    location = Text(load_default=None, allow_none=True, max_length=200)
    scanned = ScannedText(load_default=None, allow_none=True)
    times = WholeNumber(load_default=1, most=MAX_PACKS)
    pack_quantity = WholeNumber(load_default=None, allow_none=True)

    @validates_schema
    def _says_what(self, data: dict[str, Any], **_options: Any) -> None:
        if data.get("scanned"):
            return
        for name in ("item", "quantity"):
            if data.get(name) is None:
                raise ValidationError(_("Missing data for required field."), name)


class EventIssueSchema(NotedSchema):
    """A whole crate, or lines; lines are booked oldest date first."""

    makes = IssueAtEvent
    crate_code = Text(load_default=None, allow_none=True, max_length=200)
    lines = lines_field(EventIssueLineSchema, load_default=list)


class EventReturnLineSchema(CommandSchema):
    """So many base units of an item came back, to one place or crate."""

    makes = ReturnLine
    item = NameOrId(required=True)
    quantity = WholeNumber(required=True)
    location = Text(load_default=None, allow_none=True, max_length=200)


class EventReturnSchema(NotedSchema):
    """Lines, or all that is still out of a crate."""

    makes = ReturnGoods
    crate_code = Text(load_default=None, allow_none=True, max_length=200)
    lines = lines_field(EventReturnLineSchema, load_default=list)


class EventPeopleSchema(NotedSchema):
    """People helped, numbers only; what is left out was not asked."""

    makes = CountPeople
    households = WholeNumber(required=True, least=0, most=MAX_HOUSEHOLDS)
    adults = WholeNumber(load_default=None, allow_none=True, least=0, most=MAX_HOUSEHOLDS)
    children = WholeNumber(load_default=None, allow_none=True, least=0, most=MAX_HOUSEHOLDS)
    seniors = WholeNumber(load_default=None, allow_none=True, least=0, most=MAX_HOUSEHOLDS)
    new_households = WholeNumber(load_default=None, allow_none=True, least=0, most=MAX_HOUSEHOLDS)
    bands = BandsField()


def people_form() -> CommandSchema:
    """Return the page's schema, which asks for households in its own words."""

    class PeopleForm(EventPeopleSchema):
        households = WholeNumber(
            required=True,
            least=0,
            most=MAX_HOUSEHOLDS,
            error_messages={"required": _("How many households?")},
        )

    return PeopleForm(form=True)


class EventCloseSchema(WriteSchema):
    """The hand-out is over."""

    makes = CloseEvent


class EventOpenSchema(WriteSchema):
    """The hand-out begins, or goes on."""

    makes = OpenEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class EventGoodsForm:
    """A crate or lines, as a page sends them."""

    command_id: UUID
    crate_code: str | None = None
    lines: tuple[AmountLine, ...] = ()
    #: Of a product whose code was scanned: how many packs, and what it is if nobody has said so.
    times: int = 1
    learn_item: str | None = None
    learn_pack: int | None = None
    note: str = ""
    occurred_at: datetime | None = None


def goods_form() -> CommandSchema:
    """Return the schema of what the pages "Hand out" and "Bring back" send."""

    class Line(CommandSchema):
        makes = AmountLine
        item = Text(required=True, error_messages={"required": _("Which item?")})
        amount = Amount(required=True, error_messages={"required": _("How many?")})
        location = Text(load_default=None, max_length=200)

    class Goods(NotedSchema):
        makes = EventGoodsForm
        crate_code = ScannedText(load_default=None)
        lines = lines_field(Line, load_default=list)
        times = WholeNumber(load_default=1, most=MAX_PACKS)
        learn_item = Text(load_default=None)
        learn_pack = WholeNumber(load_default=None)

    return Goods(form=True)


class EventGoodsAnswer(Posted):
    """The answer to goods handed out or brought back; entry_id is null if none had to move."""

    event_id = fields.Integer()
    crate_code = fields.String(
        allow_none=True, metadata={"description": "Only if it was of a crate."}
    )
    lines = fields.List(fields.Nested(GoodsSaid))


class EventPeopleAnswer(Posted):
    """The answer to a count of people."""

    event_id = fields.Integer()
    households = fields.Integer()


class EventStateAnswer(Schema):
    """The answer to planning, opening and closing."""

    id = fields.Integer()
    name = fields.String()
    state = fields.String()


class HandOutSchema(Schema):
    """A hand-out in a list."""

    id = fields.Integer()
    name = fields.String()
    place = fields.String()
    starts_at = fields.AwareDateTime()
    state = fields.String()
    expected_households = fields.Integer(allow_none=True)
    opened_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    packed_at = fields.AwareDateTime(allow_none=True)
    called_off_at = fields.AwareDateTime(allow_none=True)
    households = fields.Integer(allow_none=True)


class HandOutListSchema(Schema):
    """A page of hand-outs; `next` goes into ?after=."""

    events = fields.List(fields.Nested(HandOutSchema))
    next = fields.Integer(allow_none=True)


class HandOutQuery(Schema):
    """Where a page of hand-outs begins and how long it is."""

    after = fields.Integer(load_default=0, validate=Within(0, LARGEST_ID))
    limit = fields.Integer(load_default=50, validate=Within(1, MAX_EVENTS))
