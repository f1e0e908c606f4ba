"""What a report covers: a week, a month, a quarter, a year, or any days in a row. Pure.

Months, quarters and years are those of the calendar. A week is seven calendar days from the depot's
own first day of the week; a change of the clocks in between is none of its business. It is named as
ISO 8601 names weeks, 2026-W47. For a depot whose weeks begin on Monday it is that very week. For
any other first day the week takes the name of the ISO week in which its middle day lies, the
fourth. It then shares at least four of its days with the week it is named after, each
ISO week lends its name exactly once, and years of 53 weeks are the same ones everywhere.

A period's name says of which kind it is and is safe in an address and in a file's name: 2026-W47,
2026-11, 2026-Q4, 2026, 2026-11-03--2026-11-20.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from depot.base.dates import month_end
from depot.base.errors import Invalid
from depot.base.text import N_

#: Weeks outside these years are slips of the finger; the ledger takes nothing older.
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
_NAME: Final = re.compile(r"(?P<year>[0-9]{4})-?[Ww](?P<number>[0-9]{2})")
_PERIOD: Final = re.compile(
    r"(?P<first>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:--|\.\.|/)(?P<last>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"|(?P<week>[0-9]{4}-?[Ww][0-9]{2})"
    r"|(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})|-?[Qq](?P<quarter>[1-4]))?"
)
_MIDDLE: Final = timedelta(days=3)
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole calendar days, from `first` to `last`, and what they are called."""

    kind: ClassVar[str]

    name: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def moved(self, count: int) -> Period:
        """Return the period of its kind that many later, or earlier if `count` is below zero."""
        raise NotImplementedError


class Week(Period):
    """Seven days."""

    __slots__ = ()
    kind = "week"

    @property
    def number(self) -> int:
        """The week's number in its year, 1 to 53."""
        return int(self.name[-2:])

    def moved(self, count: int) -> Week:
        """Return the week that many weeks later, or earlier if `count` is below zero."""
        return _from_first(self.first + count * _WEEK)


class Month(Period):
    """A month of the calendar."""

    __slots__ = ()
    kind = "month"

    def moved(self, count: int) -> Month:
        """Return the month that many months later."""
        return _month(_month_number(self.first) + count)


class Quarter(Period):
    """Three months of the calendar, the first from January."""

    __slots__ = ()
    kind = "quarter"

    def moved(self, count: int) -> Quarter:
        """Return the quarter that many quarters later."""
        return _quarter(_month_number(self.first) // 3 + count)


class Year(Period):
    """A year of the calendar."""

    __slots__ = ()
    kind = "year"

    def moved(self, count: int) -> Year:
        """Return the year that many years later."""
        return _year(self.first.year + count)


class Span(Period):
    """Any days in a row."""

    __slots__ = ()
    kind = "range"

    def moved(self, count: int) -> Span:
        """Return as many days, so many times as many days later."""
        by = timedelta(days=self.days * count)
        return _span(self.first + by, self.last + by)


#: The kinds of periods, by what people ask for.
KINDS: Final = ("week", "month", "quarter", "year", "range")
#: No report covers more days: a hundred years' worth is a slip of the finger.
MAX_DAYS: Final = 3_660


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


def month_of(day: date) -> Month:
    """Return the month in which `day` lies."""
    return _month(_month_number(day))


def quarter_of(day: date) -> Quarter:
    """Return the quarter in which `day` lies."""
    return _quarter(_month_number(day) // 3)


def year_of(day: date) -> Year:
    """Return the year in which `day` lies."""
    return _year(day.year)


def period_of(kind: str, day: date, week_start: int) -> Period:
    """Return the period of that kind in which `day` lies; of a range, the day itself."""
    if kind == "week":
        return week_of(day, week_start)
    by_kind = {"month": month_of, "quarter": quarter_of, "year": year_of}
    return by_kind[kind](day) if kind in by_kind else _span(day, day)


def last_complete_period(kind: str, today: date, week_start: int) -> Period:
    """Return the newest period of that kind that is over when `today` begins."""
    return period_of(kind, today, week_start).moved(-1)


def last_days(today: date) -> Span:
    """Return what people mean by any days before they have said which: the last thirty."""
    return span(today - timedelta(days=30), today - timedelta(days=1))


def span(first: date, last: date) -> Span:
    """Return the days from `first` to `last`. Raises Invalid if they are none, or too many."""
    if last < first:
        raise Invalid(field="period", problem=N_("The last day comes before the first."))
    if not EARLIEST_YEAR <= first.year <= last.year <= LATEST_YEAR:
        raise Invalid(field="period", problem=N_("That year cannot be right."))
    if (last - first).days >= MAX_DAYS:
        raise Invalid(field="period", problem=N_("That is more than ten years."))
    return _span(first, last)


def parse_period(text: str, week_start: int) -> Period:
    """Read the name of a period of any kind; weeks as `parse_week` does.

    Raises Invalid (field "period") for another form, a year far off, or days that are none.
    """
    found = _PERIOD.fullmatch(text.strip())
    if not found:
        raise Invalid(
            field="period",
            problem=N_("Write the period as 2026-W47, 2026-11, 2026-Q4, 2026, or two days."),
        )
    try:
        return _parsed(found.groupdict(), week_start)
    except ValueError as error:
        raise Invalid(field="period", problem=N_("The calendar has no such days.")) from error


def _parsed(found: Mapping[str, str | None], week_start: int) -> Period:
    if found["first"] and found["last"]:
        return span(date.fromisoformat(found["first"]), date.fromisoformat(found["last"]))
    if found["week"]:
        return parse_week(found["week"], week_start)
    year = int(found["year"] or "")
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Invalid(field="period", problem=N_("That year cannot be right."))
    if found["month"]:
        return month_of(date(year, int(found["month"]), 1))
    if found["quarter"]:
        return quarter_of(date(year, 3 * int(found["quarter"]), 1))
    return _year(year)


def day_begins(day: date, time_zone: str) -> datetime:
    """Return the instant (UTC) at which `day` begins on the wall clock of `time_zone`."""
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def _from_first(first: date) -> Week:
    year, number, _ = (first + _MIDDLE).isocalendar()
    return Week(f"{year:04}-W{number:02}", first, first + _WEEK - timedelta(days=1))


def _month_number(day: date) -> int:
    """Return the months since the year 0."""
    return day.year * 12 + day.month - 1


def _month(number: int) -> Month:
    first = date(number // 12, number % 12 + 1, 1)
    return Month(f"{first:%Y-%m}", first, month_end(first.year, first.month))


def _quarter(number: int) -> Quarter:
    first = date(number // 4, number % 4 * 3 + 1, 1)
    name = f"{first.year:04}-Q{number % 4 + 1}"
    return Quarter(name, first, month_end(first.year, first.month + 2))


def _year(year: int) -> Year:
    return Year(f"{year:04}", date(year, 1, 1), date(year, 12, 31))


def _span(first: date, last: date) -> Span:
    return Span(f"{first.isoformat()}--{last.isoformat()}", first, last)
