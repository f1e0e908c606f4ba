"""How long goods may be given out after the best-before date on them.

So many days, months or years, since a year is a year and not 365 days; or never, for goods whose
date is a hard stop, as that of infant formula is (21 CFR 107.20(c)).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, TypeAlias, get_args

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
_FORM: Final = re.compile(r"(day|month|year|never)(\d{1,4})")


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
    found = _FORM.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no unit with an amount")
    return ShelfLife(int(found[2]), found[1])  # type: ignore[arg-type]  # the form's own words
