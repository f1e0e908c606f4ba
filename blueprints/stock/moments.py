"""Which stock is asked for: of which moment, on the depot's own clock, and whose name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from blueprints.frame.guards import actor
from blueprints.frame.web import query_text, query_wish
from depot.base.actors import Actor
from depot.base.allergens import NO_WISH, FoodWish
from depot.base.clock import utc_now
from depot.kernel.once import CLOCK_SKEW, EARLIEST_YEAR

#: What is called "soon": goods to be given out within so many days.
EXPIRING_WITHIN: Final = timedelta(days=7)
#: For how many days ahead "give out first" may look.
SPANS: Final = (7, 14, 30, 90)
_FIELD = "as_of"


@dataclass(frozen=True, slots=True)
class StockQuestion:
    """Which stock a reader wants to see: of which moment (None: now), and whose name."""

    as_of: datetime | None = None
    search: str = ""
    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    wish: FoodWish = NO_WISH

    @property
    def again(self) -> dict[str, Any]:
        """Return the parameters that show the same stock in another view."""
        kept: dict[str, Any] = {
            "q": self.search,
            _FIELD: self.values.get(_FIELD, "") if self.as_of else "",
        }
        return {name: value for name, value in kept.items() if value} | self.narrowed

    @property
    def narrowed(self) -> dict[str, Any]:
        """Return the parameters of what is wished for."""
        kept = {"without": list(self.wish.without), "diet": list(self.wish.diets)}
        return {name: value for name, value in kept.items() if value}


def read_stock_question() -> StockQuestion:
    """Read the moment and the search of the address; a moment that cannot be is an error."""
    values = {"q": query_text("q"), _FIELD: query_text(_FIELD)}
    if not values[_FIELD]:
        return StockQuestion(None, values["q"], values, wish=query_wish())
    try:
        moment = parse_local_moment(values[_FIELD], actor())
    except ValueError as error:
        return StockQuestion(None, values["q"], values, {_FIELD: [str(error)]}, query_wish())
    return StockQuestion(moment, values["q"], values, wish=query_wish())


def parse_local_moment(text: str, who: Actor) -> datetime:
    """Read a moment on the depot's wall clock. Raises ValueError with a sentence."""
    try:
        there = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(_("Write day and time like 2026-11-21T18:00.")) from None
    if there.tzinfo is None:
        there = there.replace(tzinfo=ZoneInfo(who.depot.time_zone))
    return check_moment(there)


def check_moment(moment: datetime) -> datetime:
    """Return an aware moment that a depot can have had stock at. Raises ValueError otherwise."""
    if moment.year < EARLIEST_YEAR:
        raise ValueError(_("That is too long ago."))
    if moment > utc_now() + CLOCK_SKEW:
        raise ValueError(_("That is in the future."))
    return moment
