"""What programs ask of hours, and are told."""

from __future__ import annotations

from marshmallow import Schema, fields

from blueprints.frame.fields import Text


class HoursQuery(Schema):
    """Which days."""

    period = Text(
        required=True,
        max_length=40,
        metadata={"description": "2026-W47, 2026-11, 2026-Q4, 2026, or two days: first--last."},
    )


class HoursAnswer(Schema):
    """What people gave, as sums that name nobody."""

    period = fields.String()
    first = fields.Date()
    last = fields.Date()
    times = fields.Integer(metadata={"description": "How often somebody came."})
    people = fields.Integer(metadata={"description": "How many they were, each once."})
    minutes = fields.Integer()
    open_times = fields.Integer(
        metadata={"description": "Times of which nobody knows when they ended: without minutes."}
    )
