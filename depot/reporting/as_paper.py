"""A report as a paper: what its PDF and its stand-alone page are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from depot.ledger.seal import short
from depot.papers.paper import (
    Block,
    Chart,
    Column,
    Facts,
    Figure,
    Figures,
    Paper,
    RankedLine,
    Ranking,
    Row,
    Series,
    Table,
    Words,
)
from depot.papers.scales import nice_ticks
from depot.reporting.figures import Figures as Line
from depot.reporting.period_words import WORDS, period_label, period_title
from depot.reporting.report import Compared, ItemLine, People, Report
from depot.reporting.weights import decimals_needed, large_unit
from depot.reporting.words import COLUMNS, PEOPLE, reason_word, shown_columns, source_word
from depot.text import N_
from depot.units import GRAM, MILLILITRE

#: Translates a sentence; the identity where nobody reads another language.
Say = Callable[[str], str]
Write = Callable[[int], str]
#: Figures printed with their sign: they are differences, not amounts.
SIGNED: Final = frozenset({"produced", "transferred", "variance"})
_HOW: Final = N_(
    "Opening + in + made − out − lost + count = closing. Made is what production made less what"
    " it used up; count is what was found more, or less, than the book said."
)


def as_paper(report: Report, say: Say = str, language: str = "en") -> Paper:
    """Return the report as a paper in the depot's size and units; `say` translates its words."""
    depot = report.depot
    return Paper(
        title=period_title(report.period, say, language),
        owner=depot.name,
        mark=report.period.name,
        foot=say(N_("Line %(seq)s of the book · seal %(seal)s"))
        % {"seq": f"{report.seq:,}", "seal": short(report.seal)},
        page_of=say(N_("page %(page)s of %(pages)s")),
        size=depot.paper_size,
        language=language,
        blocks=tuple(_blocks(report, say)),
    )


def _blocks(report: Report, say: Say) -> Iterator[Block]:
    yield _figures(report, say)
    yield _meals(report, say)
    yield _chart(report, say)
    if report.before:
        yield _compared(report, say)
    yield _sources(report, say)
    yield _out(report, say)
    yield _events(report, say)
    yield Facts(say(N_("People helped")), tuple(_people(report.people, say)))
    yield _by_category(report, say)
    yield _by_item(report, say)
    yield from _closing(report, say)


def _figures(report: Report, say: Say) -> Figures:
    totals = report.totals
    used = say(N_("from %(weight)s used up")) % {"weight": _weight(report.used_up_grams, report)}
    lost = ", ".join(
        f"{say(reason_word(share.kind))} {_weight(share.weight_grams, report)}"
        for share in report.losses
        if share.weight_grams
    )
    return Figures(
        (
            Figure(say(N_("Came in")), _weight(totals.sourced, report), _against(report, say)),
            Figure(
                say(N_("Made")),
                _weight(report.made_grams, report),
                used if report.used_up_grams else "",
            ),
            Figure(
                say(N_("Handed out")),
                _weight(totals.handed_out, report),
                _helped(report.people, say),
            ),
            Figure(say(N_("Lost")), _weight(totals.lost, report), lost),
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
        "source": say(report.factor.source),
    }
    return Words(" ".join([told, *_estimated(report, say)]), "soft")


def _estimated(report: Report, say: Say) -> Iterator[str]:
    if report.estimated.handed_out > 0 < report.totals.handed_out:
        share = _percent(report.estimated.handed_out, report.totals.handed_out, say)
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
            "came": _weight(report.totals.sourced, report),
            "out": _weight(report.totals.handed_out, report),
        },
        tuple(period_label(line.period) for line in lines),
        (Series(say(N_("in")), "in", inward), Series(say(N_("out")), "out", outward)),
        tuple((tick, f"{tick:,.10g}") for tick in ticks),
    )


def _bar(grams: int, unit: str) -> float:
    return max(float(large_unit(grams, unit, 1)), 0.0)


def _compared(report: Report, say: Say) -> Table:
    count, words = len(report.before), WORDS[report.period.kind]
    names = (N_("Came in"), N_("Made, less used up"), N_("Handed out"), N_("Lost"))
    columns = (report.this.grams, report.previous, report.mean_before)
    return Table(
        say(words.in_figures),
        (
            Column(""),
            Column(say(words.this), is_figure=True),
            Column(say(words.previous), is_figure=True),
            Column(say(words.mean) % {"count": count}, is_figure=True),
        ),
        tuple(
            Row((say(name), *(_weight_of(column, place, report) for column in columns)))
            for place, name in enumerate(names)
        ),
    )


def _weight_of(column: Compared | None, place: int, report: Report) -> str:
    return "" if column is None else _weight(column[place], report)


def _sources(report: Report, say: Say) -> Ranking:
    pairs = [(say(source_word(share.kind)), share.weight_grams) for share in report.sources]
    lines = _ranked(pairs, report.totals.sourced, report, say)
    return Ranking(say(N_("Came in from")), "in", lines, say(N_("nothing")))


def _out(report: Report, say: Say) -> Ranking:
    pairs = [(line.category, line.grams.handed_out) for line in report.categories]
    told = sorted((pair for pair in pairs if pair[1]), key=lambda pair: -pair[1])
    lines = _ranked(told, report.totals.handed_out, report, say)
    return Ranking(say(N_("Handed out, by category")), "out", lines, say(N_("nothing")))


def _ranked(
    pairs: Sequence[tuple[str, int]], whole: int, report: Report, say: Say
) -> tuple[RankedLine, ...]:
    longest = max((grams for _name, grams in pairs), default=0)
    return tuple(
        RankedLine(
            name,
            max(grams, 0) * 100 // longest if longest > 0 else 0,
            _weight(grams, report),
            _percent(grams, whole, say),
        )
        for name, grams in pairs
    )


def _percent(part: int, whole: int, say: Say) -> str:
    """Return a share in whole percent; a little is less than one, not nothing."""
    if whole <= 0 or part <= 0:
        return ""
    percent = (200 * part + whole) // (2 * whole)
    return say(N_("%(number)s %%")) % {"number": percent} if percent else say(N_("under 1 %"))


def _events(report: Report, say: Say) -> Table:
    rows = [
        Row(
            (
                event.name,
                _weight(event.weight_grams, report),
                _counted(event.people.households, say),
                _counted(event.people.individuals, say),
            )
        )
        for event in report.events
    ]
    if report.without_event_grams or not rows:
        rows.append(
            Row((say(N_("No hand-out named")), _weight(report.without_event_grams, report), "", ""))
        )
    names = (N_("Weight"), N_("Households"), N_("People"))
    return Table(
        say(N_("Handed out at")),
        (Column(say(N_("Hand-out"))), *(Column(say(name), is_figure=True) for name in names)),
        tuple(rows),
        (
            say(N_("All")),
            _weight(report.totals.handed_out, report),
            _counted(report.people.households, say),
            _counted(report.people.individuals, say),
        ),
    )


def _people(people: People, say: Say) -> Iterator[tuple[str, str]]:
    for figure, name in PEOPLE.items():
        yield say(name), _counted(getattr(people, figure), say)


def _counted(number: int | None, say: Say) -> str:
    return say(N_("not asked")) if number is None else f"{number:,}"


def _by_category(report: Report, say: Say) -> Table:
    unit = report.depot.weight_unit
    shown = shown_columns([report.totals])
    lines = [line.grams for line in report.categories]
    write = _weights(
        unit, (getattr(line, name) for line in (*lines, report.totals) for name in shown)
    )
    return Table(
        say(N_("It adds up: %(unit)s by category")) % {"unit": unit},
        _columns(say(N_("Category")), shown, say),
        tuple(
            Row((line.category, *_cells(line.grams, shown, write)))
            for line in report.categories
            if not line.grams.is_blank
        ),
        (say(N_("All, %(unit)s")) % {"unit": unit}, *_cells(report.totals, shown, write)),
        note=say(_HOW),
        empty=say(N_("Nothing was here and nothing happened in this time.")),
    )


def _by_item(report: Report, say: Say) -> Table:
    shown = shown_columns(line.quantities for line in report.items)
    return Table(
        say(N_("It adds up: every item")),
        _columns(say(N_("Item")), shown, say),
        tuple(_item(line, shown, report.depot.weight_unit) for line in report.items),
        empty=say(N_("Nothing was here and nothing happened in this time.")),
    )


def _columns(first: str, shown: Iterable[str], say: Say) -> tuple[Column, ...]:
    return (Column(first), *(Column(say(COLUMNS[name]), is_figure=True) for name in shown))


def _item(line: ItemLine, shown: Sequence[str], weight_unit: str) -> Row:
    name = line.item
    write: Write = _number
    if line.unit in (GRAM, MILLILITRE):
        unit = weight_unit if line.unit == GRAM else "l"
        numbers = (getattr(line.quantities, column) for column in shown)
        # a millilitre is to a litre what a gram is to a kilogram
        write = _weights("lb" if unit == "lb" else "kg", numbers)
        name = f"{name}, {unit}"
    return Row((name, *_cells(line.quantities, shown, write)))


def _closing(report: Report, say: Say) -> Iterator[Words]:
    sentences = []
    if report.totals.opening_entered:
        told = N_(
            "The opening holds %(weight)s that were entered in this time as having been here"
            " before."
        )
        weight = _weight(report.totals.opening_entered, report)
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


def _cells(figures: Line, shown: Sequence[str], write: Write) -> list[str]:
    return [_signed(getattr(figures, name), write, name in SIGNED) for name in shown]


def _signed(number: int, write: Write, with_plus: bool) -> str:
    """Write a number with a true minus; what is shown as nothing has no sign."""
    shown = write(abs(number))
    if not any(letter in "123456789" for letter in shown):
        return shown
    return f"−{shown}" if number < 0 else f"+{shown}" if with_plus else shown


def _number(number: int) -> str:
    return f"{number:,}"


def _weights(unit: str, numbers: Iterable[int]) -> Write:
    """Return what writes grams in `unit`, all with the same decimals; nothing is a plain 0."""
    decimals = decimals_needed(numbers, unit)
    return lambda grams: f"{large_unit(grams, unit, decimals):,}" if grams else "0"


def _weight(grams: int, report: Report) -> str:
    unit = report.depot.weight_unit
    if unit == "kg" and -1000 < grams < 1000 and grams:
        return f"{_signed(grams, _number, False)} g"
    tenths = large_unit(abs(grams), unit, 1)
    shown = f"{tenths:,.0f}" if tenths == tenths.to_integral_value() else f"{tenths:,}"
    return f"{'−' if grams < 0 and tenths else ''}{shown} {unit}"
