"""Parcels as programs say them, and what they are answered."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from blueprints.frame.fields import (
    Choice,
    CommandSchema,
    NameOrId,
    Text,
    ToldSchema,
    WholeNumber,
    lines_field,
)
from depot.base.allergens import MAX_DIET
from depot.base.units import BASE_UNITS, MAX_MOVE
from depot.production.commands.parcels import (
    MOST_LETTERS,
    ChangeParcel,
    InsteadSaid,
    ParcelLineSaid,
    PerSaid,
    SaveParcel,
)
from depot.production.parcel_rows import Named, ParcelLineRow, ParcelRow


class PerSchema(CommandSchema):
    """Base units for each household, adult and child; or for each size, in their order."""

    makes = PerSaid
    household = WholeNumber(load_default=0, least=0, most=MAX_MOVE)
    adult = WholeNumber(load_default=0, least=0, most=MAX_MOVE)
    child = WholeNumber(load_default=0, least=0, most=MAX_MOVE)
    sizes = fields.List(WholeNumber(least=0, most=MAX_MOVE), load_default=list)


class InsteadSchema(CommandSchema):
    """What those who eat so get instead; without an item, nothing of the line."""

    makes = InsteadSaid
    diet = Text(required=True, max_length=MAX_DIET)
    item = NameOrId(load_default=None, allow_none=True)


class ParcelLineSchema(CommandSchema):
    """An item, one of several `choices`, or anything of a category that is counted in `unit`."""

    makes = ParcelLineSaid
    item = NameOrId(load_default=None, allow_none=True)
    choices = fields.List(NameOrId(), load_default=list)
    category = NameOrId(load_default=None, allow_none=True)
    unit = Choice(BASE_UNITS, load_default=None, allow_none=True)
    per = fields.Nested(PerSchema, required=True)
    swaps = fields.List(NameOrId(), load_default=list)
    instead = fields.List(fields.Nested(InsteadSchema), load_default=list)


class ParcelSchema(ToldSchema):
    """A parcel; the name of a known one makes its next version."""

    makes = SaveParcel
    command_id = fields.UUID(required=True)
    name = Text(required=True)
    sizes = fields.List(Text(max_length=MOST_LETTERS), load_default=list)
    lines = lines_field(ParcelLineSchema, required=True)


class ParcelChangeSchema(ToldSchema):
    """What is to be another about a parcel; what is not said stays as it is."""

    makes = ChangeParcel
    command_id = fields.UUID(required=True)
    name = Text(load_default=None)
    sizes = fields.List(Text(max_length=MOST_LETTERS), load_default=None)
    lines = lines_field(ParcelLineSchema, load_default=None)
    archived = fields.Boolean(load_default=None)


class ParcelSaved(Schema):
    """The parcel's id and its newest version."""

    id = fields.Integer()
    name = fields.String()
    version = fields.Integer()


class NamedSaid(Schema):
    """An item or a category."""

    id = fields.Integer()
    name = fields.String()


class PerAnswer(Schema):
    """How much for whom, in base units."""

    household = fields.Integer()
    adult = fields.Integer()
    child = fields.Integer()
    sizes = fields.List(fields.Integer())


class InsteadAnswer(Schema):
    """What a diet has instead; null: nothing of the line."""

    diet = fields.String()
    item = fields.Nested(NamedSaid, allow_none=True)


class ParcelLineAnswer(Schema):
    """A line of a parcel."""

    items = fields.List(fields.Nested(NamedSaid))
    category = fields.Nested(NamedSaid, allow_none=True)
    unit = fields.String()
    per = fields.Nested(PerAnswer)
    swaps = fields.List(fields.Nested(NamedSaid))
    instead = fields.List(fields.Nested(InsteadAnswer))


class ParcelAnswer(Schema):
    """A parcel in its newest version."""

    id = fields.Integer()
    name = fields.String()
    version = fields.Integer()
    archived = fields.Boolean()
    sizes = fields.List(fields.String())
    lines = fields.List(fields.Nested(ParcelLineAnswer))


class ParcelsAnswer(Schema):
    """A page of parcels."""

    parcels = fields.List(fields.Nested(ParcelAnswer))
    next = fields.Integer(allow_none=True)


def parcel_answer(row: ParcelRow) -> dict[str, Any]:
    """Return a parcel as programs read it."""
    return {
        "id": row.id,
        "name": row.name,
        "version": row.version,
        "archived": row.archived,
        "sizes": list(row.sizes),
        "lines": [_line(line) for line in row.lines],
    }


def _line(line: ParcelLineRow) -> dict[str, Any]:
    amounts = line.goods.amounts
    return {
        "items": [_named(one) for one in line.items],
        "category": _named(line.category),
        "unit": line.goods.unit,
        "per": {
            "household": amounts.household,
            "adult": amounts.adult,
            "child": amounts.child,
            "sizes": list(amounts.sizes),
        },
        "swaps": [_named(one) for one in line.swaps],
        "instead": [{"diet": diet, "item": _named(one)} for diet, one in line.instead],
    }


def _named(one: Named | None) -> dict[str, Any] | None:
    return None if one is None else {"id": one.id, "name": one.name}
