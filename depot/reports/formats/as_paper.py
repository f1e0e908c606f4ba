"""A report as a paper: what its PDF and its stand-alone page are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    RankedLine,
    Ranking,
    Series,
    Words,
)
from depot.papers.scales import nice_ticks
from depot.reports.formats.paper_tables import (
    category_table,
    comparison_table,
    due_table,
    event_table,
    item_table,
    received_table,
)
from depot.reports.formats.paper_words import (
    below_nothing_words,
    people_count_words,
    percent_words,
    report_weight_words,
)
from depot.reports.sums.period_words import WORDS, period_label, period_title
from depot.reports.sums.report import People, Report
from depot.reports.sums.words import PEOPLE, reason_word, source_word
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
        day = figures.plain_day(there.date(), reader)
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
    yield _chart(report, reader)
    if report.before:
        yield comparison_table(report, reader)
    yield _sources(report, reader)
    if len(report.sources) > 1:
        yield received_table(report, reader)
    yield _out(report, reader)
    if report.losses:
        yield _losses(report, reader)
    yield event_table(report, reader)
    yield Facts(reader.gettext(N_("People helped")), tuple(_people(report.people, reader)))
    yield category_table(report, reader)
    yield item_table(report, reader)
    if report.due is not None:
        yield due_table(report, report.due, reader)
    yield from _closing(report, reader)


def _figures(report: Report, reader: Reader) -> Figures:
    totals = report.totals
    used = reader.gettext(N_("from %(weight)s used up")) % {
        "weight": report_weight_words(report.used_up_grams, report, reader)
    }
    lost = ", ".join(
        reader.gettext(
            N_("%(reason)s %(weight)s"),
            reason=reader.gettext(reason_word(share.kind)),
            weight=report_weight_words(share.weight_grams, report, reader),
        )
        for share in report.losses
        if share.weight_grams
    )
    return Figures(
        (
            Figure(
                reader.gettext(N_("Came in")),
                report_weight_words(totals.sourced, report, reader),
                _against(report, reader),
            ),
            Figure(
                reader.gettext(N_("Made")),
                report_weight_words(report.made_grams, report, reader),
                used if report.used_up_grams else "",
            ),
            Figure(
                reader.gettext(N_("Handed out")),
                report_weight_words(totals.handed_out, report, reader),
                _helped(report.people, reader),
            ),
            Figure(
                reader.gettext(N_("Lost")), report_weight_words(totals.lost, report, reader), lost
            ),
        )
    )


def _against(report: Report, reader: Reader) -> str:
    before = report.previous.sourced if report.previous else 0
    if before <= 0:
        return ""
    words = WORDS[report.period.kind]
    percent = round((report.totals.sourced - before) * 100 / before)
    if not percent:
        return reader.gettext(words.same)
    return reader.gettext(words.more if percent > 0 else words.less) % {
        "number": figures.number(abs(percent), reader)
    }


def _helped(people: People, reader: Reader) -> str:
    if people.households is None:
        return reader.gettext(N_("nobody was counted"))
    homes = reader.gettext(N_("%(count)s households")) % {
        "count": figures.number(people.households, reader)
    }
    if people.individuals is None:
        return homes
    heads = reader.gettext(N_("%(count)s people")) % {
        "count": figures.number(people.individuals, reader)
    }
    return reader.gettext(N_("%(households)s, %(people)s"), households=homes, people=heads)


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
    sentences = [told, *([] if is_all_food else [counted_in]), *_estimated(report, reader)]
    return Words(" ".join(sentences), "soft")


def _estimated(report: Report, reader: Reader) -> Iterator[str]:
    if report.estimated.handed_out > 0 < report.totals.handed_out:
        share = percent_words(report.estimated.handed_out, report.totals.handed_out, reader)
        sentence = N_(
            "%(share)s of what was handed out is estimated: an item without a weight of its own is"
            " taken for the average of its category."
        )
        yield reader.gettext(sentence) % {"share": share}


def _chart(report: Report, reader: Reader) -> Chart:
    lines = (*report.before, report.this)
    unit, words = report.depot.weight_unit, WORDS[report.period.kind]
    inward = tuple(_bar(line.grams.sourced, unit) for line in lines)
    outward = tuple(_bar(line.grams.handed_out, unit) for line in lines)
    ticks = nice_ticks(0, max((*inward, *outward)))
    return Chart(
        reader.gettext(words.chart) % {"unit": unit},
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
    pairs = [
        (reader.gettext(source_word(share.kind)), share.weight_grams) for share in report.sources
    ]
    lines = _ranked(pairs, report.totals.sourced, report, reader)
    return Ranking(reader.gettext(N_("Came in from")), "in", lines, reader.gettext(N_("nothing")))


def _out(report: Report, reader: Reader) -> Ranking:
    pairs = [(line.category, line.grams.handed_out) for line in report.categories]
    told = sorted((pair for pair in pairs if pair[1]), key=lambda pair: -pair[1])
    lines = _ranked(told, report.totals.handed_out, report, reader)
    return Ranking(
        reader.gettext(N_("Handed out, by category")), "out", lines, reader.gettext(N_("nothing"))
    )


def _losses(report: Report, reader: Reader) -> Ranking:
    pairs = [
        (reader.gettext(reason_word(share.kind)), share.weight_grams) for share in report.losses
    ]
    lines = _ranked(pairs, report.totals.lost, report, reader)
    return Ranking(reader.gettext(N_("Lost because")), "stop", lines, reader.gettext(N_("nothing")))


def _ranked(
    pairs: Sequence[tuple[str, int]], whole: int, report: Report, reader: Reader
) -> tuple[RankedLine, ...]:
    longest = max((grams for _name, grams in pairs), default=0)
    return tuple(
        RankedLine(
            name,
            max(grams, 0) * 100 // longest if longest > 0 else 0,
            report_weight_words(grams, report, reader),
            percent_words(grams, whole, reader),
        )
        for name, grams in pairs
    )


def _people(people: People, reader: Reader) -> Iterator[tuple[str, str]]:
    for figure, name in PEOPLE.items():
        yield reader.gettext(name), people_count_words(getattr(people, figure), reader)


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
    if report.depot.weight_unit == "lb":
        sentences.append(
            reader.gettext(
                N_("Pounds are shown to a tenth. The figures behind them add up to the gram.")
            )
        )
    if sentences:
        yield Words(" ".join(sentences), "soft")
