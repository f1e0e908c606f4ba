"""What is said of duties, and what programs are told of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from marshmallow import Schema, fields

from blueprints.frame.fields import Choice, CommandSchema, Text, WholeNumber
from blueprints.words.repeating.fields import TypedDay
from depot.distribution.series.repeating import RepeatRule
from depot.duties.commands import AcceptTerm, BeWilling, LearnDuty, PassTerm
from depot.rota.commands.routines import (
    MAX_NAME,
    MAX_TEXT,
    EndRoutine,
    RoutineFacts,
    StartRoutine,
)

#: What the length of a term is counted in.
UNITS: Final = ("week", "month")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDuty:
    """A duty as its form has it."""

    command_id: UUID
    name: str
    from_on: date
    every: int
    unit: str
    text: str = ""
    steps: str = ""

    def command(self) -> StartRoutine:
        """Return the command that begins it: a term begins when the one before ends."""
        if self.unit == "month":
            rule = RepeatRule("monthly", self.every, month_day=self.from_on.day)
        else:
            rule = RepeatRule("weekly", self.every, weekdays=(self.from_on.isoweekday(),))
        facts = RoutineFacts(
            name=self.name,
            rule=rule,
            text=self.text,
            steps=tuple(self.steps.splitlines()),
            people_max=1,
        )
        return StartRoutine(
            command_id=self.command_id, kind="duty", facts=facts, from_on=self.from_on
        )


class NewDutySchema(CommandSchema):
    """A duty that is to rotate."""

    makes = NewDuty
    command_id = fields.UUID(required=True)
    name = Text(required=True, max_length=MAX_NAME)
    from_on = TypedDay(required=True)
    every = WholeNumber(load_default=3, least=1, most=52)
    unit = Choice(UNITS, load_default="month")
    text = Text(load_default="", max_length=MAX_TEXT, multiline=True)
    steps = Text(load_default="", max_length=MAX_TEXT, multiline=True)


class WillingSchema(CommandSchema):
    """Whether who asks would hold it; the address says which."""

    makes = BeWilling
    command_id = fields.UUID(required=True)
    routine_id = fields.Integer(required=True)
    is_willing = fields.Boolean(load_default=False)


class AcceptSchema(CommandSchema):
    """A yes to a term."""

    makes = AcceptTerm
    command_id = fields.UUID(required=True)
    term = Text(required=True, max_length=60)


class PassSchema(CommandSchema):
    """A no to a term."""

    makes = PassTerm
    command_id = fields.UUID(required=True)
    term = Text(required=True, max_length=60)


class LearnSchema(CommandSchema):
    """Who wants to learn it."""

    makes = LearnDuty
    command_id = fields.UUID(required=True)
    term = Text(required=True, max_length=60)


class EndDutySchema(CommandSchema):
    """The last day of a duty; the address says which."""

    makes = EndRoutine
    command_id = fields.UUID(required=True)
    routine_id = fields.Integer(required=True)
    last_on = TypedDay(required=True)


class TermAnswer(Schema):
    """A term: its days, and who holds it."""

    starts_on = fields.Date()
    ends_on = fields.Date()
    holders = fields.List(fields.String())


class TurnAnswer(Schema):
    """Somebody who would hold it, in their turn."""

    person_id = fields.Integer()
    name = fields.String()


class DutyAnswer(Schema):
    """A duty as it stands today."""

    id = fields.Integer()
    name = fields.String()
    state = fields.String(metadata={"description": "held, ends_soon or open."})
    term = fields.Nested(TermAnswer, allow_none=True)
    next_term = fields.Nested(TermAnswer, allow_none=True)
    turns = fields.List(fields.Nested(TurnAnswer))


class DutyListAnswer(Schema):
    """The duties of a depot."""

    duties = fields.List(fields.Nested(DutyAnswer))
    next = fields.Integer(allow_none=True)
