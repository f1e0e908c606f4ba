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


class FieldChangeSchema(Schema):
    """What stood in a field, and what stands there now: text, a number, yes or no, or nothing."""

    name = fields.String()
    before = fields.Raw(allow_none=True)
    after = fields.Raw(allow_none=True)


class SettingChangeSchema(Schema):
    """Something that was set otherwise."""

    id = fields.Integer()
    kind = fields.String()
    subject = fields.String()
    changed = fields.List(fields.Nested(FieldChangeSchema), attribute="fields")
    by = fields.String(allow_none=True)
    at = fields.AwareDateTime()
    agreed_by = fields.String(allow_none=True)
    why = fields.String()


class SettingChangesAnswer(Schema):
    """A page of what was set otherwise, in its order."""

    changes = fields.List(fields.Nested(SettingChangeSchema))
    next = fields.Integer(allow_none=True)
