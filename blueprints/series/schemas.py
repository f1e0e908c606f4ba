"""What is said of a series, by programs and on the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, post_load, validate

from blueprints.frame.fields import (
    Choice,
    CommandSchema,
    Text,
    WallClock,
    WholeNumber,
    Within,
)
from blueprints.frame.web import LARGEST_ID
from blueprints.words.repeating.fields import ClockTime, TypedDay, take_days, with_boxes
from depot.base.kinds import FREQUENCIES, Frequency
from depot.distribution.commands.series import (
    ChangeSeries,
    EndSeries,
    ExceptDay,
    SeriesFacts,
    StartSeries,
)
from depot.distribution.series.repeating import MOST_BETWEEN, NTHS, RepeatRule

MAX_HOUSEHOLDS: Final = 100_000
#: How the page asks for a rule: the two frequencies, and months by date.
RHYTHMS: Final = ("weekly", "monthly", "date")
_TIME: Final = {"type": "string", "example": "10:00"}


class RuleSchema(CommandSchema):
    """Every so many weeks or months, on which days. Weekdays are 1 (Monday) to 7."""

    makes = RepeatRule
    frequency = Choice(FREQUENCIES, required=True)
    every = WholeNumber(load_default=1, most=MOST_BETWEEN)
    weekdays = fields.List(fields.Integer(validate=Within(1, 7)), validate=validate.Length(max=7))
    nths = fields.List(
        fields.Integer(validate=validate.OneOf(NTHS)),
        validate=validate.Length(max=len(NTHS)),
        metadata={"description": "Which of them in the month; -1 is the last."},
    )
    month_day = WholeNumber(load_default=None, allow_none=True, most=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidSeries:
    """What is said of a series from a day on, by a program or on the page."""

    command_id: UUID
    name: str
    rule: RepeatRule
    begins: int
    from_on: date
    place: str = ""
    ends_on: date | None = None
    capacity: int | None = None
    like_event_id: int | None = None

    def facts(self) -> SeriesFacts:
        """Return what the commands take of it."""
        return SeriesFacts(
            name=self.name,
            rule=self.rule,
            begins_minute=self.begins,
            place=self.place,
            ends_on=self.ends_on,
            capacity=self.capacity,
        )

    def start(self) -> StartSeries:
        """Return the command that begins it."""
        return StartSeries(
            command_id=self.command_id,
            facts=self.facts(),
            from_on=self.from_on,
            like_event_id=self.like_event_id,
        )

    def change(self, series_id: int) -> ChangeSeries:
        """Return the command that changes a series to it."""
        return ChangeSeries(
            command_id=self.command_id,
            series_id=series_id,
            facts=self.facts(),
            from_on=self.from_on,
        )


class ChangeSeriesSchema(CommandSchema):
    """A series from a day on, all of it anew."""

    makes = SaidSeries
    command_id = fields.UUID(required=True)
    name = Text(required=True)
    place = Text(load_default="")
    rule = fields.Nested(RuleSchema, required=True)
    begins = ClockTime(required=True, metadata=_TIME)
    from_on = fields.Date(required=True)
    ends_on = fields.Date(load_default=None, allow_none=True)
    capacity = WholeNumber(load_default=None, allow_none=True, most=MAX_HOUSEHOLDS)


class StartSeriesSchema(ChangeSeriesSchema):
    """A series, perhaps with the plan of another hand-out for its first."""

    like_event_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


class EndSeriesSchema(CommandSchema):
    """The last day of a series; the address names it."""

    makes = EndSeries
    command_id = fields.UUID(required=True)
    last_on: fields.Field[Any] = fields.Date(required=True)


class ExceptDaySchema(CommandSchema):
    """One of its days, moved to another time, or off without one."""

    makes = ExceptDay
    command_id = fields.UUID(required=True)
    on: fields.Field[Any] = fields.Date(required=True)
    moved_to: fields.Field[Any] = fields.AwareDateTime(load_default=None, allow_none=True)
    reason = Text(load_default="", max_length=200)


class EndFormSchema(EndSeriesSchema):
    """The last day, as the page sends it."""

    last_on = TypedDay(required=True)
    series_id = fields.Integer()


def except_form(zone: str) -> CommandSchema:
    """Return the page's schema, whose time is of the wall clock of `zone`."""

    class ExceptForm(ExceptDaySchema):
        on = TypedDay(required=True)
        moved_to = WallClock(zone, load_default=None)
        series_id = fields.Integer()

    return ExceptForm(form=True)


class SeriesFormSchema(CommandSchema):
    """The page's form: a box for each weekday and for each one in the month."""

    makes = SaidSeries
    command_id = fields.UUID(required=True)
    name = Text(load_default="")
    place = Text(load_default="")
    rhythm = Choice(RHYTHMS, load_default="weekly")
    every = WholeNumber(load_default=1, most=MOST_BETWEEN)
    month_day = WholeNumber(load_default=None, most=31)
    begins = ClockTime()
    from_on = TypedDay()
    ends_on = TypedDay(load_default=None)
    capacity = WholeNumber(load_default=None, most=MAX_HOUSEHOLDS)
    like_event_id = WholeNumber(load_default=None, most=LARGEST_ID)

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> Any:
        wrong = {
            name: [sentence]
            for name, sentence in (
                ("name", _("What is it called?")),
                ("begins", _("When does it begin?")),
                ("from_on", _("From which day on?")),
            )
            if data.get(name) in (None, "")
        }
        if wrong:
            raise ValidationError(wrong)
        return SaidSeries(rule=_rule(data), **data)


def _rule(data: dict[str, Any]) -> RepeatRule:
    """Take what the form says of the rule out of it; what another rhythm asks for is left out."""
    weekdays, nths = take_days(data)
    rhythm, every, month_day = (data.pop(name) for name in ("rhythm", "every", "month_day"))
    frequency: Frequency = "weekly" if rhythm == "weekly" else "monthly"
    if rhythm == "date":
        if month_day is None:
            raise ValidationError(_("On which day of the month?"), "month_day")
        return RepeatRule(frequency, every, month_day=month_day)
    return RepeatRule(frequency, every, weekdays, nths if rhythm == "monthly" else ())


def series_form() -> CommandSchema:
    """Return the page's schema, with all of its boxes."""
    return with_boxes(SeriesFormSchema)


class SeriesAnswer(Schema):
    """A series, and what was made or called off with it."""

    id = fields.Integer()
    name = fields.String()
    made = fields.Integer()
    called_off = fields.Integer()


class ExceptionAnswer(Schema):
    """The hand-out of that day."""

    id = fields.Integer()
    event_id = fields.Integer()
    is_moved = fields.Boolean()


class RuleAnswer(Schema):
    """A rule, as it is sent."""

    frequency = fields.String()
    every = fields.Integer()
    weekdays = fields.List(fields.Integer())
    nths = fields.List(fields.Integer())
    month_day = fields.Integer(allow_none=True)


class NextHandOut(Schema):
    """The next hand-out of a series."""

    id = fields.Integer()
    starts_at = fields.AwareDateTime()
    expected_households = fields.Integer(allow_none=True)


class SeriesSchema(Schema):
    """A series in a list."""

    id = fields.Integer()
    name = fields.String()
    place = fields.String()
    rule = fields.Nested(RuleAnswer)
    begins = ClockTime(attribute="begins_minute", metadata=_TIME)
    from_on = fields.Date()
    ends_on = fields.Date(allow_none=True)
    capacity = fields.Integer(allow_none=True)
    is_over = fields.Boolean()
    next_event = fields.Nested(NextHandOut, allow_none=True)


class SeriesListAnswer(Schema):
    """A page of series; `next` goes into ?after=."""

    series = fields.List(fields.Nested(SeriesSchema))
    next = fields.Integer(allow_none=True)
