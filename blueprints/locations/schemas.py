"""What is typed about places, and what programs are told of them."""

from __future__ import annotations

from marshmallow import Schema, fields

from blueprints.frame.editor import EditSchema
from blueprints.frame.fields import MAX_NOTE, Choice, Text, WholeNumber
from blueprints.frame.web import LARGEST_ID
from depot.base.kinds import PLACE_KINDS
from depot.locations.commands import SavePlace


class PlaceForm(EditSchema):
    """A place's form."""

    makes = SavePlace
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)
    kind = Choice(PLACE_KINDS, required=True)
    parent_id = WholeNumber(load_default=None, most=LARGEST_ID)
    is_arrivals = fields.Boolean(load_default=False)
    location_id = fields.Integer(load_default=None)


class LocationRow(Schema):
    """A place inside, or a crate."""

    id = fields.Integer()
    name = fields.String()
    kind = fields.String()
    parent_id = fields.Integer(allow_none=True)
    is_default = fields.Boolean()
    archived = fields.Boolean()


class LocationsAnswer(Schema):
    """A page of places."""

    locations = fields.List(fields.Nested(LocationRow))
    next = fields.Integer(allow_none=True)
