"""What is typed and sent about proposals, and what programs are told of them."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate

from blueprints.frame.answers import PageQuery
from blueprints.frame.fields import Choice, CommandSchema, Text, WholeNumber, WriteSchema
from blueprints.frame.web import LARGEST_ID
from depot.base.kinds import PROPOSAL_OUTCOMES, RESPONSE_KINDS
from depot.decisions.commands.outcomes import (
    MAX_OUTCOME,
    MOST_IN_ROOM,
    KeepAgreed,
    SettleProposal,
)
from depot.decisions.commands.proposals import (
    MAX_TEXT,
    MAX_TITLE,
    RaiseProposal,
    RewordProposal,
)
from depot.decisions.commands.responses import MAX_REASON, MAX_SPOKEN, AnswerProposal

#: Which proposals a list is of.
STATES: Final = ("open", "in_force", "due", "settled")


def _id_field() -> WholeNumber:
    return WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


class ProposalSchema(WriteSchema):
    """What is to be decided."""

    makes = RaiseProposal
    title = Text(required=True, max_length=MAX_TITLE)
    text = Text(required=True, max_length=MAX_TEXT, multiline=True)
    answer_by = fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"description": "The last day to answer; null: it is settled in the room."},
    )
    about_id = _id_field()
    replaces_id = _id_field()


class RewordSchema(CommandSchema):
    """Other words for it; `version` is the wording that they are instead of."""

    makes = RewordProposal
    command_id = fields.UUID(required=True)
    version = WholeNumber(required=True)
    title = Text(required=True, max_length=MAX_TITLE)
    text = Text(required=True, max_length=MAX_TEXT, multiline=True)
    answer_by = fields.Date(load_default=None, allow_none=True)


class ResponseSchema(WriteSchema):
    """What somebody says to a wording; a program says whose words they are."""

    makes = AnswerProposal
    version = WholeNumber(required=True)
    kind = Choice(RESPONSE_KINDS, required=True)
    text = Text(load_default="", max_length=MAX_REASON, multiline=True)
    spoken_name = Text(load_default="", max_length=MAX_SPOKEN)


class SettleSchema(CommandSchema):
    """What came of it, in the words that were read back."""

    makes = SettleProposal
    command_id = fields.UUID(required=True)
    version = WholeNumber(required=True)
    outcome = Choice(PROPOSAL_OUTCOMES, required=True)
    read_back = fields.Boolean(load_default=False)
    review_on = fields.Date(load_default=None, allow_none=True)
    in_room_count = WholeNumber(load_default=None, allow_none=True, most=MOST_IN_ROOM)
    text = Text(load_default="", max_length=MAX_OUTCOME, multiline=True)


class KeepSchema(CommandSchema):
    """That it was looked at again, and stays."""

    makes = KeepAgreed
    command_id = fields.UUID(required=True)
    review_on = fields.Date(required=True)
    text = Text(load_default="", max_length=MAX_OUTCOME, multiline=True)


class SavedProposalAnswer(Schema):
    """The proposal that was raised or put in other words."""

    id = fields.Integer()
    name = fields.String()


class ResponseAnswer(Schema):
    """What was said, and to which proposal."""

    id = fields.Integer()
    proposal_id = fields.Integer()
    title = fields.String()
    kind = fields.String()


class SettledAnswer(Schema):
    """What came of it, with the words that it is about."""

    id = fields.Integer()
    outcome = fields.String()
    version = fields.Integer()
    title = fields.String()
    text = fields.String()


class KeptAnswer(Schema):
    """The proposal that stays in force."""

    id = fields.Integer()


class ProposalsQuery(PageQuery):
    """Which proposals are asked for."""

    state = fields.String(load_default="open", validate=validate.OneOf(STATES))
    as_of = fields.Date(
        load_default=None,
        metadata={"description": "Of what is in force: at the end of which day; else today."},
    )


class ProposalRowSchema(Schema):
    """A proposal with its present words."""

    id = fields.Integer()
    version = fields.Integer()
    title = fields.String()
    text = fields.String()
    raised_at = fields.AwareDateTime()
    raised_by = fields.String(allow_none=True)
    answer_by = fields.Date(allow_none=True)
    about_id = fields.Integer(allow_none=True)
    about = fields.String(allow_none=True)
    outcome = fields.String(allow_none=True)
    outcome_text = fields.String()
    settled_at = fields.AwareDateTime(allow_none=True)
    settled_by = fields.String(allow_none=True)
    in_room_count = fields.Integer(allow_none=True)
    review_on = fields.Date(allow_none=True)
    replaces_id = fields.Integer(allow_none=True)
    replaces = fields.String(allow_none=True)


class ProposalsAnswer(Schema):
    """A page of proposals."""

    proposals = fields.List(fields.Nested(ProposalRowSchema))
    next = fields.Integer(allow_none=True)


class SaidSchema(Schema):
    """What somebody said; `name` is null where a spoken name is forgotten by now."""

    id = fields.Integer(attribute="number")
    name = fields.String(allow_none=True)
    kind = fields.String()
    text = fields.String()
    version = fields.Integer()
    said_at = fields.AwareDateTime()
    is_present = fields.Boolean()
    counts = fields.Boolean()
    recorded_by = fields.String(allow_none=True)
    came_late = fields.Boolean()


class ProposalAnswer(ProposalRowSchema):
    """A proposal, what was said to it, and whether it stands."""

    stands = fields.Boolean()
    in_force = fields.Boolean()
    responses = fields.List(fields.Nested(SaidSchema))
