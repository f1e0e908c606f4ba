"""How forms ask for what comes round: a box for each weekday and for each one in the month."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import ValidationError, fields

from blueprints.frame.fields import CommandSchema, PackageDate
from depot.base.dates import parse_lot_date
from depot.distribution.series.repeating import NTHS
from depot.distribution.series.rows import WEEKDAYS

_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:.hH]([0-5]\d)(?::\d\d)?")


class ClockTime(fields.Field[int]):
    """A time of the depot's wall clock, 10:00; loaded as minutes after midnight."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> int:
        found = _CLOCK.fullmatch(str(value).strip())
        if not found:
            raise ValidationError(_("Write the time as 10:00."))
        return int(found[1]) * 60 + int(found[2])

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kw: Any) -> str:
        return clock_value(value)


class TypedDay(PackageDate):
    """A day as people write it, or as a browser sends it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kw)
        return parse_lot_date(text).on if text else None


def weekday_box(day: int) -> str:
    """Return the name of a weekday's box."""
    return f"weekday_{day}"


def nth_box(nth: int) -> str:
    """Return the name of the box of one in the month."""
    return "nth_last" if nth < 0 else f"nth_{nth}"


BOXES: Final = tuple(map(weekday_box, WEEKDAYS)) + tuple(map(nth_box, NTHS))


def with_boxes(schema: type[CommandSchema]) -> CommandSchema:
    """Return a page's schema, with all of its boxes."""
    boxes = {name: fields.Boolean(load_default=False) for name in BOXES}
    made: type[CommandSchema] = type(schema.__name__, (schema,), boxes)
    return made(form=True)


def take_days(data: dict[str, Any]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Take the boxes out of what a form said; return the days of the week and which in a month."""
    ticked = {name for name in BOXES if data.pop(name, False)}
    weekdays = tuple(day for day in WEEKDAYS if weekday_box(day) in ticked)
    return weekdays, tuple(nth for nth in NTHS if nth_box(nth) in ticked)


def clock_value(minute: int) -> str:
    """Return minutes after midnight as a field of a form has them."""
    return time(*divmod(minute, 60)).isoformat("minutes")


def to_instant_value(instant: datetime) -> str:
    """Return a local time as a field of a form has it."""
    return instant.replace(tzinfo=None).isoformat(timespec="minutes")
