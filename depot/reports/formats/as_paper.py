"""A report as a paper: what its PDF and its stand-alone page are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from babel.dates import format_date

from depot.base.text import N_
from depot.ledger.seal import short
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
from depot.reports.formats.paper_tables import by_category, by_item, compared, due, events, received
from depot.reports.formats.paper_words import Say, counted, percent_words, weight_words
from depot.reports.sums.period_words import WORDS, period_label, period_title
from depot.reports.sums.report import People, Report
from depot.reports.sums.words import PEOPLE, reason_word, source_word
from depot.words.weights import large_unit


def as_paper(report: Report, say: Say = str, language: str = "en") -> Paper:
    """Return the report as a paper in the depot's size and units; `say` translates its words."""
    depot = report.depot
    return Paper(
        title=period_title(report.period, say, language),
        owner=depot.name,
        mark=report.period.name,
        lead=tuple(filed_words(report, say, language)),
        foot=foot_words(report, say),
        page_of=say(N_("page %(page)s of %(pages)s")),
        size=depot.paper_size,
        language=language,
        blocks=tuple(_blocks(report, say)),
    )


def filed_words(report: Report, say: Say, language: str) -> Iterator[str]:
    """Yield as which number, version and when a report was filed; nothing of a live one."""
    if report.filed:
        told = say(N_("Filed as no. %(number)s, version %(version)s, on %(day)s"))
        there = report.filed.filed_at.astimezone(ZoneInfo(report.depot.time_zone))
        day = format_date(there, "d MMMM yyyy", language)
        yield told % {
            "number": report.filed.number,
            "version": report.filed.version,
            "day": day,
        }


def foot_words(report: Report, say: Say) -> str:
    """Return the seal of the ledger and, of a filed report, its own."""
    book = say(N_("Line %(seq)s of the book · seal %(seal)s"))
    told = book % {"seq": f"{report.seq:,}", "seal": short(report.seal)}
    if not report.filed:
        return told
    own = say(N_("No. %(number)s · its seal %(seal)s · %(book)s"))
    return own % {
        "number": report.filed.number,
        "seal": short(report.filed.seal),
        "book": told[:1].lower() + told[1:],
    }


def _blocks(report: Report, say: Say) -> Iterator[Block]:
    yield _figures(report, say)
    yield _meals(report, say)
    yield _chart(report, say)
    if report.before:
        yield compared(report, say)
    yield _sources(report, say)
    if len(report.sources) > 1:
        yield received(report, say)
    yield _out(report, say)
    if report.losses:
        yield _losses(report, say)
    yield events(report, say)
    yield Facts(say(N_("People helped")), tuple(_people(report.people, say)))
    yield by_category(report, say)
    yield by_item(report, say)
    if report.due is not None:
        yield due(report, report.due, say)
    yield from _closing(report, say)


def _figures(report: Report, say: Say) -> Figures:
    totals = report.totals
    used = say(N_("from %(weight)s used up")) % {
        "weight": weight_words(report.used_up_grams, report)
    }
    lost = ", ".join(
        f"{say(reason_word(share.kind))} {weight_words(share.weight_grams, report)}"
        for share in report.losses
        if share.weight_grams
    )
    return Figures(
        (
            Figure(say(N_("Came in")), weight_words(totals.sourced, report), _against(report, say)),
            Figure(
                say(N_("Made")),
                weight_words(report.made_grams, report),
                used if report.used_up_grams else "",
            ),
            Figure(
                say(N_("Handed out")),
                weight_words(totals.handed_out, report),
                _helped(report.people, say),
            ),
            Figure(say(N_("Lost")), weight_words(totals.lost, report), lost),
        )
    )


def _against(report: Report, say: Say) -> str:
    before = report.previous.sourced if report.previous else 0
    if before <= 0:
        return ""
    words = WORDS[report.period.kind]
    percent = round((report.totals.sourced - before) * 100 / before)
    if not percent:
        return say(words.same)
    return say(words.more if percent > 0 else words.less) % {"number": f"{abs(percent):,}"}


def _helped(people: People, say: Say) -> str:
    if people.households is None:
        return say(N_("nobody was counted"))
    homes = say(N_("%(count)s households")) % {"count": f"{people.households:,}"}
    if people.individuals is None:
        return homes
    heads = say(N_("%(count)s people")) % {"count": f"{people.individuals:,}"}
    return f"{homes}, {heads}"


def _meals(report: Report, say: Say) -> Words:
    sentence = say(N_("%(meals)s meals handed out, at %(factor)s; %(source)s."))
    told = sentence % {
        "meals": f"{report.meals:,}",
        "factor": say(report.factor.stated),
        "source": f"{say(report.factor.source)} {report.factor.version}".strip(),
    }
    counted_in = say(N_("Food alone is counted: what is of a category that is no food is not."))
    is_all_food = all(line.is_food for line in report.categories if line.grams.handed_out)
    sentences = [told, *([] if is_all_food else [counted_in]), *_estimated(report, say)]
    return Words(" ".join(sentences), "soft")


def _estimated(report: Report, say: Say) -> Iterator[str]:
    if report.estimated.handed_out > 0 < report.totals.handed_out:
        share = percent_words(report.estimated.handed_out, report.totals.handed_out, say)
        sentence = N_(
            "%(share)s of what was handed out is estimated: an item without a weight of its own is"
            " taken for the average of its category."
        )
        yield say(sentence) % {"share": share}


def _chart(report: Report, say: Say) -> Chart:
    lines = (*report.before, report.this)
    unit, words = report.depot.weight_unit, WORDS[report.period.kind]
    inward = tuple(_bar(line.grams.sourced, unit) for line in lines)
    outward = tuple(_bar(line.grams.handed_out, unit) for line in lines)
    ticks = nice_ticks(0, max((*inward, *outward)))
    return Chart(
        say(words.chart) % {"unit": unit},
        say(words.chart_told)
        % {
            "came": weight_words(report.totals.sourced, report),
            "out": weight_words(report.totals.handed_out, report),
        },
        tuple(period_label(line.period) for line in lines),
        (Series(say(N_("in")), "in", inward), Series(say(N_("out")), "out", outward)),
        tuple((tick, f"{tick:,.10g}") for tick in ticks),
    )


def _bar(grams: int, unit: str) -> float:
    return max(float(large_unit(grams, unit, 1)), 0.0)


def _sources(report: Report, say: Say) -> Ranking:
    pairs = [(say(source_word(share.kind)), share.weight_grams) for share in report.sources]
    lines = _ranked(pairs, report.totals.sourced, report, say)
    return Ranking(say(N_("Came in from")), "in", lines, say(N_("nothing")))


def _out(report: Report, say: Say) -> Ranking:
    pairs = [(line.category, line.grams.handed_out) for line in report.categories]
    told = sorted((pair for pair in pairs if pair[1]), key=lambda pair: -pair[1])
    lines = _ranked(told, report.totals.handed_out, report, say)
    return Ranking(say(N_("Handed out, by category")), "out", lines, say(N_("nothing")))


def _losses(report: Report, say: Say) -> Ranking:
    pairs = [(say(reason_word(share.kind)), share.weight_grams) for share in report.losses]
    lines = _ranked(pairs, report.totals.lost, report, say)
    return Ranking(say(N_("Lost because")), "stop", lines, say(N_("nothing")))


def _ranked(
    pairs: Sequence[tuple[str, int]], whole: int, report: Report, say: Say
) -> tuple[RankedLine, ...]:
    longest = max((grams for _name, grams in pairs), default=0)
    return tuple(
        RankedLine(
            name,
            max(grams, 0) * 100 // longest if longest > 0 else 0,
            weight_words(grams, report),
            percent_words(grams, whole, say),
        )
        for name, grams in pairs
    )


def _people(people: People, say: Say) -> Iterator[tuple[str, str]]:
    for figure, name in PEOPLE.items():
        yield say(name), counted(getattr(people, figure), say)


def _closing(report: Report, say: Say) -> Iterator[Words]:
    sentences = []
    if report.open_discrepancies:
        told = N_("Things still to look at, where book and floor disagreed: %(count)s.")
        sentences.append(say(told) % {"count": f"{report.open_discrepancies:,}"})
    if report.totals.opening_entered:
        told = N_(
            "The opening holds %(weight)s that were entered in this time as having been here"
            " before."
        )
        weight = weight_words(report.totals.opening_entered, report)
        sentences.append(say(told) % {"weight": weight})
    if report.not_weighed:
        told = N_("Items without a weight, in no figure of weight: %(count)s.")
        sentences.append(say(told) % {"count": f"{report.not_weighed:,}"})
    if report.late_entries:
        told = N_("Lines written down when it was over, in the figures: %(count)s.")
        sentences.append(say(told) % {"count": f"{report.late_entries:,}"})
    if report.depot.weight_unit == "lb":
        sentences.append(
            say(N_("Pounds are shown to a tenth. The figures behind them add up to the gram."))
        )
    if sentences:
        yield Words(" ".join(sentences), "soft")
