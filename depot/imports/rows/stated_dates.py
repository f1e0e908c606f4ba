"""Dates as people write them in spreadsheets: to the day, month, quarter or year, or refused.

Months are read in every language of `depot.words.months`. What two people would read as two dates
is refused, unless the column itself shows the order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from depot.base.dates import EARLIEST, LATEST, month_end
from depot.imports.package_dates import name_quarters, part_close_words
from depot.imports.rows.numbers import is_nothing, plain_text, quote_value, understood_once
from depot.imports.sheets.problems import (
    AbsurdYear,
    AmbiguousDate,
    MonthsReversed,
    MonthWithoutYear,
    NoSuchDay,
    NotADate,
    NotAMonth,
    ShortYear,
)
from depot.words.months import is_between, join_names, month_number, plain_word

#: Whether the day or the month comes first in a date written in figures.
Order = Literal["dmy", "mdy"]

_NO_DATE: Final = frozenset(
    {"no date", "undated", "ohne", "ohne datum", "kein datum", "sin fecha", "sans date", "без дати"}
)
_CLOCK: Final = re.compile(r"[t ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(z|[+-]\d{2}:?\d{2})?$")
_YEAR: Final = re.compile(r"\d{4}")
_YEAR_FIRST: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?")
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_QUARTER: Final = re.compile(r"(?:q([1-4])[ -/]*(\d{4})|(\d{4})[ -/]*q([1-4]))")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[-/. ](\d{4})")
_THREE: Final = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4})")
_THREE_SHORT: Final = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{2})")
_SHORT: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2})?|(?:\d{1,2} )?[^\W\d]{3,} \d{1,2}")
_WORDS: Final = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? )?(?P<month>[^\W\d]+)"
    r"(?: (?P<day_after>\d{1,2})(?:st|nd|rd|th)?)? (?P<year>\d{4})"
)
#: 2027年5月21日, 2027年5月
_CHINESE: Final = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?")
_MARKS: Final = re.compile(r"(?<=[^\W\d])[-./]|[-./](?=[^\W\d])|,|(?<=\d)\.(?= )")


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date in ISO form (2027-05-21, 2027-05, 2027-Q2 or 2027), and the last day it covers."""

    text: str
    precision: Literal["day", "month", "quarter", "year"]
    on: date


@understood_once
def parse_date(text: str, order: Order | None = None) -> StatedDate | None:
    """Read a date as written; None for a blank.

    Takes 2019, 05/2019, May 2019, Q1 2019, 2019-05-21, 21.05.2019, 21 May 2019. `order` is how
    day and month stand where the date itself does not show it; without it 03/04/2019 is
    AmbiguousDate and 3/4/19 a ShortYear, with it both are days. Raises BadValue.
    """
    plain = plain_date(text)
    if is_nothing(text) or plain in _NO_DATE:
        return None
    stated = _short_forms(plain, text) or _numeric_day(plain, text, order) or _worded(plain, text)
    if stated:
        return stated
    raise (
        ShortYear(text=quote_value(text))
        if _SHORT.fullmatch(plain)
        else NotADate(text=quote_value(text))
    )


def parse_day(text: str, order: Order | None = None) -> date | None:
    """Read a date that must name its day, as when a crate was filled; None for a blank."""
    stated = parse_date(text, order)
    if stated is None:
        return None
    if stated.precision != "day":
        raise NotADate(text=quote_value(text))
    return stated.on


def date_order(texts: Iterable[str]) -> Order | None:
    """Return the order of day and month that a column of dates shows; None if it shows none.

    One 21/05/2019 settles it for the column, unless another row has 05/21/2019.
    """
    orders = {order for text in texts if (order := _own_order(plain_date(text)))}
    return orders.pop() if len(orders) == 1 else None


def _own_order(plain: str) -> Order | None:
    """Return the order that one date shows by itself: 21/05/2019, 12/31/26."""
    found = _THREE.fullmatch(plain) or _THREE_SHORT.fullmatch(plain)
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    if second > 12 >= first:
        return "mdy"
    # 26-12-31 may begin with its year
    if first > 12 >= second and (len(found[4]) == 4 or found[2] != "-"):
        return "dmy"
    return None


def likely_order(texts: Iterable[str]) -> Order | None:
    """Return the order in which every date would be the first of a month: 6/1/2027, 7/1/2027.

    People who know only the month write so. None where that would be no sign.
    """
    dates = [found for text in texts if (found := _either_way(plain_date(text)))]
    firsts, seconds = {int(found[1]) for found in dates}, {int(found[3]) for found in dates}
    if seconds == {1} and len(firsts) > 1:
        return "mdy"
    return "dmy" if firsts == {1} and len(seconds) > 1 else None


def needs_order(text: str) -> bool:
    """Say whether a date can be read in two ways by itself."""
    found = _either_way(plain_date(text))
    return found is not None and (len(found[4]) == 2 or found[1] != found[3])


def _either_way(plain: str) -> re.Match[str] | None:
    found = _THREE.fullmatch(plain) or _THREE_SHORT.fullmatch(plain)
    if not found or found[2] == "." or max(int(found[1]), int(found[3])) > 12:
        return None
    return found


def date_from_parts(year: str, month_start: str = "", month_end_: str = "") -> StatedDate | None:
    """Read a date kept as a year and a range of months; None if all three are blank.

    2019 and 1 to 3 is the first quarter, 1 to 12 the year; of any other range the last month
    counts. One month alone is that month. Raises BadValue.
    """
    start, end = parse_month(month_start), parse_month(month_end_)
    if is_nothing(year):
        if start or end:
            raise MonthWithoutYear()
        return None
    if not _YEAR.fullmatch(plain_date(year)):
        raise NotADate(text=quote_value(year))
    checked = _year(plain_date(year))
    first, last = start or end, end or start
    if first is None or last is None:
        return _whole_year(checked)
    if first > last:
        raise MonthsReversed(start=first, end=last)
    if (first, last) == (1, 12):
        return _whole_year(checked)
    if first % 3 == 1 and last == first + 2:
        return _quarter(checked, last // 3)
    return _month(checked, last)


def parse_month(text: str) -> int | None:
    """Read a month as 1 to 12 or by its name; None for a blank. Raises NotAMonth."""
    if is_nothing(text):
        return None
    plain = plain_date(text)
    number = int(plain) if re.fullmatch(r"\d{1,2}", plain) else month_number(plain) or 0
    if not 1 <= number <= 12:
        raise NotAMonth(text=quote_value(text))
    return number


@understood_once
def plain_date(text: str) -> str:
    """Return lower-case words and figures without a clock time and the words between parts."""
    plain = _CLOCK.sub("", plain_word(plain_text(text)))
    plain = _CHINESE.sub(lambda found: "-".join(part for part in found.groups() if part), plain)
    # programs that keep years as floats write 2019.0
    plain = re.sub(r"^(\d+)\.0$", r"\1", plain)
    if any(map(str.isalpha, plain)):
        words = join_names(_MARKS.sub(" ", part_close_words(plain))).split()
        plain = name_quarters(" ".join(word for word in words if not is_between(word)))
    return " ".join(plain.split())


def _short_forms(plain: str, text: str) -> StatedDate | None:
    """Read what begins with the year or has no day."""
    if _YEAR.fullmatch(plain):
        return _whole_year(_year(plain))
    if found := _COMPACT.fullmatch(plain):
        return _day(found[1], found[2], found[3], text)
    if found := _QUARTER.fullmatch(plain):
        return _quarter(_year(found[2] or found[3]), int(found[1] or found[4]))
    if found := _YEAR_FIRST.fullmatch(plain):
        if found[4]:
            return _day(found[1], found[3], found[4], text)
        return _month_of(found[1], found[3], text)
    if found := _MONTH_YEAR.fullmatch(plain):
        return _month_of(found[2], found[1], text)
    return None


def _numeric_day(plain: str, text: str, order: Order | None) -> StatedDate | None:
    found = _THREE.fullmatch(plain)
    if not found:
        return _short_day(plain, text, order)
    first, second, year = int(found[1]), int(found[3]), found[4]
    # with points between them the day comes first wherever dates are written so
    own = "dmy" if found[2] == "." else _own_order(plain) or order
    if own is None and first != second and max(first, second) <= 12:
        raise AmbiguousDate(text=quote_value(text))
    day, month = (second, first) if own == "mdy" else (first, second)
    return _day(year, str(month), str(day), text)


def _short_day(plain: str, text: str, order: Order | None) -> StatedDate | None:
    """Read a day whose year has two digits, where the order is known and agrees with it."""
    found = _THREE_SHORT.fullmatch(plain)
    if not found or order is None or _own_order(plain) not in (None, order):
        return None
    if found[2] == "-" and int(found[1]) > 12:
        return None  # 26-12-31 may begin with its year
    day, month = (found[3], found[1]) if order == "mdy" else (found[1], found[3])
    century = EARLIEST // 100 + (int(found[4]) < EARLIEST % 100)
    return _day(f"{century}{found[4]}", month, day, text)


def _worded(plain: str, text: str) -> StatedDate | None:
    found = _WORDS.fullmatch(plain)
    number = month_number(found["month"]) if found else None
    if not found or number is None or (found["day"] and found["day_after"]):
        return None
    month = str(number)
    day = found["day"] or found["day_after"]
    if day:
        return _day(found["year"], month, day, text)
    return _month_of(found["year"], month, text)


def _year(digits: str) -> int:
    year = int(digits)
    if not EARLIEST <= year <= LATEST:
        raise AbsurdYear(text=digits, earliest=EARLIEST, latest=LATEST)
    return year


def _day(year: str, month: str, day: str, text: str) -> StatedDate:
    checked = _year(year)
    try:
        on = date(checked, int(month), int(day))
    except ValueError as error:
        raise NoSuchDay(text=quote_value(text)) from error
    return StatedDate(on.isoformat(), "day", on)


def _month_of(year: str, month: str, text: str) -> StatedDate:
    checked = _year(year)
    if not 1 <= int(month) <= 12:
        raise NoSuchDay(text=quote_value(text))
    return _month(checked, int(month))


def _month(year: int, month: int) -> StatedDate:
    return StatedDate(f"{year}-{month:02}", "month", month_end(year, month))


def _quarter(year: int, quarter: int) -> StatedDate:
    return StatedDate(f"{year}-Q{quarter}", "quarter", month_end(year, quarter * 3))


def _whole_year(year: int) -> StatedDate:
    return StatedDate(str(year), "year", date(year, 12, 31))
