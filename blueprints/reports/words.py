"""A report as a page shows it: every figure a finished text, every bar a width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_decimal, get_locale, ngettext
from flask_babel import gettext as _

from blueprints.words import filters
from blueprints.words.charts import BarChart, Series, bar_chart
from depot.base.periods import Period
from depot.reports.sums.period_words import WORDS, Words, period_label, period_title
from depot.reports.sums.report import MealFactor, People, Report
from depot.reports.sums.weights import large_unit
from depot.reports.sums.words import reason_word, source_word

BAR_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Ranked:
    """A line of a table that is a chart as well: `width` of the longest bar's 100."""

    name: str
    width: int
    figure: str
    share: str


def title_of(period: Period) -> str:
    """Return what a period is called, in the reader's language."""
    return period_title(period, _, language())


def language() -> str:
    """Return the reader's locale by name."""
    return str(get_locale())


def against(now: int, before: int | None, words: Words) -> str | None:
    """Say how a figure stands to the period before; None where there is nothing to compare."""
    if before is None or before <= 0:
        return None
    percent = round((now - before) * 100 / before)
    if percent == 0:
        return str(_(words.same))
    sentence = words.more if percent > 0 else words.less
    return str(_(sentence, number=filters.number(abs(percent))))


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


def lost_because(report: Report) -> str | None:
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


def losses(report: Report) -> list[Ranked]:
    """Return what was lost by reason, the heaviest first."""
    pairs = [(_(reason_word(share.kind)), share.weight_grams) for share in report.losses]
    return ranked(pairs, report.totals.lost)


def ages(people: People) -> list[Ranked]:
    """Return the people helped by age, as far as anybody asked."""
    bands = (
        (_("Adults"), people.adults),
        (_("Children"), people.children),
        (_("Seniors"), people.seniors),
    )
    known = [(name, number) for name, number in bands if number is not None]
    longest = max((number for _name, number in known), default=0)
    return [
        Ranked(
            name,
            number * BAR_WIDTH // longest if longest > 0 else 0,
            filters.number(number),
            _percent(number, people.individuals or 0),
        )
        for name, number in known
    ]


def sources(report: Report) -> list[Ranked]:
    """Return what came in by source, the heaviest first."""
    pairs = [(_(source_word(share.kind)), share.weight_grams) for share in report.sources]
    return ranked(pairs, report.totals.sourced)


def out_by_category(report: Report) -> list[Ranked]:
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


def factor_told(factor: MealFactor) -> str:
    """Say what counts as a meal, who says so and as of when."""
    parts = (factor.stated, factor.source, factor.version)
    return "; ".join(_(part) for part in parts if part)


def _percent(part: int, whole: int) -> str:
    """Return a share in whole percent; a little is less than one, not nothing."""
    if whole <= 0 or part <= 0:
        return ""
    percent = (200 * part + whole) // (2 * whole)
    return str(_("%(number)s %%", number=percent)) if percent else str(_("< 1 %"))


def estimated(report: Report) -> str | None:
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
        words.chart_told,
        came=filters.weight(report.totals.sourced),
        out=filters.weight(report.totals.handed_out),
    )
    return bar_chart(
        _(words.chart, unit=unit),
        told,
        [period_label(line.period, language()) for line in lines],
        [Series(_("in"), "in", inward), Series(_("out"), "out", outward)],
        label=lambda amount: str(format_decimal(amount, format="#,##0.#")),
    )


def _bar(grams: int, unit: str) -> float:
    return max(float(large_unit(grams, unit, 1)), 0.0)
