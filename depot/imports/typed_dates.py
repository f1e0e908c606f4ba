"""Dates as people type them from a package, with the year left out or cut short. Pure.

Beside what a spreadsheet may hold, a person types 5/27, end may, 24/12/26, Q2 or 21 May. The day
it is typed on is known, and what was understood is shown to them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from depot.base.dates import EARLIEST, LATEST, month_end
from depot.imports.rows.numbers import is_nothing, quote_value
from depot.imports.rows.stated_dates import (
    Order,
    StatedDate,
    date_order,
    parse_date,
    plain_date,
)
from depot.imports.sheets.problems import AmbiguousDate, NoSuchDay, NotADate, ShortYear
from depot.words.months import is_end, month_number

#: A date without a year may have passed so many days ago; else the next one is meant.
_PAST: Final = timedelta(days=92)
#: So far from today is a year of two digits, and no day of a month.
_YEARS_BACK, _YEARS_ON = 8, 20
#: In 11/28, a day so near by is as likely as a month in years to come: it is asked.
_NEAR: Final = timedelta(days=92)

_YEAR: Final = re.compile(r"\d{2}|\d{4}", re.ASCII)
_PAIR: Final = re.compile(r"(\d{1,2}) ?[-/. ] ?(\d{1,2})\.?")
_THREE: Final = re.compile(r"\d{1,2}([-/.]) ?\d{1,2}\1 ?\d{2}")
_CHINESE: Final = re.compile(r"(0?[1-9]|1[0-2])月(?:(\d{1,2})[日号])?")
_END_SIGN: Final = re.compile(r"(?<=[月\d])[底末]")
_QUARTER: Final = re.compile(r"(?:q([1-4])|([1-4])q)(?:[ -/]?(\d{2}|\d{4}))?")
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th)$")


def read_typed_date(text: str, order: Order | None, today: date) -> StatedDate | None:
    """Read a date that a person types on the day `today`; None for a blank.

    `order` is whether the day or the month comes first in the depot. A date without a year is the
    next one, or one of the last three months. Raises BadValue: AmbiguousDate for what could be
    two dates that are not the same to a volunteer, as 11/28 a day before the 28th of November.
    """
    if is_nothing(text):
        return None
    plain = plain_date(text)
    found = (
        _end_of(plain, text, today)
        or _quarter_of(plain, today)
        or _pair_of(plain, text, order, today)
        or _worded(plain, text, today)
    )
    if found:
        return found
    return parse_date(text, _shown_order(plain) or order)


def _shown_order(plain: str) -> Order | None:
    """Return the order that 24/12/26 shows by itself, whatever the depot's is."""
    return date_order([plain]) if _THREE.fullmatch(plain) else None


def _end_of(plain: str, text: str, today: date) -> StatedDate | None:
    """Read "end may", "fin mai 27", "5月底", "end of 05/2027": the month, whose last day counts."""
    signed = _END_SIGN.sub(" 底", plain)
    words = [word for word in signed.split() if not is_end(word)]
    if not words or len(words) == len(signed.split()):
        return None
    rest = " ".join(words)
    if found := _CHINESE.fullmatch(rest):
        return _month(int(found[1]), None, today)
    month = month_number(words[0])
    if month and len(words) == 1:
        return _month(month, None, today)
    if month and len(words) == 2 and (year := _year_of(words[1], today)):
        return _month(month, year, today)
    pair = _PAIR.fullmatch(rest)
    if pair and (year := _year_of(pair[2], today)):
        return _checked_month(int(pair[1]), year, text)
    stated = parse_date(rest)
    if stated is None or stated.precision == "day":
        raise NotADate(text=quote_value(text))
    return stated


def _quarter_of(plain: str, today: date) -> StatedDate | None:
    """Read Q2, 2q27, Q2 2027."""
    found = _QUARTER.fullmatch(plain)
    if not found:
        return None
    quarter = int(found[1] or found[2])
    year = _year_of(found[3], today) if found[3] else None
    if found[3] and year is None:
        return None
    on = month_end(year, quarter * 3) if year else _next_end(quarter * 3, today)
    return StatedDate(f"{on.year}-Q{quarter}", "quarter", on)


def _pair_of(plain: str, text: str, order: Order | None, today: date) -> StatedDate | None:
    """Read two numbers: a month and a year as on a package, or a day in the depot's order."""
    found = _PAIR.fullmatch(plain)
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    year = _year_of(found[2], today) if len(found[2]) == 2 else None
    as_month = year if 1 <= first <= 12 else None
    days = _days_of(first, second, order, today)
    if as_month and not _are_two(month_end(as_month, first), days, today):
        return _month(first, as_month, today)
    # 24/12 is a day wherever the month comes first, too
    days = days or (set() if as_month else _days_of(first, second, None, today))
    if as_month or len(days) > 1:
        raise AmbiguousDate(text=quote_value(text))
    if not days:
        raise NoSuchDay(text=quote_value(text))
    return _day(days.pop())


def _days_of(first: int, second: int, order: Order | None, today: date) -> set[date]:
    """Return the days that two numbers may mean: one, or two where the order is not known."""
    days = {
        "dmy": _next_day(first, second, today),
        "mdy": _next_day(second, first, today),
    }
    return {day for key, day in days.items() if day and order in (None, key)}


def _are_two(month: date, days: set[date], today: date) -> bool:
    """Say whether a month and the days that it could be instead are likely enough to be asked."""
    others = {day for day in days if (day.year, day.month) != (month.year, month.month)}
    return bool(others) and (month < today or any(abs(day - today) <= _NEAR for day in others))


def _worded(plain: str, text: str, today: date) -> StatedDate | None:
    """Read "may", "21 may", "may 21", "may 27", "21 may 27", "5月21日"."""
    if found := _CHINESE.fullmatch(plain):
        if found[2] is None:
            return _month(int(found[1]), None, today)
        return _some_day(_next_day(int(found[2]), int(found[1]), today), text)
    words = [_ORDINAL.sub("", word) if word[0].isdigit() else word for word in plain.split()]
    months = [month for word in words if (month := month_number(word))]
    numbers = [word for word in words if word.isdecimal() and len(word) <= 2]
    if len(months) != 1 or len(months) + len(numbers) != len(words) or len(words) > 3:
        return None
    if not numbers:
        return _month(months[0], None, today)
    if len(numbers) == 2:
        return _with_short_year(months[0], words, numbers, text, today)
    if words[0] in numbers:
        return _some_day(_next_day(int(numbers[0]), months[0], today), text)
    return _pair_of(f"{months[0]}/{numbers[0]}", text, "mdy", today)


def _with_short_year(
    month: int, words: list[str], numbers: list[str], text: str, today: date
) -> StatedDate:
    """Read "21 may 27" and "may 21 27"; "27 21 may" is no date."""
    year = _year_of(numbers[1], today)
    if year is None or words[-1] != numbers[1]:
        raise ShortYear(text=quote_value(text))
    return _some_day(_calendar_day(year, month, int(numbers[0])), text)


def _some_day(day: date | None, text: str) -> StatedDate:
    if day is None:
        raise NoSuchDay(text=quote_value(text))
    return _day(day)


def _day(on: date) -> StatedDate:
    return StatedDate(on.isoformat(), "day", on)


def _checked_month(month: int, year: int, text: str) -> StatedDate:
    if not 1 <= month <= 12:
        raise NoSuchDay(text=quote_value(text))
    return _month(month, year, date(year, 1, 1))


def _month(month: int, year: int | None, today: date) -> StatedDate:
    on = month_end(year, month) if year else _next_end(month, today)
    return StatedDate(f"{on.year}-{month:02}", "month", on)


def _next_end(month: int, today: date) -> date:
    """Return the last day of such a month: of the last three months, else of those to come."""
    earliest = today - _PAST
    on = month_end(earliest.year, month)
    return on if on >= earliest else month_end(earliest.year + 1, month)


def _next_day(day: int, month: int, today: date) -> date | None:
    """Return such a day: of the last three months, else of those to come; None if there is none."""
    earliest = today - _PAST
    # the 29th of February may be eight years away
    for year in range(earliest.year, earliest.year + 9):
        on = _calendar_day(year, month, day)
        if on and on >= earliest:
            return on
    return None


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_of(text: str, today: date) -> int | None:
    """Return the year of 27 or 2027; None for a number that is no year a package would bear."""
    if not _YEAR.fullmatch(text):
        return None
    if len(text) == 4:
        return int(text) if EARLIEST <= int(text) <= LATEST else None
    year = today.year - today.year % 100 + int(text)
    return year if -_YEARS_BACK <= year - today.year <= _YEARS_ON else None
