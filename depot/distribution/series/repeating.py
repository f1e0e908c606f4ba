"""The rules by which hand-outs come round: each Saturday but the first, every second Thursday.

What people do by turns comes round by the same rules, and also every so many days (depot.rota).

Pure. Days are days of the depot's calendar. Which days a rule has is worked out by dateutil,
which knows the rules that calendars exchange.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateutil import rrule

from depot.base.errors import Invalid
from depot.base.kinds import Recurrence
from depot.base.text import N_

#: The weeks of a month that a rule may name: the first to the fifth, and the last.
LAST_OF_MONTH: Final = -1
NTHS: Final = (1, 2, 3, 4, 5, LAST_OF_MONTH)
#: No rule leaves out more weeks or months than a year has.
MOST_BETWEEN: Final = 52
#: Days up to here are in every month.
_SHORTEST_MONTH: Final = 28
#: What is to be expected is the average of so many hand-outs.
AVERAGED: Final = 4


@dataclass(frozen=True, slots=True)
class RepeatRule:
    """Every so many weeks on these days; or every so many months, by weekdays or by date.

    Every so many days, without more; or by hand, which has no day of its own.
    Weekdays are ISO numbers (1 is Monday); `nths` say which of them in a month, -1 is the last. A
    `month_day` that a month has not is its last day.
    """

    frequency: Recurrence
    every: int = 1
    weekdays: tuple[int, ...] = ()
    nths: tuple[int, ...] = ()
    month_day: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """What a series is from a day on, up to its last day or the next version."""

    id: int
    from_on: date
    ends_on: date | None
    rule: RepeatRule


def check_rule(rule: RepeatRule) -> None:
    """Raise Invalid, at its field, for a rule that names no day or a day that is none."""
    if not 1 <= rule.every <= MOST_BETWEEN:
        raise Invalid(field="every", problem=N_("A number from 1 to 52, please."))
    if any(not 1 <= day <= 7 for day in rule.weekdays):
        raise Invalid(field="weekdays", problem=N_("Which day of the week?"))
    if rule.frequency in ("by_hand", "daily"):
        if rule.weekdays or rule.nths or rule.month_day is not None:
            problem = N_("Days of the week or the month are for weeks and months alone.")
            raise Invalid(field="frequency", problem=problem)
        return
    if rule.frequency == "weekly":
        if not rule.weekdays:
            raise Invalid(field="weekdays", problem=N_("Which day of the week?"))
        if rule.nths or rule.month_day is not None:
            problem = N_("Which one in the month is asked for monthly hand-outs alone.")
            raise Invalid(field="frequency", problem=problem)
        return
    _check_monthly(rule)


def _check_monthly(rule: RepeatRule) -> None:
    if rule.month_day is not None:
        if rule.weekdays or rule.nths:
            problem = N_("Either a date of the month, or days of the week.")
            raise Invalid(field="month_day", problem=problem)
        if not 1 <= rule.month_day <= 31:
            raise Invalid(field="month_day", problem=N_("A month has the days 1 to 31."))
        return
    if not rule.weekdays:
        raise Invalid(field="weekdays", problem=N_("Which day of the week?"))
    if not rule.nths or any(nth not in NTHS for nth in rule.nths):
        raise Invalid(field="nths", problem=N_("Which one in the month?"))


def days_of(
    rule: RepeatRule, starts_on: date, first: date, last: date, week_start: int
) -> list[date]:
    """Return the days from `first` to `last`, both included, of a rule that begins on `starts_on`.

    Every second week is counted from the week of `starts_on`, as the depot's weeks begin.
    """
    low = max(first, starts_on)
    if low > last or rule.frequency == "by_hand":
        return []
    found = _recurrence(rule, starts_on, week_start)
    return [at.date() for at in found.between(_noon(low), _noon(last), inc=True)]


def _recurrence(rule: RepeatRule, starts_on: date, week_start: int) -> rrule.rrule:
    begun, wkst = _noon(starts_on), week_start - 1
    if rule.frequency == "daily":
        return rrule.rrule(rrule.DAILY, begun, interval=rule.every)
    if rule.frequency == "weekly":
        days = [day - 1 for day in rule.weekdays]
        return rrule.rrule(
            rrule.WEEKLY, begun, interval=rule.every, wkst=wkst, byweekday=days, cache=False
        )
    if rule.month_day is None:
        named = [rrule.weekday(day - 1, nth) for day in rule.weekdays for nth in rule.nths]
        return rrule.rrule(rrule.MONTHLY, begun, interval=rule.every, byweekday=named)
    # the last that there is of the 28th up to the day: in a short month its last day
    least = min(rule.month_day, _SHORTEST_MONTH)
    return rrule.rrule(
        rrule.MONTHLY,
        begun,
        interval=rule.every,
        bymonthday=list(range(least, rule.month_day + 1)),
        bysetpos=-1,
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12))


def scheduled(
    versions: Sequence[Version], first: date, last: date, week_start: int
) -> dict[date, Version]:
    """Return the days of a series from `first` to `last` with the version that holds on each.

    The newest version holds from its first day on, whatever older ones said of later days.
    """
    found: dict[date, Version] = {}
    until = last
    for version in sorted(versions, key=lambda one: one.id, reverse=True):
        end = until if version.ends_on is None else min(until, version.ends_on)
        days = days_of(version.rule, version.from_on, first, end, week_start)
        found |= dict.fromkeys(days, version)
        until = min(until, version.from_on - timedelta(days=1))
    return dict(sorted(found.items()))


def begins_at(day: date, minute: int, time_zone: str) -> datetime:
    """Return the instant (UTC) of so many minutes after midnight on the depot's wall clock."""
    wall = time(*divmod(minute, 60))
    return datetime.combine(day, wall, ZoneInfo(time_zone)).astimezone(UTC)


def average(counts: Iterable[int]) -> int | None:
    """Return the average, rounded, half upwards; None of nothing."""
    known = list(counts)
    return (2 * sum(known) + len(known)) // (2 * len(known)) if known else None
