"""What is told of rights."""

from __future__ import annotations

from marshmallow import Schema, fields


class RightSchema(Schema):
    """What somebody may do."""

    person = fields.String()
    person_id = fields.Integer()
    role = fields.String()
    reads_names = fields.Boolean()
    since = fields.AwareDateTime()
    until = fields.AwareDateTime(allow_none=True)
    by = fields.String(allow_none=True)
    cause = fields.String()
    why = fields.String()
    agreed_by = fields.String(allow_none=True)
    proposal_id = fields.Integer(allow_none=True)
    proposal = fields.String(allow_none=True)


class RightsAnswer(Schema):
    """Who may do what now, and the seal of the chain of changes."""

    rights = fields.List(fields.Nested(RightSchema))
    seal = fields.String()
