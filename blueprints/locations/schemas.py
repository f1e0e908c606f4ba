"""What is typed about places, and what programs are told of them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from blueprints.frame.answers import GoodsCounted, Posted
from blueprints.frame.editor import EditSchema
from blueprints.frame.fields import (
    MAX_NOTE,
    ChangeSchema,
    Choice,
    CommandSchema,
    NameOrId,
    NotedSchema,
    PackageDate,
    Text,
    WholeNumber,
)
from blueprints.frame.web import LARGEST_ID
from depot.base.kinds import DATE_KINDS, PLACE_KINDS
from depot.base.units import MAX_LINES
from depot.counts.commands.place_counts import CountPlace, PlaceLine
from depot.locations.commands import ChangePlace, SavePlace

#: So many places stand beside each other at most, as far as anybody numbers them.
MAX_WALK = 9_999


class PlaceForm(EditSchema):
    """A place's form."""

    makes = SavePlace
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)
    kind = Choice(PLACE_KINDS, required=True)
    parent_id = WholeNumber(load_default=None, most=LARGEST_ID)
    is_arrivals = fields.Boolean(load_default=False)
    walk_position = WholeNumber(load_default=None, most=MAX_WALK)
    location_id = fields.Integer(load_default=None)


class _PlaceFields(Schema):
    """What programs say of a place."""

    kind = Choice(PLACE_KINDS)
    parent_id = WholeNumber(allow_none=True, most=LARGEST_ID)
    note = Text(max_length=MAX_NOTE, multiline=True)
    is_arrivals = fields.Boolean(
        metadata={"description": "From now on goods arrive here; false changes nothing."}
    )
    walk_position = WholeNumber(allow_none=True, most=MAX_WALK)
    archived = fields.Boolean()


class NewPlaceSchema(_PlaceFields, CommandSchema):
    """A new place."""

    makes = SavePlace
    command_id = fields.UUID(required=True)
    name = Text(required=True)


class PlaceChangeSchema(_PlaceFields, ChangeSchema):
    """What is to be another about a place; what is not said stays as it is."""

    makes = ChangePlace
    name = Text()


class PlaceLineSchema(CommandSchema):
    """So many base units are there, loose or in the crate named; a crate alone stands there.

    With a date or a lot code it is said of those lots, without of all that no other line names.
    """

    makes = PlaceLine
    item = NameOrId(load_default=None, allow_none=True)
    quantity = WholeNumber(load_default=None, allow_none=True, least=0)
    date = PackageDate(load_default=None, allow_none=True)
    date_kind = Choice(DATE_KINDS, load_default=None, allow_none=True)
    lot_code = Text(load_default=None, allow_none=True, max_length=40)
    crate_code = Text(load_default=None, allow_none=True, max_length=200)


class CountPlaceSchema(NotedSchema):
    """What was counted at a place; `complete`: what is not named is not there."""

    makes = CountPlace
    lines = fields.List(
        fields.Nested(PlaceLineSchema), load_default=list, validate=validate.Length(max=MAX_LINES)
    )
    complete = fields.Boolean(load_default=False)


class PlaceCountAnswer(Posted):
    """The entries that were posted; entry_id and seq are the last one's, null if none was.

    `put_here` are crates that the book had elsewhere, `missing` those that it has here.
    """

    location_id = fields.Integer()
    location = fields.String()
    entries = fields.List(fields.Integer())
    lines = fields.List(fields.Nested(GoodsCounted))
    put_here = fields.List(fields.String())
    missing = fields.List(fields.String())


class LocationRow(Schema):
    """A place inside, or a crate."""

    id = fields.Integer()
    name = fields.String()
    kind = fields.String()
    parent_id = fields.Integer(allow_none=True)
    is_default = fields.Boolean()
    archived = fields.Boolean()


class LocationAnswer(LocationRow):
    """One of them, with what is noted of it."""

    note = fields.String()
    walk_position = fields.Integer(allow_none=True)


class LocationsAnswer(Schema):
    """A page of places."""

    locations = fields.List(fields.Nested(LocationRow))
    next = fields.Integer(allow_none=True)
