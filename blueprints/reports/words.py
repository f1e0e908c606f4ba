"""A report as a page shows it: every figure a finished text, every bar a width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.frame.language import current_reader
from blueprints.words.charts import BarChart, Series, bar_chart
from depot.base.periods import Period
from depot.reports.sums.period_words import WORDS, PeriodWords, period_label, period_title
from depot.reports.sums.report import MealFactor, People, Report
from depot.reports.sums.words import reason_word, source_word
from depot.words import figures
from depot.words.weights import large_unit

BAR_WIDTH = 100


@dataclass(frozen=True, slots=True)
class RankedLine:
    """A line of a table that is a chart as well: `width` of the longest bar's 100."""

    name: str
    width: int
    figure: str
    share: str


def report_title(period: Period) -> str:
    """Return what a period is called, in the reader's language."""
    return period_title(period, current_reader())


def compared_words(now: int, before: int | None, words: PeriodWords) -> str | None:
    """Say how a figure stands to the period before; None where there is nothing to compare."""
    if before is None or before <= 0:
        return None
    percent = round((now - before) * 100 / before)
    if percent == 0:
        return str(_(words.same))
    return str(_(words.change, change=figures.percent_change(percent, current_reader())))


def people_words(people: People) -> str:
    """Say who was helped, as far as anybody counted."""
    if people.households is None:
        return str(_("nobody was counted"))
    homes = ngettext(
        "%(count)s household",
        "%(count)s households",
        people.households,
        count=figures.number(people.households, current_reader()),
    )
    if people.individuals is None:
        return str(homes)
    heads = ngettext(
        "%(count)s person",
        "%(count)s people",
        people.individuals,
        count=figures.number(people.individuals, current_reader()),
    )
    return str(_("%(households)s, %(people)s", households=homes, people=heads))


def loss_words(report: Report) -> str | None:
    """Say what the losses were, the heaviest reason first."""
    told = [
        _(
            "%(reason)s %(weight)s",
            reason=_(reason_word(share.kind)),
            weight=figures.weight(share.weight_grams, current_reader()),
        )
        for share in report.losses
        if share.weight_grams
    ]
    return ", ".join(told) or None


def ranked_losses(report: Report) -> list[RankedLine]:
    """Return what was lost by reason, the heaviest first."""
    pairs = [(_(reason_word(share.kind)), share.weight_grams) for share in report.losses]
    return rank_weights(pairs, report.totals.lost)


def ranked_ages(people: People) -> list[RankedLine]:
    """Return the people helped by age, as far as anybody asked."""
    bands = (
        (_("Adults"), people.adults),
        (_("Children"), people.children),
        (_("Seniors"), people.seniors),
    )
    known = [(name, number) for name, number in bands if number is not None]
    longest = max((number for _name, number in known), default=0)
    return [
        RankedLine(
            name,
            number * BAR_WIDTH // longest if longest > 0 else 0,
            figures.number(number, current_reader()),
            _percent(number, people.individuals or 0),
        )
        for name, number in known
    ]


def ranked_sources(report: Report) -> list[RankedLine]:
    """Return what came in by source, the heaviest first."""
    pairs = [(_(source_word(share.kind)), share.weight_grams) for share in report.sources]
    return rank_weights(pairs, report.totals.sourced)


def ranked_categories(report: Report) -> list[RankedLine]:
    """Return what was handed out by category, the heaviest first."""
    pairs = [(line.category, line.grams.handed_out) for line in report.categories]
    told = sorted((pair for pair in pairs if pair[1]), key=lambda pair: -pair[1])
    return rank_weights(told, report.totals.handed_out)


def rank_weights(pairs: Sequence[tuple[str, int]], whole: int) -> list[RankedLine]:
    """Return names and grams as lines with a bar and their share of the whole."""
    longest = max((grams for _name, grams in pairs), default=0)
    return [
        RankedLine(
            name,
            max(grams, 0) * BAR_WIDTH // longest if longest > 0 else 0,
            figures.weight(grams, current_reader()),
            _percent(grams, whole),
        )
        for name, grams in pairs
    ]


def factor_words(factor: MealFactor) -> str:
    """Say what counts as a meal, who says so and as of when."""
    parts = (factor.stated, factor.source, factor.version)
    return "; ".join(_(part) for part in parts if part)


def _percent(part: int, whole: int) -> str:
    """Return a share in whole percent; a little is less than one, not nothing."""
    if whole <= 0 or part <= 0:
        return ""
    percent = (200 * part + whole) // (2 * whole)
    return str(_("%(number)s %%", number=percent)) if percent else str(_("< 1 %"))


def estimate_words(report: Report) -> str | None:
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


def flows_chart(report: Report) -> BarChart:
    """Return in and out of this period and those before, in the depot's unit."""
    lines = (*report.before, report.this)
    unit = report.depot.weight_unit
    words = WORDS[report.period.kind]
    inward = [_bar(line.grams.sourced, unit) for line in lines]
    outward = [_bar(line.grams.handed_out, unit) for line in lines]
    told = _(
        words.chart_description,
        came=figures.weight(report.totals.sourced, current_reader()),
        out=figures.weight(report.totals.handed_out, current_reader()),
    )
    return bar_chart(
        _(words.chart, unit=figures.unit_sign(unit, current_reader())),
        told,
        [period_label(line.period, current_reader()) for line in lines],
        [Series(_("in"), "in", inward), Series(_("out"), "out", outward)],
        label=lambda amount: figures.decimal(amount, current_reader()),
    )


def _bar(grams: int, unit: str) -> float:
    return max(float(large_unit(grams, unit, 1)), 0.0)
