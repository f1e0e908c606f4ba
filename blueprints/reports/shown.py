"""The weekly report as a page shows it: every figure a finished text, every bar a width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_date, format_decimal, ngettext
from flask_babel import gettext as _

from blueprints import filters
from blueprints.charts import BarChart, Series, bar_chart
from depot.periods import Week
from depot.reporting.report import People, WeeklyReport
from depot.reporting.weights import large_unit
from depot.reporting.words import reason_word, source_word

BAR_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Ranked:
    """A line of a table that is a chart as well: `width` of the longest bar's 100."""

    name: str
    width: int
    figure: str
    share: str


def week_title(week: Week) -> str:
    """Return what a week is called: Week 47 · 16–22 November 2026."""
    first, last = week.first, week.last
    if (first.year, first.month) == (last.year, last.month):
        span = f"{format_date(first, 'd')}–{format_date(last, 'd MMMM yyyy')}"
    elif first.year == last.year:
        span = f"{format_date(first, 'd MMMM')} – {format_date(last, 'd MMMM yyyy')}"
    else:
        span = f"{format_date(first, 'd MMMM yyyy')} – {format_date(last, 'd MMMM yyyy')}"
    return str(_("Week %(number)s · %(span)s", number=week.number, span=span))


def against(now: int, before: int | None) -> str | None:
    """Say how a figure stands to the week before; None where there is nothing to compare."""
    if before is None or before <= 0:
        return None
    percent = round((now - before) * 100 / before)
    if percent == 0:
        return str(_("as much as last week"))
    words = _(
        "%(sign)s%(number)s %% on last week",
        sign="+" if percent > 0 else "−",
        number=filters.number(abs(percent)),
    )
    return str(words)


def helped(people: People) -> str:
    """Say who was helped, as far as anybody counted."""
    if people.households is None:
        return str(_("nobody was counted"))
    homes = ngettext(
        "%(count)s household",
        "%(count)s households",
        people.households,
        count=filters.number(people.households),
    )
    if people.individuals is None:
        return str(homes)
    heads = ngettext(
        "%(count)s person",
        "%(count)s people",
        people.individuals,
        count=filters.number(people.individuals),
    )
    return str(_("%(households)s, %(people)s", households=homes, people=heads))


def lost_because(report: WeeklyReport) -> str | None:
    """Say what the losses were, the heaviest reason first."""
    told = [
        _(
            "%(reason)s %(weight)s",
            reason=_(reason_word(share.kind)),
            weight=filters.weight(share.weight_grams),
        )
        for share in report.losses
        if share.weight_grams
    ]
    return ", ".join(told) or None


def sources(report: WeeklyReport) -> list[Ranked]:
    """Return what came in by source, the heaviest first."""
    pairs = [(_(source_word(share.kind)), share.weight_grams) for share in report.sources]
    return ranked(pairs, report.totals.sourced)


def out_by_category(report: WeeklyReport) -> list[Ranked]:
    """Return what was handed out by category, the heaviest first."""
    pairs = [(line.category, line.grams.handed_out) for line in report.categories]
    told = sorted((pair for pair in pairs if pair[1]), key=lambda pair: -pair[1])
    return ranked(told, report.totals.handed_out)


def ranked(pairs: Sequence[tuple[str, int]], whole: int) -> list[Ranked]:
    """Return names and grams as lines with a bar and their share of the whole."""
    longest = max((grams for _name, grams in pairs), default=0)
    return [
        Ranked(
            name,
            max(grams, 0) * BAR_WIDTH // longest if longest > 0 else 0,
            filters.weight(grams),
            _percent(grams, whole),
        )
        for name, grams in pairs
    ]


def _percent(part: int, whole: int) -> str:
    """Return a share in whole percent; a little is less than one, not nothing."""
    if whole <= 0 or part <= 0:
        return ""
    percent = (200 * part + whole) // (2 * whole)
    return str(_("%(number)s %%", number=percent)) if percent else str(_("under 1 %%"))


def estimated(report: WeeklyReport) -> str | None:
    """Say how much of what was handed out bears an estimated weight; None if nothing does."""
    share = _percent(report.estimated.handed_out, report.totals.handed_out)
    if not share:
        return None
    sentence = _(
        "%(share)s of what was handed out is estimated: an item without a weight of its own is"
        " taken for the average of its category.",
        share=share,
    )
    return str(sentence)


def weeks_chart(report: WeeklyReport) -> BarChart:
    """Return in and out of up to thirteen weeks, in the depot's unit."""
    lines = (*report.before, report.this_week)
    unit = report.depot.weight_unit
    inward = [_bar(line.grams.sourced, unit) for line in lines]
    outward = [_bar(line.grams.handed_out, unit) for line in lines]
    told = _(
        "This week %(came)s came in and %(out)s were handed out. The table below has every week.",
        came=filters.weight(report.totals.sourced),
        out=filters.weight(report.totals.handed_out),
    )
    return bar_chart(
        _("In and out by week, %(unit)s", unit=unit),
        told,
        [str(line.week.number) for line in lines],
        [Series(_("in"), "in", inward), Series(_("out"), "out", outward)],
        label=lambda amount: str(format_decimal(amount, format="#,##0.#")),
    )


def _bar(grams: int, unit: str) -> float:
    return max(float(large_unit(grams, unit, 1)), 0.0)
