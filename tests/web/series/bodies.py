"""One series, and what is sent to its addresses: all of it right, whenever the tests run."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.distribution.commands.series import SeriesFacts, StartSeries, start_series
from depot.distribution.series.repeating import RepeatRule

_TODAY: Final = utc_now().date()
#: Days of a series that is each day.
FROM_ON: Final = str(_TODAY + timedelta(days=7))
A_DAY: Final = str(_TODAY + timedelta(days=9))
LAST_ON: Final = str(_TODAY + timedelta(days=60))
RULE: Final[dict[str, Any]] = {"frequency": "weekly", "weekdays": [1, 2, 3, 4, 5, 6, 7]}
SAID: Final[dict[str, Any]] = {
    "name": "Daily",
    "rule": RULE,
    "begins": "10:00",
    "from_on": FROM_ON,
    "capacity": 80,
}
FORM: Final[dict[str, str]] = {
    "name": "Daily",
    "rhythm": "weekly",
    "every": "1",
    "begins": "10:00",
    "from_on": FROM_ON,
    **{f"weekday_{day}": "yes" for day in range(1, 8)},
}
SERIES: Final[dict[str, dict[str, Any]]] = {
    "series.do_change": FORM,
    "series.end": {"last_on": LAST_ON},
    "series.except_day": {"on": A_DAY},
    "series_api.change": SAID,
    "series_api.end": {"last_on": LAST_ON},
    "series_api.except_day": {"on": A_DAY},
}


def let_come_round(who: Actor, mark: str) -> None:
    """Begin a series of hand-outs that is each day."""
    rule = RepeatRule("weekly", weekdays=(1, 2, 3, 4, 5, 6, 7))
    facts = SeriesFacts(name=f"{mark} Saturdays", rule=rule, begins_minute=600)
    begun = local_day(utc_now(), who.depot.time_zone)
    start_series(StartSeries(command_id=uuid4(), facts=facts, from_on=begun), who)
