"""Figures of a report as a paper writes them: weights, shares, signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from depot.base.text import N_
from depot.reports.sums.figures import Figures
from depot.reports.sums.report import ItemLine, Report
from depot.words import figures
from depot.words.figures import WriteNumber
from depot.words.reader import Reader

#: Figures printed with their sign: they are differences, not amounts.
SIGNED: Final = frozenset({"produced", "transferred", "variance"})


def percent_words(part: int, whole: int, reader: Reader) -> str:
    """Return a share in whole percent; a little is less than one, not nothing."""
    if whole <= 0 or part <= 0:
        return ""
    percent = (200 * part + whole) // (2 * whole)
    return (
        reader.gettext(N_("%(number)s %%")) % {"number": figures.number(percent, reader)}
        if percent
        else reader.gettext(N_("under 1 %"))
    )


def people_count_words(found: int | None, reader: Reader) -> str:
    """Return a number of people; what was never asked says so."""
    return reader.gettext(N_("not asked")) if found is None else figures.number(found, reader)


def figure_cells(
    found: Figures, shown: Sequence[str], write: WriteNumber, reader: Reader
) -> list[str]:
    """Return the figures named `shown`, in that order, those that are differences with a sign."""
    return [
        figures.with_sign(getattr(found, name), write, reader, with_plus=name in SIGNED)
        for name in shown
    ]


def below_nothing_words(report: Report, reader: Reader) -> list[str]:
    """Return a sentence for each item of which less than nothing is told: why, and what to do."""
    return [_below_nothing(line, reader) for line in report.below_nothing]


def _below_nothing(line: ItemLine, reader: Reader) -> str:
    opening, closing = (
        figures.with_sign(
            number,
            lambda found: figures.quantity(found, line.unit, reader),
            reader,
            with_plus=False,
        )
        for number in (line.quantities.opening, line.quantities.closing)
    )
    told = N_(
        "%(item)s: %(opening)s at the beginning, %(closing)s at the end. Less than nothing cannot"
        " be here: more went out than had come in by then, so something that came in is not in the"
        " book, or stands there with a later day. Write it with its day, or count what is there."
    )
    return reader.gettext(told) % {"item": line.item, "opening": opening, "closing": closing}


def report_weight_words(grams: int, report: Report, reader: Reader) -> str:
    """Return a weight in the report's unit, to a tenth of a kilogram or pound."""
    return figures.weight_in(grams, report.depot.weight_unit, reader)
