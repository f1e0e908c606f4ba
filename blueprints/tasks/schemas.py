"""What is typed and sent about tasks."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import Schema, fields, post_load

from blueprints.frame.editor import Name
from blueprints.frame.fields import Choice, CommandSchema, Text, WholeNumber, WriteSchema
from blueprints.frame.web import LARGEST_ID
from depot.base.kinds import GROWN_FROM
from depot.rota.commands.routines import MAX_NAME, MAX_STEPS
from depot.rota.commands.singles import MAX_WHY, CallOff
from depot.rota.commands.taking import AskPerson, GiveBack, TakePart
from depot.rota.commands.tasks import (
    MAX_TEXT,
    ChangeTask,
    FinishTask,
    MakeTask,
    ReopenTask,
    TickStep,
)

#: A number, or a routine's and a day.
MAX_ACTIVITY: Final = 40
_MAX_STEPS_TEXT: Final = MAX_STEPS * (MAX_TEXT + 1)


class TaskSchema(CommandSchema):
    """Something to do, as programs send it."""

    makes = MakeTask
    command_id = fields.UUID(required=True)
    name = Name(max_length=MAX_NAME)
    text = Text(load_default="", max_length=MAX_TEXT, multiline=True)
    due_on = fields.Date(load_default=None, allow_none=True)
    steps: fields.Field[Any] = fields.List(
        Text(required=True, max_length=MAX_TEXT), load_default=list
    )
    grown_from = Choice(GROWN_FROM, load_default=None, allow_none=True)
    grown_from_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)
    grown_from_activity = Text(load_default="", max_length=MAX_ACTIVITY)


class TypedTaskSchema(TaskSchema):
    """The form of a task: a step stands in each line."""

    steps = Text(load_default="", max_length=_MAX_STEPS_TEXT, multiline=True)

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> Any:
        return self.makes(**data | {"steps": tuple(data["steps"].splitlines())})


class ChangedTaskSchema(CommandSchema):
    """The form of a task that is said anew."""

    makes = ChangeTask
    command_id = fields.UUID(required=True)
    name = Name(max_length=MAX_NAME)
    text = Text(load_default="", max_length=MAX_TEXT, multiline=True)
    due_on = fields.Date(load_default=None, allow_none=True)
    steps = Text(load_default="", max_length=_MAX_STEPS_TEXT, multiline=True)

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> Any:
        return self.makes(**data | {"steps": tuple(data["steps"].splitlines())})


class TickSchema(WriteSchema):
    """A step was done, or was not; the address names the task and the step."""

    makes = TickStep
    done = fields.Boolean(load_default=True)


class FinishSchema(WriteSchema):
    """It is done."""

    makes = FinishTask


class ReopenSchema(CommandSchema):
    """It is not done after all."""

    makes = ReopenTask
    command_id = fields.UUID(required=True)


class TakeTaskSchema(WriteSchema):
    """Whoever sends it does it."""

    makes = TakePart


class GiveTaskBackSchema(WriteSchema):
    """Whoever sends it does not do it, or says no."""

    makes = GiveBack


class AskForTaskSchema(WriteSchema):
    """Somebody is asked to do it."""

    makes = AskPerson
    person_id = WholeNumber(required=True, most=LARGEST_ID)


class CallTaskOffSchema(CommandSchema):
    """It is not to be done any more, and why."""

    makes = CallOff
    command_id = fields.UUID(required=True)
    why = Text(required=True, max_length=MAX_WHY)


class TaskAnswer(Schema):
    """A task, and whether it is done."""

    id = fields.Integer()
    name = fields.String()
    is_done = fields.Boolean()


class TickAnswer(Schema):
    """A step, and whether it is done."""

    activity_id = fields.Integer()
    number = fields.Integer()
    text = fields.String()
    is_done = fields.Boolean()


class TaskPersonSchema(Schema):
    """Somebody who took it, or was asked."""

    person_id = fields.Integer()
    name = fields.String()
    standing = fields.String(metadata={"enum": ["in", "seeking", "asked", "waiting", "out"]})


class TaskRowSchema(Schema):
    """A task. `activity` names it: its number, or a routine's and a day, `7.2026-11-28`."""

    activity = fields.String(attribute="name_of")
    id = fields.Integer(allow_none=True)
    routine_id = fields.Integer(allow_none=True)
    name = fields.String()
    text = fields.String()
    due_on = fields.Date(allow_none=True)
    steps = fields.Integer()
    steps_done = fields.Integer()
    people = fields.List(fields.Nested(TaskPersonSchema))
    asked = fields.List(fields.Nested(TaskPersonSchema))
    grown_from = fields.String(allow_none=True, metadata={"enum": [*GROWN_FROM, None]})
    grown_from_id = fields.Integer(allow_none=True)


class TaskListSchema(Schema):
    """What is to be done, the soonest first."""

    tasks = fields.List(fields.Nested(TaskRowSchema))
    next = fields.Integer(allow_none=True)
