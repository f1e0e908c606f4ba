"""What a page and a paper say of a report's figures: weights, shares, signs, short sentences."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from depot.base.text import N_
from depot.reports.sums.figures import Figures
from depot.reports.sums.period_words import WORDS
from depot.reports.sums.report import DoubtLine, HoursGiven, ItemLine, MealFactor, People, Report
from depot.reports.sums.words import reason_word
from depot.words import figures
from depot.words.doubts import doubt_words
from depot.words.figures import WriteNumber
from depot.words.reader import Reader

#: Figures printed with their sign: they are differences, not amounts.
SIGNED: Final = frozenset({"produced", "transferred", "variance"})


def percent_words(part: int, whole: int, reader: Reader) -> str:
    """Return a share in whole percent; a little is less than one, not nothing."""
    if whole <= 0 or part <= 0:
        return ""
    return share_words((200 * part + whole) // (2 * whole), part, reader)


def share_words(percent: int, part: int, reader: Reader) -> str:
    """Return whole percent of a whole; of nothing or less nothing is said."""
    if part <= 0:
        return ""
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


def doubt_line_words(line: DoubtLine, reader: Reader) -> str:
    """Return the sentence that names a line which nobody has said to be right yet."""
    return reader.gettext(
        "Line %(seq)s of the book (%(what)s) is in the figures, and nobody has said yet that it is"
        " right.",
        seq=figures.number(line.seq, reader),
        what=doubt_words(line.doubt, reader),
    )


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


def compared_words(report: Report, reader: Reader) -> str:
    """Say how what came in stands to the period before; empty if there is nothing to compare."""
    before = report.previous.sourced if report.previous else 0
    return change_words(report.totals.sourced, before, report, reader)


def change_words(now: int, before: int, report: Report, reader: Reader) -> str:
    """Say how a figure stands to that of the period before; empty where that was nothing."""
    if before <= 0:
        return ""
    words = WORDS[report.period.kind]
    percent = round((now - before) * 100 / before)
    if not percent:
        return reader.gettext(words.same)
    return reader.gettext(words.change, change=figures.percent_change(percent, reader))


def helped_words(people: People, reader: Reader) -> str:
    """Say who was helped, as far as anybody counted."""
    if people.households is None:
        return reader.gettext("nobody was counted")
    homes = reader.ngettext("%(num)s household", "%(num)s households", people.households)
    if people.individuals is None:
        return homes
    heads = reader.ngettext("%(num)s person", "%(num)s people", people.individuals)
    return reader.gettext("%(households)s, %(people)s", households=homes, people=heads)


def lost_words(report: Report, reader: Reader) -> str:
    """Say what the losses were, the heaviest reason first; empty if there were none."""
    amounts = [share.weight_grams for share in report.losses]
    shown, _sum = figures.weight_list(amounts, report.depot.weight_unit, reader)
    return ", ".join(
        reader.gettext(
            "%(reason)s %(weight)s", reason=reader.gettext(reason_word(share.kind)), weight=weight
        )
        for share, weight in zip(report.losses, shown, strict=True)
        if share.weight_grams
    )


def hours_facts(hours: HoursGiven, reader: Reader) -> tuple[tuple[str, str], ...]:
    """Return the hours that people gave as short facts."""
    number = round(Decimal(hours.minutes) / 60, 1)
    return (
        (reader.gettext(N_("Hours")), figures.decimal(number, reader)),
        (reader.gettext(N_("People")), figures.number(hours.people, reader)),
    )


def factor_words(factor: MealFactor, reader: Reader) -> str:
    """Say what counts as a meal, who says so and as of when."""
    parts = (factor.stated, factor.source, factor.version)
    return "; ".join(reader.gettext(part) for part in parts if part)


def estimated_words(report: Report, reader: Reader) -> str:
    """Say how much of what was handed out bears an estimated weight; empty if nothing does."""
    share = percent_words(report.estimated.handed_out, report.totals.handed_out, reader)
    if not share:
        return ""
    return reader.gettext(
        "%(share)s of what was handed out is estimated: an item without a weight of its own is"
        " taken for the average of its category.",
        share=share,
    )
