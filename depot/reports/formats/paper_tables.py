"""The tables of a report, as a page, a paper and a text show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from depot.base.text import N_
from depot.base.units import GRAM, MILLILITRE
from depot.papers.paper import (
    Column,
    Row,
    Table,
)
from depot.reports.formats.adding_up import round_figures, write_steps
from depot.reports.formats.paper_words import (
    figure_cells,
    people_count_words,
    report_weight_words,
)
from depot.reports.sums.period_words import WORDS, period_title
from depot.reports.sums.report import (
    BandLine,
    ComparedFlows,
    DueGoods,
    EventLine,
    ItemLine,
    People,
    Report,
    Visits,
)
from depot.reports.sums.words import COLUMNS, PEOPLE, shown_columns, source_word
from depot.words import figures
from depot.words.figures import WriteNumber, band_words
from depot.words.reader import Reader
from depot.words.weights import table_in_steps

_HOW: Final = N_(
    "Opening + in + made − out − lost + count = closing. Made is what production made less what"
    " it used up; count is what was found more, or less, than the book said."
)


def comparison_table(report: Report, reader: Reader) -> Table:
    """Return this period beside the one before and the mean of those before."""
    count, words = len(report.before), WORDS[report.period.kind]
    names = (N_("Came in"), N_("Made, less used up"), N_("Handed out"), N_("Lost"))
    columns = (report.this.grams, report.previous, report.mean_before)
    return Table(
        reader.gettext(words.in_figures),
        (
            Column(""),
            Column(reader.gettext(words.this), is_figure=True),
            Column(reader.gettext(words.previous), is_figure=True),
            Column(reader.gettext(words.mean) % {"count": count}, is_figure=True),
        ),
        tuple(
            Row(
                (
                    reader.gettext(name),
                    *(_weight_of(column, place, report, reader) for column in columns),
                )
            )
            for place, name in enumerate(names)
        ),
    )


def _weight_of(column: ComparedFlows | None, place: int, report: Report, reader: Reader) -> str:
    return "" if column is None else report_weight_words(column[place], report, reader)


def received_table(report: Report, reader: Reader) -> Table:
    """Return what came in, a line a category and a column a source."""
    unit = report.depot.weight_unit
    sign = figures.unit_sign(unit, reader)
    kinds = [share.kind for share in report.sources]
    found = {(line.category, line.kind): line.weight_grams for line in report.received}
    names = [line.category for line in report.categories if line.grams.sourced]
    rows = [[found.get((name, kind), 0) for kind in kinds] for name in names]
    write = figures.weights(unit, (grams for row in rows for grams in (*row, sum(row))), reader)
    if unit == "lb":
        rows = table_in_steps(rows, unit, 1)
        write = write_steps(1, reader, zero=figures.number(0, reader))
    sums = [sum(column) for column in zip(*rows, strict=True)] if rows else [0] * len(kinds)
    columns = [Column(reader.gettext(source_word(kind)), is_figure=True) for kind in kinds]
    return Table(
        reader.gettext(N_("Came in, by category and source, %(unit)s"), unit=sign),
        (
            Column(reader.gettext(N_("Category"))),
            *columns,
            Column(reader.gettext(N_("All")), is_figure=True),
        ),
        tuple(
            Row((name, *(write(grams) for grams in row), write(sum(row))))
            for name, row in zip(names, rows, strict=True)
        ),
        (reader.gettext(N_("All, %(unit)s"), unit=sign), *map(write, sums), write(sum(sums))),
    )


def event_table(report: Report, reader: Reader, *, with_days: bool = False) -> Table:
    """Return what was handed out at each event, and without one."""
    grams = [*(event.weight_grams for event in report.events), report.without_event_grams]
    shown, total = figures.weight_list(grams, report.depot.weight_unit, reader)
    rows = [
        Row(
            (
                _event_name(event, reader) if with_days else event.name,
                weight,
                people_count_words(event.people.households, reader),
                people_count_words(event.people.individuals, reader),
            )
        )
        for event, weight in zip(report.events, shown, strict=False)
    ]
    if report.without_event_grams or not rows:
        rows.append(
            Row(
                (
                    reader.gettext(N_("No hand-out named")),
                    shown[-1],
                    "",
                    "",
                )
            )
        )
    names = (N_("Weight"), N_("Households"), N_("People"))
    return Table(
        reader.gettext(N_("Handed out at")),
        (
            Column(reader.gettext(N_("Hand-out"))),
            *(Column(reader.gettext(name), is_figure=True) for name in names),
        ),
        tuple(rows),
        (
            reader.gettext(N_("All")),
            total,
            people_count_words(report.people.households, reader),
            people_count_words(report.people.individuals, reader),
        ),
    )


def _event_name(event: EventLine, reader: Reader) -> str:
    """Return a hand-out's name and day: many bear the same name."""
    if event.held_on is None:
        return event.name
    day = figures.day(event.held_on, reader)
    return reader.gettext("%(event)s, %(day)s", event=event.name, day=day)


def category_table(report: Report, reader: Reader) -> Table:
    """Return the weights by category, with as many decimals as make them add up on paper."""
    unit = report.depot.weight_unit
    sign = figures.unit_sign(unit, reader)
    shown = shown_columns([report.totals])
    lines, totals = [line.grams for line in report.categories], report.totals
    write = figures.weights(
        unit, (getattr(line, name) for line in (*lines, totals) for name in shown), reader
    )
    if unit == "lb":
        lines, totals = round_figures(lines, unit, 1)
        write = write_steps(1, reader, zero=figures.number(0, reader))
    return Table(
        reader.gettext(N_("It adds up: %(unit)s by category"), unit=sign),
        _columns(reader.gettext(N_("Category")), shown, reader),
        tuple(
            Row((line.category, *figure_cells(told, shown, write, reader)))
            for line, told in zip(report.categories, lines, strict=True)
            if not line.grams.is_blank
        ),
        (
            reader.gettext(N_("All, %(unit)s"), unit=sign),
            *figure_cells(totals, shown, write, reader),
        ),
        note=reader.gettext(_HOW),
        empty=reader.gettext(N_("Nothing was here and nothing happened in this time.")),
    )


def item_table(report: Report, reader: Reader) -> Table:
    """Return the quantities of every item: pieces, and kilograms or litres to the gram."""
    shown = shown_columns(line.quantities for line in report.items)
    return Table(
        reader.gettext(N_("It adds up: every item")),
        _columns(reader.gettext(N_("Item")), shown, reader),
        tuple(_item(line, shown, report.depot.weight_unit, reader) for line in report.items),
        empty=reader.gettext(N_("Nothing was here and nothing happened in this time.")),
    )


def _columns(first: str, shown: Iterable[str], reader: Reader) -> tuple[Column, ...]:
    return (
        Column(first),
        *(Column(reader.gettext(COLUMNS[name]), is_figure=True) for name in shown),
    )


def _item(line: ItemLine, shown: Sequence[str], weight_unit: str, reader: Reader) -> Row:
    name, told = line.item, line.quantities
    write: WriteNumber = partial(figures.number, reader=reader)
    if line.unit in (GRAM, MILLILITRE):
        unit = weight_unit if line.unit == GRAM else "l"
        numbers = (getattr(line.quantities, column) for column in shown)
        # a millilitre is to a litre what a gram is to a kilogram
        write = figures.weights("kg", numbers, reader)
        if unit == "lb":
            _lines, told = round_figures([told], unit, 1)
            write = write_steps(1, reader, zero=figures.number(0, reader))
        sign = figures.unit_sign(unit, reader)
        name = reader.gettext("%(item)s, %(unit)s", item=name, unit=sign)
    return Row((name, *figure_cells(told, shown, write, reader)))


@dataclass(frozen=True, slots=True)
class DueLine:
    """Goods that must go out next: until which day, and how much of it is here."""

    goods: DueGoods
    #: The day and, if it is over, that it is.
    day: str
    #: The same as a sentence.
    until: str
    weight: str
    amount: str


def due_lines(report: Report, reader: Reader) -> list[DueLine]:
    """Return what must go out in the week after, the most urgent first."""
    return [_due_line(goods, report, reader) for goods in report.due or ()]


def _due_line(goods: DueGoods, report: Report, reader: Reader) -> DueLine:
    day = figures.dated_day(goods.give_out_until, reader)
    weight = ""
    if goods.weight_grams is not None:
        weight = report_weight_words(goods.weight_grams, report, reader)
    until = reader.gettext(_until(goods), day=day)
    if goods.is_past:
        day = reader.gettext("%(day)s, past its day", day=day)
    return DueLine(goods, day, until, weight, _amount(goods, report, reader))


def _until(goods: DueGoods) -> str:
    if not goods.is_past:
        return N_("give out until %(day)s")
    if goods.date_kind == "use_by":
        return N_("was to be used by %(day)s")
    return N_("was to go out by %(day)s")


def due_table(report: Report, reader: Reader) -> Table:
    """Return what must go out in the week after."""
    names = (N_("Weight"), N_("Here"))
    return Table(
        reader.gettext(N_("Must go out in the week after")),
        (
            Column(reader.gettext(N_("Until"))),
            Column(reader.gettext(N_("Item"))),
            Column(reader.gettext(N_("Date on it"))),
            *(Column(reader.gettext(name), is_figure=True) for name in names),
        ),
        tuple(
            Row(
                (
                    line.day,
                    line.goods.item,
                    figures.written_date(line.goods.date_text, reader),
                    line.weight,
                    line.amount,
                )
            )
            for line in due_lines(report, reader)
        ),
        empty=reader.gettext(N_("Nothing must.")),
    )


def _amount(line: DueGoods, report: Report, reader: Reader) -> str:
    if line.unit == GRAM:
        return report_weight_words(line.quantity, report, reader)
    return figures.quantity(line.quantity, line.unit, reader)


def period_table(report: Report, reader: Reader) -> Table:
    """Return the figures of the chart: this period and those before, the newest first."""
    words = WORDS[report.period.kind]
    names = (N_("In"), N_("Made"), N_("Out"), N_("Lost"))
    return Table(
        reader.gettext(words.every),
        (
            Column(reader.gettext(words.name)),
            *(Column(reader.gettext(name), is_figure=True) for name in names),
        ),
        tuple(
            Row(
                (
                    period_title(line.period, reader),
                    *(report_weight_words(grams, report, reader) for grams in line.grams),
                )
            )
            for line in (report.this, *reversed(report.before))
        ),
    )


def visit_facts(visits: Visits, reader: Reader) -> tuple[tuple[str, str], ...]:
    """Return the visits as short facts."""
    told = (
        (N_("Visits"), visits.visits),
        (N_("With a card"), visits.by_card),
        (N_("Different households"), visits.households),
        (N_("Of them new"), visits.new_households),
        (N_("Visits without a card"), visits.without_card),
    )
    return tuple((reader.gettext(name), figures.number(count, reader)) for name, count in told)


def band_line_facts(bands: Iterable[BandLine], reader: Reader) -> tuple[tuple[str, str], ...]:
    """Return the people of each of the depot's own age bands as short facts."""
    return tuple(
        (band_words(one.from_age, one.to_age, reader), figures.number(one.people, reader))
        for one in bands
    )


def people_facts(people: People, reader: Reader) -> tuple[tuple[str, str], ...]:
    """Return the people helped as short facts; what was never asked says so."""
    return tuple(
        (reader.gettext(name), people_count_words(getattr(people, figure), reader))
        for figure, name in PEOPLE.items()
    )
