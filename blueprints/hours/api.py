"""GET /hours."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.web import reader
from blueprints.hours.schemas import HoursAnswer, HoursQuery
from depot.base.periods import parse_period
from depot.joining.attendance import hours

blp = ApiBlueprint("hours_api", __name__, description="Hours that people gave.")


@blp.arguments(HoursQuery(), location="query")
@blp.response(200, HoursAnswer)
def index(asked: dict[str, Any]) -> object:
    """Tell how often people came in a period, how many, and for how long; nobody is named.

    Who did not say that they left, left with the shift that they came for.
    """
    session, who = reader()
    period = parse_period(asked["period"], who.depot.week_start)
    (row,) = hours(session, who.depot, [period])
    return asdict(row.sums) | {
        "period": period.name,
        "first": period.first,
        "last": period.last,
    }
