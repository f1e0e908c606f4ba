"""What is answered to what waits for a second person, and what a depot wants two people for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from marshmallow import Schema, fields

from blueprints.frame.fields import (
    MAX_NOTE,
    Text,
    ToldSchema,
    WeightField,
    WholeNumber,
    WriteSchema,
)
from depot.agreeing.commands import AnswerAsked
from depot.agreeing.rules import CHOICES, MOST_DAYS, SetRules


class _AnswerSchema(WriteSchema):
    makes = AnswerAsked

    class Meta:
        exclude = ("occurred_at",)


class AgreeSchema(_AnswerSchema):
    """Yes, with a word if there is one to say."""

    why = Text(load_default="", max_length=MAX_NOTE)


class DeclineSchema(_AnswerSchema):
    """No, and why."""

    why = Text(required=True, max_length=MAX_NOTE)


class WithdrawSchema(_AnswerSchema):
    """Taken back by who asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenRules:
    """The rules as the form has them: a yes or no for each."""

    command_id: UUID
    days: int
    write_off: bool = False
    write_off_grams: int | None = None
    rights: bool = False
    erasure: bool = False
    report: bool = False
    export: bool = False
    recall: bool = False

    def command(self) -> SetRules:
        """Return what is asked of the program."""
        return SetRules(
            command_id=self.command_id,
            kinds=tuple(kind for kind in CHOICES if getattr(self, kind)),
            write_off_grams=self.write_off_grams,
            days=self.days,
        )


class RulesSchema(ToldSchema, WriteSchema):
    """What takes two people; `unit` is what a bare weight is in."""

    makes = ChosenRules

    class Meta:
        exclude = ("occurred_at",)

    days = WholeNumber(required=True, least=1, most=MOST_DAYS)
    write_off = fields.Boolean(load_default=False)
    rights = fields.Boolean(load_default=False)
    erasure = fields.Boolean(load_default=False)
    report = fields.Boolean(load_default=False)
    export = fields.Boolean(load_default=False)
    recall = fields.Boolean(load_default=False)


def rules_schema(weight_unit: str) -> RulesSchema:
    """Return the form's schema for a depot that writes its weights so."""

    class InUnit(RulesSchema):
        write_off_grams = WeightField(load_default=None, unit=weight_unit)

    return InUnit(form=True)


class AskedSchema(Schema):
    """Something that waits for a second person, or did."""

    id = fields.Integer()
    kind = fields.String()
    told = fields.Dict(
        metadata={"description": "What it was about when it was asked for, in base units."}
    )
    asked_by = fields.String()
    asked_at = fields.AwareDateTime()
    until = fields.AwareDateTime()
    answer = fields.String(allow_none=True)
    why = fields.String()
    by = fields.String(allow_none=True)
    answered_at = fields.AwareDateTime(allow_none=True)


class AskedActsAnswer(Schema):
    """A page of them, the newest first."""

    asked = fields.List(fields.Nested(AskedSchema))
    next = fields.Integer(allow_none=True)


class AnsweredSchema(Schema):
    """How it ended."""

    id = fields.Integer()
    answer = fields.String()
