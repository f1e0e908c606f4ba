"""Dates as food people mean them: use-by or best-before, to the day, month, quarter or year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, TypeAlias, get_args

from depot.base.errors import Invalid
from depot.base.kinds import DateKind, DatePrecision
from depot.base.text import N_

EARLIEST, LATEST = 1990, 2100
_FORMS = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?|-?[Qq](?P<quarter>[1-4]))?"
)
NO_DATE: Final = "none"


@dataclass(frozen=True, slots=True)
class LotDate:
    """A date on a package: its kind, as written, how precise, and the last day it covers."""

    kind: DateKind = NO_DATE
    text: str = ""
    precision: DatePrecision = ""
    on: date | None = None

    def __post_init__(self) -> None:
        """Raise Invalid for a use-by date without its day: it is about safety."""
        if self.kind == "use_by" and self.precision != "day":
            raise Invalid(field="date", problem=N_("A use-by date needs its day."))


UNDATED = LotDate()


@lru_cache(maxsize=1024)
def parse_lot_date(text: str | None, kind: DateKind | None = None) -> LotDate:
    """Read 2027-05-21, 2027-05, 2027-Q2 or 2027; the kind is best_before unless said.

    A use-by date must name its day: it is about safety. Raises Invalid (field "date").
    """
    if not text:
        return UNDATED
    found = _FORMS.fullmatch(text.strip())
    if not found:
        raise Invalid(field="date", problem=N_("Write the date as 2027-05-21, 2027-05 or 2027."))
    year = int(found["year"])
    if not EARLIEST <= year <= LATEST:
        raise Invalid(field="date", problem=N_("That year cannot be right."))
    kind = kind or "best_before"
    if kind == NO_DATE:
        raise Invalid(field="date_kind", problem=N_("There is a date, so say which kind it is."))
    try:
        return _dated(found, year, kind)
    except ValueError as error:
        raise Invalid(field="date", problem=N_("That day is not in the calendar.")) from error


def _dated(found: re.Match[str], year: int, kind: DateKind) -> LotDate:
    if found["day"]:
        on = date(year, int(found["month"]), int(found["day"]))
        return LotDate(kind, on.isoformat(), "day", on)
    if found["month"]:
        on = month_end(year, int(found["month"]))
        return LotDate(kind, f"{year}-{on.month:02}", "month", on)
    if found["quarter"]:
        quarter = int(found["quarter"])
        return LotDate(kind, f"{year}-Q{quarter}", "quarter", month_end(year, quarter * 3))
    return LotDate(kind, str(year), "year", date(year, 12, 31))


def first_day(dated: LotDate) -> date | None:
    """Return the first day that a date covers; None without one."""
    if dated.on is None or dated.precision == "day":
        return dated.on
    months = {"month": 0, "quarter": 2, "year": 11}[dated.precision]
    return dated.on.replace(day=1, month=dated.on.month - months)


def month_end(year: int, month: int) -> date:
    """Return the last day of the month; raises ValueError for a month that is none."""
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    return date(year, month, calendar.monthrange(year, month)[1])


#: How long goods may go out after best before: so many of these, since a year is a year and not 365
#: days; or never, for goods whose date is a hard stop, as that of infant formula is (21 CFR
#: 107.20(c)).
LifeUnit: TypeAlias = Literal["day", "month", "year", "never"]
LIFE_UNITS: Final[tuple[LifeUnit, ...]] = get_args(LifeUnit)

#: Ten years: no package's date is stretched further.
LONGEST_YEARS: Final = 10
_MOST: Final[dict[LifeUnit, int]] = {
    "day": LONGEST_YEARS * 366,
    "month": LONGEST_YEARS * 12,
    "year": LONGEST_YEARS,
    "never": 0,
}
_LIFE: Final = re.compile(r"(day|month|year|never)(\d{1,4})")


@dataclass(frozen=True, slots=True)
class ShelfLife:
    """So many days, months or years after best before; never: not a day longer, a hard stop."""

    amount: int = 0
    unit: LifeUnit = "day"

    @property
    def is_hard(self) -> bool:
        """Whether the date itself is a hard stop, as a use-by date is."""
        return self.unit == "never"

    @property
    def is_likely(self) -> bool:
        """Whether it is nothing to ten years."""
        return 0 <= self.amount <= _MOST[self.unit]

    def from_day(self, on: date) -> date:
        """Return the last day on which goods that bear the date `on` may be given out.

        The 31st and a month is the last day of the next month, the 29th of February and a year
        the 28th.
        """
        if self.unit in ("day", "never"):
            return on + timedelta(days=self.amount)
        months = self.amount * (12 if self.unit == "year" else 1) + on.month - 1
        year, month = on.year + months // 12, months % 12 + 1
        return date(year, month, min(on.day, calendar.monthrange(year, month)[1]))

    @property
    def text(self) -> str:
        """Unit and amount, as `depot.ledger.sql.AFTER_BEST_BEFORE` puts them together."""
        return f"{self.unit}{self.amount}"


#: Goods go out until the day on them.
UNTIL_THE_DAY: Final = ShelfLife()


@lru_cache(maxsize=256)
def shelf_life(text: str) -> ShelfLife:
    """Read unit and amount, "day30". Raises ValueError for another form."""
    found = _LIFE.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no unit with an amount")
    return ShelfLife(int(found[2]), found[1])  # type: ignore[arg-type]  # the form's own words


def give_out_until(kind: DateKind, on: date | None, after_best_before: str) -> date | None:
    """Return the last day on which goods may be given out; None if they bear no date.

    A use-by date is about safety and is never extended; a best-before date is about quality and
    may be passed by what the category or the item says (Regulation (EU) 1169/2011, articles
    2(2)(r), 24).
    """
    if on is None:
        return None
    return on if kind == "use_by" else shelf_life(after_best_before).from_day(on)
