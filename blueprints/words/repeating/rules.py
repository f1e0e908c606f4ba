"""A rule in words: each Saturday but the first of the month, every second day."""

from __future__ import annotations

from datetime import date
from typing import Final

from depot.base.text import N_
from depot.distribution.series.repeating import LAST_OF_MONTH, NTHS, RepeatRule, begins_at
from depot.words import figures
from depot.words.reader import Reader

#: Which one in the month.
NTH_WORDS: Final = {
    1: N_("first"),
    2: N_("second"),
    3: N_("third"),
    4: N_("fourth"),
    5: N_("fifth"),
    LAST_OF_MONTH: N_("last"),
}
_ALL_BUT_FIRST: Final = (2, 3, 4, 5)


def nth_words(reader: Reader) -> dict[int, str]:
    """Return the word for each one in a month: first, second, last."""
    return {nth: reader.gettext(NTH_WORDS[nth]) for nth in NTHS}


def rule_words(rule: RepeatRule, reader: Reader) -> str:
    """Say when a rule has its days."""
    if rule.frequency == "by_hand":
        return reader.gettext("when somebody says so")
    if rule.frequency == "daily":
        return _daily(rule, reader)
    if rule.frequency == "weekly":
        return _weekly(rule, reader)
    said = _in_month(rule, reader)
    if rule.every == 1:
        return said
    months = figures.number(rule.every, reader)
    return reader.gettext("%(days)s, every %(count)s months", days=said, count=months)


def _daily(rule: RepeatRule, reader: Reader) -> str:
    if rule.every == 1:
        return reader.gettext("each day")
    days = figures.number(rule.every, reader)
    return reader.gettext("every %(count)s days", count=days)


def _weekly(rule: RepeatRule, reader: Reader) -> str:
    days = _days(rule, reader)
    if rule.every == 1:
        return reader.gettext("each %(days)s", days=days)
    if rule.every == 2:
        return reader.gettext("every second %(days)s", days=days)
    weeks = figures.number(rule.every, reader)
    return reader.gettext("%(days)s, every %(count)s weeks", days=days, count=weeks)


def _in_month(rule: RepeatRule, reader: Reader) -> str:
    if rule.month_day is not None:
        day = figures.number(rule.month_day, reader)
        return reader.gettext("on day %(day)s of the month", day=day)
    days = _days(rule, reader)
    if set(_ALL_BUT_FIRST) <= set(rule.nths) and 1 not in rule.nths:
        return reader.gettext("each %(days)s but the first of the month", days=days)
    if set(NTHS[:5]) <= set(rule.nths):
        return reader.gettext("each %(days)s", days=days)
    names = nth_words(reader)
    which = figures.listed([names[nth] for nth in NTHS if nth in rule.nths], reader)
    return reader.gettext("the %(which)s %(days)s of the month", which=which, days=days)


def _days(rule: RepeatRule, reader: Reader) -> str:
    names = figures.weekdays(reader)
    return figures.listed([names[day] for day in rule.weekdays], reader)


def time_words(minute: int, day: date, reader: Reader) -> str:
    """Return a time of the depot's wall clock: 10:00."""
    return figures.clock_time(begins_at(day, minute, reader.time_zone), reader)
