"""A report as a paper: what its PDF and its stand-alone page are made of."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from depot.base.text import N_
from depot.ledger.seal import short_seal
from depot.papers.paper import (
    Block,
    Chart,
    Facts,
    Figure,
    Figures,
    Paper,
    Ranking,
    Series,
    Words,
)
from depot.papers.scales import nice_ticks
from depot.reports.formats.in_kind import in_kind_table
from depot.reports.formats.paper_tables import (
    band_line_facts,
    category_table,
    comparison_table,
    due_table,
    event_table,
    item_table,
    people_facts,
    received_table,
    visit_facts,
)
from depot.reports.formats.paper_words import (
    below_nothing_words,
    compared_words,
    doubt_line_words,
    estimated_words,
    helped_words,
    hours_facts,
    lost_words,
    report_weight_words,
)
from depot.reports.formats.rankings import ranked_categories, ranked_losses, ranked_sources
from depot.reports.sums.period_words import WORDS, period_label, period_title
from depot.reports.sums.report import Report
from depot.words import figures
from depot.words.reader import ENGLISH, Reader
from depot.words.weights import large_unit


def report_as_paper(report: Report, reader: Reader = ENGLISH) -> Paper:
    """Return the report as a paper in the depot's size and units; `say` translates its words."""
    depot = report.depot
    return Paper(
        title=period_title(report.period, reader),
        owner=depot.name,
        mark=report.period.name,
        lead=tuple(filed_words(report, reader)),
        foot=foot_words(report, reader),
        page_of=reader.gettext(N_("page %(page)s of %(pages)s")),
        size=depot.paper_size,
        language=reader.tag,
        blocks=tuple(_blocks(report, reader)),
    )


def filed_words(report: Report, reader: Reader) -> Iterator[str]:
    """Yield as which number, version and when a report was filed; nothing of a live one."""
    if report.filed:
        told = reader.gettext(N_("Filed as no. %(number)s, version %(version)s, on %(day)s"))
        there = report.filed.filed_at.astimezone(ZoneInfo(report.depot.time_zone))
        day = figures.dated_day(there.date(), reader)
        yield told % {
            "number": report.filed.number,
            "version": report.filed.version,
            "day": day,
        }


def foot_words(report: Report, reader: Reader) -> str:
    """Return the seal of the ledger and, of a filed report, its own."""
    book = reader.gettext(N_("Line %(seq)s of the book · seal %(seal)s"))
    told = book % {"seq": figures.number(report.seq, reader), "seal": short_seal(report.seal)}
    if not report.filed:
        return told
    own = reader.gettext(N_("No. %(number)s · its seal %(seal)s · %(book)s"))
    return own % {
        "number": report.filed.number,
        "seal": short_seal(report.filed.seal),
        "book": told[:1].lower() + told[1:],
    }


def _blocks(report: Report, reader: Reader) -> Iterator[Block]:
    yield _figures(report, reader)
    yield _meals(report, reader)
    yield flows_chart(report, reader)
    if report.before:
        yield comparison_table(report, reader)
    yield _sources(report, reader)
    if len(report.sources) > 1:
        yield received_table(report, reader)
    yield _out(report, reader)
    if report.losses:
        yield _losses(report, reader)
    yield event_table(report, reader)
    yield from _people(report, reader)
    yield category_table(report, reader)
    yield item_table(report, reader)
    if report.in_kind is not None:
        yield in_kind_table(report.in_kind, reader)
    if report.due is not None:
        yield due_table(report, reader)
    yield from _closing(report, reader)


def _people(report: Report, reader: Reader) -> Iterator[Facts]:
    """Yield who was helped, and the hours that people gave for it."""
    yield Facts(reader.gettext(N_("People helped")), people_facts(report.people, reader))
    if report.bands:
        title = reader.gettext(N_("People helped, by your ages"))
        yield Facts(title, band_line_facts(report.bands, reader))
    if report.visits is not None:
        title = reader.gettext(N_("Visits and households"))
        yield Facts(title, visit_facts(report.visits, reader))
    if report.hours is not None:
        yield Facts(reader.gettext(N_("Hours")), hours_facts(report.hours, reader))


def _figures(report: Report, reader: Reader) -> Figures:
    totals = report.totals
    used = reader.gettext(N_("from %(weight)s used up")) % {
        "weight": report_weight_words(report.used_up_grams, report, reader)
    }
    return Figures(
        (
            Figure(
                reader.gettext(N_("Came in")),
                report_weight_words(totals.sourced, report, reader),
                compared_words(report, reader),
            ),
            Figure(
                reader.gettext(N_("Made")),
                report_weight_words(report.made_grams, report, reader),
                used if report.used_up_grams else "",
            ),
            Figure(
                reader.gettext(N_("Handed out")),
                report_weight_words(totals.handed_out, report, reader),
                helped_words(report.people, reader),
            ),
            Figure(
                reader.gettext(N_("Lost")),
                report_weight_words(totals.lost, report, reader),
                lost_words(report, reader),
            ),
        )
    )


def _meals(report: Report, reader: Reader) -> Words:
    sentence = reader.gettext(N_("%(meals)s meals handed out, at %(factor)s; %(source)s."))
    told = sentence % {
        "meals": figures.number(report.meals, reader),
        "factor": reader.gettext(report.factor.stated),
        "source": f"{reader.gettext(report.factor.source)} {report.factor.version}".strip(),
    }
    counted_in = reader.gettext(
        N_("Food alone is counted: what is of a category that is no food is not.")
    )
    is_all_food = all(line.is_food for line in report.categories if line.grams.handed_out)
    sentences = [told, "" if is_all_food else counted_in, estimated_words(report, reader)]
    return Words(" ".join(filter(None, sentences)), "soft")


def flows_chart(report: Report, reader: Reader) -> Chart:
    """Return in and out of this period and those before, in the depot's unit."""
    lines = (*report.before, report.this)
    unit, words = report.depot.weight_unit, WORDS[report.period.kind]
    inward = tuple(_bar(line.grams.sourced, unit) for line in lines)
    outward = tuple(_bar(line.grams.handed_out, unit) for line in lines)
    ticks = nice_ticks(0, max((*inward, *outward)))
    return Chart(
        reader.gettext(words.chart, unit=figures.unit_sign(unit, reader)),
        reader.gettext(words.chart_description)
        % {
            "came": report_weight_words(report.totals.sourced, report, reader),
            "out": report_weight_words(report.totals.handed_out, report, reader),
        },
        tuple(period_label(line.period, reader) for line in lines),
        (
            Series(reader.gettext(N_("in")), "in", inward),
            Series(reader.gettext(N_("out")), "out", outward),
        ),
        tuple((tick, figures.exact(tick, reader)) for tick in ticks),
    )


def _bar(grams: int, unit: str) -> float:
    return max(float(large_unit(grams, unit, 1)), 0.0)


def _sources(report: Report, reader: Reader) -> Ranking:
    lines = ranked_sources(report, reader)
    return Ranking(reader.gettext(N_("Came in from")), "in", lines, reader.gettext(N_("nothing")))


def _out(report: Report, reader: Reader) -> Ranking:
    lines = ranked_categories(report, reader)
    return Ranking(
        reader.gettext(N_("Handed out, by category")), "out", lines, reader.gettext(N_("nothing"))
    )


def _losses(report: Report, reader: Reader) -> Ranking:
    lines = ranked_losses(report, reader)
    return Ranking(reader.gettext(N_("Lost because")), "stop", lines, reader.gettext(N_("nothing")))


def _closing(report: Report, reader: Reader) -> Iterator[Words]:
    for told in below_nothing_words(report, reader):
        yield Words(told)
    sentences = []
    if report.open_discrepancies:
        told = N_("Things still to look at, where book and floor disagreed: %(count)s.")
        sentences.append(
            reader.gettext(told) % {"count": figures.number(report.open_discrepancies, reader)}
        )
    if report.totals.opening_entered:
        told = N_(
            "The opening holds %(weight)s that were entered in this time as having been here"
            " before."
        )
        weight = report_weight_words(report.totals.opening_entered, report, reader)
        sentences.append(reader.gettext(told) % {"weight": weight})
    if report.not_weighed:
        told = N_("Items without a weight, in no figure of weight: %(count)s.")
        sentences.append(
            reader.gettext(told) % {"count": figures.number(report.not_weighed, reader)}
        )
    if report.late_entries:
        told = N_("Lines written down when it was over, in the figures: %(count)s.")
        sentences.append(
            reader.gettext(told) % {"count": figures.number(report.late_entries, reader)}
        )
    sentences += [doubt_line_words(line, reader) for line in report.doubts]
    if report.depot.weight_unit == "lb":
        sentences.append(
            reader.gettext(
                N_("Pounds are shown to a tenth. The figures behind them add up to the gram.")
            )
        )
    if sentences:
        yield Words(" ".join(sentences), "soft")
