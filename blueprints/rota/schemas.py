"""What is typed and sent about shifts, meetings, routines and who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, post_load

from blueprints.frame.fields import Choice, CommandSchema, Text, WallClock, WholeNumber, WriteSchema
from blueprints.frame.web import LARGEST_ID
from blueprints.words.repeating.fields import ClockTime, TypedDay, take_days, with_boxes
from depot.base.clock import local_day
from depot.base.errors import Invalid
from depot.base.kinds import ROUND_KINDS, TIMED_KINDS, ActivityKind, Recurrence
from depot.base.text import N_
from depot.distribution.series.repeating import MOST_BETWEEN, RepeatRule
from depot.rota.commands.regulars import BecomeRegular, StopBeingRegular
from depot.rota.commands.routines import (
    MAX_NAME,
    MAX_PEOPLE,
    MAX_TEXT,
    ChangeRoutine,
    EndRoutine,
    RoutineFacts,
    StartRoutine,
)
from depot.rota.commands.singles import (
    MAX_WHY,
    ActivityFacts,
    CallOff,
    CallOn,
    ChangeActivity,
    MakeActivity,
)
from depot.rota.commands.taking import AskPerson, GiveBack, SeekStandIn, TakePart

#: How the page asks for a rule: every so many days, by weeks, by weeks of the month, by date.
RHYTHMS: Final = ("weekly", "daily", "monthly", "date")
#: A number, or a routine's and a day.
MAX_ACTIVITY: Final = 40


class TakeSchema(WriteSchema):
    """Somebody comes, or takes over from somebody; the address names the activity."""

    makes = TakePart
    instead_of = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)
    person_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


class SeekSchema(WriteSchema):
    """Somebody can't come."""

    makes = SeekStandIn
    person_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


class GiveBackSchema(WriteSchema):
    """Somebody takes no part any more, or says no."""

    makes = GiveBack
    person_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


class AskSchema(WriteSchema):
    """Somebody is asked to come."""

    makes = AskPerson
    person_id = WholeNumber(required=True, most=LARGEST_ID)


class FactsSchema(CommandSchema):
    """What is said of one shift or meeting."""

    makes = ActivityFacts
    name = Text(required=True, max_length=MAX_NAME)
    text = Text(load_default="", max_length=MAX_TEXT, multiline=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    people_min = WholeNumber(load_default=1, least=0, most=MAX_PEOPLE)
    people_max = WholeNumber(load_default=None, allow_none=True, most=MAX_PEOPLE)
    location_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)
    event_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


class MakeSchema(WriteSchema):
    """One more shift or meeting."""

    makes = MakeActivity
    kind = Choice(TIMED_KINDS, load_default="shift")
    facts = fields.Nested(FactsSchema, required=True)


class CallOffSchema(CommandSchema):
    """It does not take place, and why."""

    makes = CallOff
    command_id = fields.UUID(required=True)
    why = Text(required=True, max_length=MAX_WHY)
    activity = Text(max_length=MAX_ACTIVITY)


class CallOnSchema(CommandSchema):
    """It takes place after all."""

    makes = CallOn
    command_id = fields.UUID(required=True)
    activity = Text(max_length=MAX_ACTIVITY)


class RegularSchema(CommandSchema):
    """The actor comes each time."""

    makes = BecomeRegular
    command_id = fields.UUID(required=True)
    routine_id = fields.Integer()


class StopSchema(CommandSchema):
    """The actor comes no longer each time, or whom a coordinator names."""

    makes = StopBeingRegular
    command_id = fields.UUID(required=True)
    routine_id = fields.Integer()
    person_id = WholeNumber(load_default=None, most=LARGEST_ID)


class EndRoutineSchema(CommandSchema):
    """The last day of a routine."""

    makes = EndRoutine
    command_id = fields.UUID(required=True)
    last_on = TypedDay(required=True)
    routine_id = fields.Integer()


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidActivity:
    """What the page's form says of one shift or meeting."""

    command_id: UUID
    kind: ActivityKind
    facts: ActivityFacts

    def make(self) -> MakeActivity:
        """Return the command that plans it."""
        return MakeActivity(command_id=self.command_id, kind=self.kind, facts=self.facts)

    def change(self, activity: str) -> ChangeActivity:
        """Return the command that makes an activity so."""
        return ChangeActivity(command_id=self.command_id, activity=activity, facts=self.facts)


class _DescribedSchema(CommandSchema):
    """What forms of single ones and of routines have in common."""

    command_id = fields.UUID(required=True)
    kind = Choice(TIMED_KINDS, load_default="shift")
    name = Text(load_default="", max_length=MAX_NAME)
    text = Text(load_default="", max_length=MAX_TEXT, multiline=True)
    begins = ClockTime(load_default=None)
    ends = ClockTime(load_default=None)
    people_min = WholeNumber(load_default=1, least=0, most=MAX_PEOPLE)
    people_max = WholeNumber(load_default=None, most=MAX_PEOPLE)
    location_id = WholeNumber(load_default=None, most=LARGEST_ID)


def activity_form(time_zone: str) -> CommandSchema:
    """Return the page's schema, whose times are of the wall clock of `time_zone`."""
    wall = WallClock(time_zone)

    class ActivityForm(_DescribedSchema):
        on = TypedDay(load_default=None)
        event_id = WholeNumber(load_default=None, most=LARGEST_ID)

        @post_load
        def _make(self, data: dict[str, Any], **_options: Any) -> Any:
            _need(data, "on", "begins", "ends", "name")
            day, begins, ends = (data.pop(name) for name in ("on", "begins", "ends"))
            facts = ActivityFacts(
                starts_at=_at(wall, day, begins),
                ends_at=_at(wall, day + timedelta(days=ends <= begins), ends),
                **{name: data.pop(name) for name in (*_ALIKE, "event_id")},
            )
            return SaidActivity(facts=facts, **data)

    return ActivityForm(form=True)


#: Fields that both kinds of facts have under the same name.
_ALIKE: Final = ("name", "text", "people_min", "people_max", "location_id")


def _at(wall: WallClock, day: date, minute: int) -> datetime:
    clock = f"{minute // 60:02}:{minute % 60:02}"
    found: datetime = wall.deserialize(f"{day.isoformat()}T{clock}")
    return found


def _need(data: dict[str, Any], *names: str) -> None:
    asked = {
        "name": _("What is it called?"),
        "begins": _("When does it begin?"),
        "ends": _("When does it end?"),
        "on": _("On which day?"),
        "from_on": _("From which day on?"),
    }
    wrong = {name: [asked[name]] for name in names if data.get(name) in (None, "")}
    if wrong:
        raise ValidationError(wrong)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRoutine:
    """What the page's form says of a routine from a day on."""

    command_id: UUID
    kind: ActivityKind
    facts: RoutineFacts
    from_on: date

    def start(self) -> StartRoutine:
        """Return the command that begins it."""
        return StartRoutine(
            command_id=self.command_id, kind=self.kind, facts=self.facts, from_on=self.from_on
        )

    def change(self, routine_id: int) -> ChangeRoutine:
        """Return the command that changes a routine to it."""
        return ChangeRoutine(
            command_id=self.command_id,
            routine_id=routine_id,
            facts=self.facts,
            from_on=self.from_on,
        )


class RoutineForm(_DescribedSchema):
    """The page's form: a box for each weekday and for each one in the month.

    A task that comes round has a day and no hour: what is typed for that is left out.
    """

    kind = Choice(ROUND_KINDS, load_default="shift")
    steps = Text(load_default="", max_length=MAX_TEXT, multiline=True)
    rhythm = Choice(RHYTHMS, load_default="weekly")
    every = WholeNumber(load_default=1, most=MOST_BETWEEN)
    month_day = WholeNumber(load_default=None, most=31)
    open_places = WholeNumber(load_default=0, least=0, most=MAX_PEOPLE)
    from_on = TypedDay(load_default=None)
    ends_on = TypedDay(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> Any:
        rule = _rule(data)
        begins, ends = data.pop("begins"), data.pop("ends")
        _need(data, "from_on", "name")
        minutes = None
        if data["kind"] == "task":
            begins = None
        else:
            _need({"begins": begins, "ends": ends}, "begins", "ends")
            minutes = (ends - begins - 1) % (24 * 60) + 1
        facts = RoutineFacts(
            rule=rule,
            begins_minute=begins,
            minutes=minutes,
            steps=tuple(data.pop("steps").splitlines()),
            open_places=data.pop("open_places"),
            ends_on=data.pop("ends_on"),
            **{name: data.pop(name) for name in _ALIKE},
        )
        return SaidRoutine(facts=facts, **data)


def routine_form() -> CommandSchema:
    """Return the page's schema, with all of its boxes."""
    return with_boxes(RoutineForm)


def _rule(data: dict[str, Any]) -> RepeatRule:
    """Take what the form says of the rule out of it; what another rhythm asks for is left out."""
    weekdays, nths = take_days(data)
    rhythm, every, month_day = (data.pop(name) for name in ("rhythm", "every", "month_day"))
    if rhythm == "date":
        if month_day is None:
            raise ValidationError(_("On which day of the month?"), "month_day")
        return RepeatRule("monthly", every, month_day=month_day)
    frequency: Recurrence = rhythm
    if frequency == "daily":
        return RepeatRule(frequency, every)
    return RepeatRule(frequency, every, weekdays, nths if rhythm == "monthly" else ())


class PeriodQuery(Schema):
    """From which day to which; said neither, a week from today."""

    from_on = fields.Date(data_key="from", load_default=None)
    to_on = fields.Date(data_key="to", load_default=None)


class PartSchema(Schema):
    """Somebody who takes part."""

    person_id = fields.Integer()
    name = fields.String()
    standing = fields.String(
        metadata={"description": "in, seeking (can't come, still expected), asked, waiting."}
    )
    id = fields.Integer(
        allow_none=True,
        metadata={"description": "Goes into `instead_of` of who takes over."},
    )
    is_regular = fields.Boolean()


class ActivityAnswer(Schema):
    """A shift or meeting."""

    id = fields.String(
        attribute="name_of",
        metadata={"description": "Its number, or its routine's and the day: 3.2026-12-01."},
    )
    kind = fields.String()
    name = fields.String()
    text = fields.String()
    starts_at = fields.AwareDateTime(allow_none=True)
    ends_at = fields.AwareDateTime(allow_none=True)
    place = fields.String()
    people_min = fields.Integer()
    people_max = fields.Integer(allow_none=True)
    people = fields.Integer(attribute="count")
    lacking = fields.Integer()
    parts = fields.List(fields.Nested(PartSchema), attribute="live")
    routine_id = fields.Integer(allow_none=True)
    event_id = fields.Integer(allow_none=True)
    called_off_why = fields.String()


class ActivityListAnswer(Schema):
    """What is on in these days; all of it stands on one page."""

    activities = fields.List(fields.Nested(ActivityAnswer))
    next = fields.Integer(allow_none=True)


class SavedActivityAnswer(Schema):
    """An activity, and how many people are in it."""

    id = fields.Integer()
    name = fields.String()
    people = fields.Integer()


class TakenAnswer(Schema):
    """How somebody stands to an activity now."""

    activity_id = fields.Integer()
    name = fields.String()
    person = fields.String()
    standing = fields.String()
    people = fields.Integer()
    people_max = fields.Integer(allow_none=True)
    overlaps = fields.List(fields.String())
    instead_of = fields.String()


def days_asked(query: dict[str, Any], now: datetime, time_zone: str) -> tuple[date, date]:
    """Return the days that an address asks for. Raises Invalid for none, or too many."""
    first = query["from_on"] or local_day(now, time_zone)
    last = query["to_on"] or first + timedelta(days=6)
    if not timedelta(0) <= last - first <= timedelta(days=366):
        raise Invalid(field="to", problem=N_("From a day to a later one, a year at most."))
    return first, last
