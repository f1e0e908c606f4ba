"""What programs send to file a report, and what they get of filed ones."""

from __future__ import annotations

from marshmallow import Schema, fields

from blueprints.frame.fields import Text, Within, WriteSchema
from blueprints.frame.web import LARGEST_ID
from depot.reports.filing import FileReport


class FilePeriodSchema(WriteSchema):
    """Which period is to be filed."""

    makes = FileReport

    class Meta:
        exclude = ("occurred_at",)

    period = Text(required=True, max_length=40)


class FileWeekSchema(WriteSchema):
    """The week stands in the address."""

    makes = FileReport

    class Meta:
        exclude = ("occurred_at",)

    period = fields.Constant("", load_only=True)


class FiledListQuery(Schema):
    """Which of the filed reports: those numbered below `after`."""

    after = fields.Integer(load_default=None, validate=Within(1, LARGEST_ID))
    limit = fields.Integer(load_default=50, validate=Within(1, 200))


FiledHead = Schema.from_dict(
    {
        "number": fields.Integer(required=True),
        "version": fields.Integer(required=True),
        "kind": fields.String(required=True),
        "period": fields.String(required=True),
        "from": fields.String(required=True),
        "to": fields.String(required=True),
        "filed_at": fields.AwareDateTime(required=True),
        "filed_by": fields.String(required=True),
        "ledger_seq": fields.Integer(required=True),
        "seal": fields.String(required=True),
    },
    name="FiledHead",
)


class FiledListAnswer(Schema):
    """Filed reports without their figures, and the cursor of the next page."""

    filed = fields.List(fields.Nested(FiledHead), required=True)
    next = fields.Integer(required=True, allow_none=True)


class LateEntry(Schema):
    """A line of the book that came in late; `weight_grams` is what it moved, if that is known."""

    entry_id = fields.Integer(required=True)
    seq = fields.Integer(required=True)
    kind = fields.String(required=True)
    occurred_at = fields.String(required=True)
    recorded_at = fields.String(required=True)
    reverses_seq = fields.Integer(required=True, allow_none=True)
    weight_grams = fields.Integer(required=True, allow_none=True)


class LateChange(Schema):
    """A figure as filed and now; null was not asked. `unit` is empty for people."""

    what = fields.String(required=True)
    figure = fields.String(required=True)
    unit = fields.String(required=True)
    filed = fields.Integer(required=True, allow_none=True)
    now = fields.Integer(required=True, allow_none=True)


class LateAnswer(Schema):
    """What came in late since a report was filed, and what it changes."""

    number = fields.Integer(required=True)
    count = fields.Integer(required=True)
    earlier = fields.Integer(required=True)
    entries = fields.List(fields.Nested(LateEntry), required=True)
    totals = fields.List(fields.Nested(LateChange), required=True)
    items = fields.List(fields.Nested(LateChange), required=True)
    people = fields.List(fields.Nested(LateChange), required=True)
