"""A depot's weeks: seven calendar days from its own first day of the week. Pure.

A week is named as ISO 8601 names weeks, 2026-W47. For a depot whose weeks begin on Monday it is
that very week. For any other first day the week takes the name of the ISO week in which its middle
day lies, the fourth. It then shares at least four of its days with the week it is named after, each
ISO week lends its name exactly once, and years of 53 weeks are the same ones everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from depot.errors import Invalid
from depot.text import N_

#: Weeks outside these years are slips of the finger; the ledger takes nothing older.
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
_NAME: Final = re.compile(r"(?P<year>[0-9]{4})-?[Ww](?P<number>[0-9]{2})")
_MIDDLE: Final = timedelta(days=3)
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, from `first` to `last`, and what they are called."""

    name: str
    first: date
    last: date

    @property
    def number(self) -> int:
        """The week's number in its year, 1 to 53."""
        return int(self.name[-2:])

    def moved(self, weeks: int) -> Week:
        """Return the week that many weeks later, or earlier if `weeks` is below zero."""
        return _from_first(self.first + weeks * _WEEK)


def week_of(day: date, week_start: int) -> Week:
    """Return the week in which `day` lies; `week_start` is an ISO day number, 1 is Monday."""
    return _from_first(day - timedelta(days=(day.isoweekday() - week_start) % 7))


def last_complete_week(today: date, week_start: int) -> Week:
    """Return the newest week that is over when `today` begins."""
    return week_of(today, week_start).moved(-1)


def parse_week(text: str, week_start: int) -> Week:
    """Read 2026-W47 as the depot whose weeks begin on `week_start` means it.

    Raises Invalid (field "week") for another form, a year far off, or a week the year has not.
    """
    found = _NAME.fullmatch(text.strip())
    if not found:
        raise Invalid(field="week", problem=N_("Write the week as 2026-W47."))
    year, number = int(found["year"]), int(found["number"])
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Invalid(field="week", problem=N_("That year cannot be right."))
    try:
        middle = date.fromisocalendar(year, number, (week_start + 2) % 7 + 1)
    except ValueError as error:
        raise Invalid(field="week", problem=N_("That year has no such week.")) from error
    return _from_first(middle - _MIDDLE)


def day_begins(day: date, time_zone: str) -> datetime:
    """Return the instant (UTC) at which `day` begins on the wall clock of `time_zone`."""
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def _from_first(first: date) -> Week:
    year, number, _ = (first + _MIDDLE).isocalendar()
    return Week(f"{year:04}-W{number:02}", first, first + _WEEK - timedelta(days=1))
