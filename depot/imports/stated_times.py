"""When something happened, as people say it of a slip: a day, and a time if they know it."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from depot.imports.rows.numbers import plain_text, quote_value
from depot.imports.rows.stated_dates import Order, parse_day
from depot.imports.sheets.problems import NotATime

#: Of a day without a time, half of what happened was before it.
NOON: Final = time(12)
_TIME: Final = re.compile(
    r"(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(am|pm|a\.m\.|p\.m\.|uhr|h)?"
)
_MIDNIGHT: Final = 12


def parse_moment(
    day: str, clock: str, time_zone: str, now: datetime, order: Order | None = None
) -> datetime:
    """Return the moment that a day and a time name on the wall clock of `time_zone`.

    Without a day it was today; without a time it was at noon, or now if noon is still to come.
    Whether it can be is not looked at. Raises BadValue with what was written.
    """
    zone = ZoneInfo(time_zone)
    today = now.astimezone(zone).date()
    on = parse_day(day, order) or today
    if clock.strip():
        return datetime.combine(on, parse_time(clock), zone)
    at_noon = datetime.combine(on, NOON, zone)
    return min(at_noon, now) if on == today else at_noon


def parse_time(text: str) -> time:
    """Read 14:30, 14.30, 2:30 pm, 14h30 or 14. Raises NotATime."""
    found = _TIME.fullmatch(plain_text(text).casefold())
    if found is None:
        raise NotATime(text=quote_value(text))
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half in ("a", "p"):
        if not 1 <= hour <= _MIDNIGHT:
            raise NotATime(text=quote_value(text))
        hour = hour % _MIDNIGHT + (_MIDNIGHT if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError as error:
        raise NotATime(text=quote_value(text)) from error
