"""Which report is wanted: a week, month, quarter, year or any days, from what an address says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from blueprints.frame.web import query_text
from depot.base import periods
from depot.base.actors import DepotView
from depot.base.clock import local_day, utc_now
from depot.base.errors import Invalid
from depot.base.periods import KINDS, Period, last_complete_period, parse_period, parse_week, span
from depot.base.text import N_
from depot.reports.sums.period_words import WORDS


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where the periods before and after are; None where there is nothing yet."""

    before: str
    after: str | None
    before_word: str
    after_word: str


def today_of(depot: DepotView) -> date:
    """Return the depot's present day."""
    return local_day(utc_now(), depot.time_zone)


def query_week(depot: DepotView, text: str) -> Period:
    """Return the week named, or the last complete one. Raises Invalid for a week that is none."""
    if text:
        return parse_week(text, depot.week_start)
    return last_complete_period("week", today_of(depot), depot.week_start)


def query_period(depot: DepotView) -> Period:
    """Return the period that the address asks for; raises Invalid for one that is none.

    By its name (`period`), by two days (`from`, `to`), or by its `kind`, the last complete one.
    """
    if query_text("period"):
        return parse_period(query_text("period"), depot.week_start)
    if query_text("from") or query_text("to"):
        return span(_day("from"), _day("to"))
    kind = query_text("kind", "week")
    if kind not in KINDS:
        raise Invalid(field="kind", problem=N_("A week, month, quarter, year or range, please."))
    if kind == "range":
        return last_days(depot)
    return last_complete_period(kind, today_of(depot), depot.week_start)


def last_days(depot: DepotView) -> Period:
    """Return the last thirty days of a depot."""
    return periods.last_days(today_of(depot))


def _day(name: str) -> date:
    try:
        return date.fromisoformat(query_text(name))
    except ValueError as error:
        raise Invalid(field=name, problem=N_("Choose the first and the last day.")) from error


def href_of(period: Period, endpoint: str = "reports.period") -> str:
    """Return the address of a period's report; a week keeps the address it always had."""
    if period.kind == "week" and endpoint == "reports.period":
        return url_for("reports.weekly", week=period.name)
    return url_for(endpoint, period=period.name)


def neighbours(period: Period, today: date) -> Neighbours:
    """Return where the periods before and after are; none is offered that has not begun."""
    words = WORDS[period.kind]
    later = period.moved(1)
    return Neighbours(
        href_of(period.moved(-1)),
        href_of(later) if later.first <= today else None,
        _(words.before),
        _(words.after),
    )


def period_tabs(period: Period) -> list[tuple[str, str, bool]]:
    """Return the tabs of the kinds of periods: address, word, whether it is this one."""
    return [
        (
            url_for("reports.weekly") if kind == "week" else url_for("reports.period", kind=kind),
            _(words.name),
            kind == period.kind,
        )
        for kind, words in WORDS.items()
    ]
