"""What the API's answers to writes have in common, whatever slice they come from."""

from __future__ import annotations

from marshmallow import Schema, fields


class Opened(Schema):
    """Something a coordinator will look at."""

    id = fields.Integer()
    kind = fields.String()


class Posted(Schema):
    """What every answer to a write says; entry_id is null if nothing had to be booked."""

    entry_id = fields.Integer(allow_none=True)
    seq = fields.Integer(allow_none=True)
    discrepancies = fields.List(fields.Nested(Opened))


class GoodsSaid(Schema):
    """How much of an item a line was booked as, in its base unit."""

    item_id = fields.Integer()
    item = fields.String()
    quantity = fields.Integer()
    unit = fields.String()
