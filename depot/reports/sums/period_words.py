"""What periods are called, and the sentences that differ from one kind of them to another. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from depot.base.periods import Period, Week
from depot.base.text import N_
from depot.words import figures
from depot.words.reader import ENGLISH, Reader


@dataclass(frozen=True, slots=True)
class PeriodWords:
    """One kind of period: every sentence whole, so that each can be translated."""

    name: str
    before: str
    after: str
    is_running: str
    this: str
    previous: str
    mean: str
    chart: str
    chart_description: str
    in_figures: str
    every: str
    change: str
    same: str


WORDS: Final = {
    "week": PeriodWords(
        name=N_("Week"),
        before=N_("Week before"),
        after=N_("Week after"),
        is_running=N_("This week is not over yet."),
        this=N_("This week"),
        previous=N_("Last week"),
        mean=N_("Mean of %(count)s weeks"),
        chart=N_("In and out by week, %(unit)s"),
        chart_description=N_(
            "This week %(came)s came in and %(out)s were handed out."
            " The table below has every week."
        ),
        in_figures=N_("The weeks in figures"),
        every=N_("Every week of the chart"),
        change=N_("%(change)s on last week"),
        same=N_("as much as last week"),
    ),
    "month": PeriodWords(
        name=N_("Month"),
        before=N_("Month before"),
        after=N_("Month after"),
        is_running=N_("This month is not over yet."),
        this=N_("This month"),
        previous=N_("Last month"),
        mean=N_("Mean of %(count)s months"),
        chart=N_("In and out by month, %(unit)s"),
        chart_description=N_(
            "This month %(came)s came in and %(out)s were handed out."
            " The table below has every month."
        ),
        in_figures=N_("The months in figures"),
        every=N_("Every month of the chart"),
        change=N_("%(change)s on last month"),
        same=N_("as much as last month"),
    ),
    "quarter": PeriodWords(
        name=N_("Quarter"),
        before=N_("Quarter before"),
        after=N_("Quarter after"),
        is_running=N_("This quarter is not over yet."),
        this=N_("This quarter"),
        previous=N_("Last quarter"),
        mean=N_("Mean of %(count)s quarters"),
        chart=N_("In and out by quarter, %(unit)s"),
        chart_description=N_(
            "This quarter %(came)s came in and %(out)s were handed out."
            " The table below has every quarter."
        ),
        in_figures=N_("The quarters in figures"),
        every=N_("Every quarter of the chart"),
        change=N_("%(change)s on last quarter"),
        same=N_("as much as last quarter"),
    ),
    "year": PeriodWords(
        name=N_("Year"),
        before=N_("Year before"),
        after=N_("Year after"),
        is_running=N_("This year is not over yet."),
        this=N_("This year"),
        previous=N_("Last year"),
        mean=N_("Mean of %(count)s years"),
        chart=N_("In and out by year, %(unit)s"),
        chart_description=N_(
            "This year %(came)s came in and %(out)s were handed out."
            " The table below has every year."
        ),
        in_figures=N_("The years in figures"),
        every=N_("Every year of the chart"),
        change=N_("%(change)s on last year"),
        same=N_("as much as last year"),
    ),
    "range": PeriodWords(
        name=N_("Any days"),
        before=N_("As many days before"),
        after=N_("As many days after"),
        is_running=N_("These days are not over yet."),
        this=N_("These days"),
        previous=N_("As many before"),
        mean=N_("Mean of %(count)s before"),
        chart=N_("In and out, these days and before, %(unit)s"),
        chart_description=N_(
            "In these days %(came)s came in and %(out)s were handed out."
            " The table below has both stretches of days."
        ),
        in_figures=N_("These days and before in figures"),
        every=N_("Both stretches of days"),
        change=N_("%(change)s on as many days before"),
        same=N_("as much as in as many days before"),
    ),
}


def period_title(period: Period, reader: Reader = ENGLISH) -> str:
    """Return what a period is called: Week 47 · 16–22 November 2026, or November 2026.

    `say` translates a sentence, `language` names the locale of its days.
    """
    if isinstance(period, Week):
        days = days_of(period.first, period.last, reader)
        return reader.gettext(N_("Week %(number)s · %(span)s")) % {
            "number": period.number,
            "span": days,
        }
    if period.kind == "year":
        return reader.gettext(N_("Year %(year)s")) % {"year": period.name}
    if period.kind == "range":
        return days_of(period.first, period.last, reader)
    form = "long_month" if period.kind == "month" else "quarter"
    return figures.day_in(form, period.first, reader)


#: What of a period stands under its column.
_LABELS: Final = {"month": "only_month", "quarter": "only_quarter", "year": "only_year"}


def period_label(period: Period, reader: Reader = ENGLISH) -> str:
    """Return what stands under its column in a chart: 47, Nov, Q4, 2026."""
    if isinstance(period, Week):
        return str(period.number)
    form = _LABELS.get(period.kind, "short")
    return figures.day_in(form, period.first, reader)


def days_of(first: date, last: date, reader: Reader = ENGLISH) -> str:
    """Return days as people write them: 16–22 November 2026."""
    return figures.span(first, last, reader)
