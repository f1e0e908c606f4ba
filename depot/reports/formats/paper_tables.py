"""The tables of a report's paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from depot.base.text import N_
from depot.base.units import GRAM, MILLILITRE
from depot.papers.paper import (
    Column,
    Row,
    Table,
)
from depot.reports.formats.paper_words import (
    Say,
    Write,
    cells,
    counted,
    number,
    weight_words,
    weights,
)
from depot.reports.sums.period_words import WORDS
from depot.reports.sums.report import Compared, Due, ItemLine, Report
from depot.reports.sums.words import COLUMNS, shown_columns, source_word
from depot.words.weights import large_unit

_HOW: Final = N_(
    "Opening + in + made − out − lost + count = closing. Made is what production made less what"
    " it used up; count is what was found more, or less, than the book said."
)


def compared(report: Report, say: Say) -> Table:
    """Return this period beside the one before and the mean of those before."""
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
    return "" if column is None else weight_words(column[place], report)


def received(report: Report, say: Say) -> Table:
    """Return what came in, a line a category and a column a source."""
    unit = report.depot.weight_unit
    kinds = [share.kind for share in report.sources]
    found = {(line.category, line.kind): line.weight_grams for line in report.received}
    names = [line.category for line in report.categories if line.grams.sourced]
    rows = [[found.get((name, kind), 0) for kind in kinds] for name in names]
    write = weights(unit, (grams for row in rows for grams in (*row, sum(row))))
    sums = [sum(column) for column in zip(*rows, strict=True)] if rows else [0] * len(kinds)
    columns = [Column(say(source_word(kind)), is_figure=True) for kind in kinds]
    return Table(
        say(N_("Came in, by category and source, %(unit)s")) % {"unit": unit},
        (Column(say(N_("Category"))), *columns, Column(say(N_("All")), is_figure=True)),
        tuple(
            Row((name, *(write(grams) for grams in row), write(sum(row))))
            for name, row in zip(names, rows, strict=True)
        ),
        (say(N_("All, %(unit)s")) % {"unit": unit}, *map(write, sums), write(sum(sums))),
    )


def events(report: Report, say: Say) -> Table:
    """Return what was handed out at each event, and without one."""
    rows = [
        Row(
            (
                event.name,
                weight_words(event.weight_grams, report),
                counted(event.people.households, say),
                counted(event.people.individuals, say),
            )
        )
        for event in report.events
    ]
    if report.without_event_grams or not rows:
        rows.append(
            Row(
                (
                    say(N_("No hand-out named")),
                    weight_words(report.without_event_grams, report),
                    "",
                    "",
                )
            )
        )
    names = (N_("Weight"), N_("Households"), N_("People"))
    return Table(
        say(N_("Handed out at")),
        (Column(say(N_("Hand-out"))), *(Column(say(name), is_figure=True) for name in names)),
        tuple(rows),
        (
            say(N_("All")),
            weight_words(report.totals.handed_out, report),
            counted(report.people.households, say),
            counted(report.people.individuals, say),
        ),
    )


def by_category(report: Report, say: Say) -> Table:
    """Return the weights by category, with as many decimals as make them add up on paper."""
    unit = report.depot.weight_unit
    shown = shown_columns([report.totals])
    lines = [line.grams for line in report.categories]
    write = weights(
        unit, (getattr(line, name) for line in (*lines, report.totals) for name in shown)
    )
    return Table(
        say(N_("It adds up: %(unit)s by category")) % {"unit": unit},
        _columns(say(N_("Category")), shown, say),
        tuple(
            Row((line.category, *cells(line.grams, shown, write)))
            for line in report.categories
            if not line.grams.is_blank
        ),
        (say(N_("All, %(unit)s")) % {"unit": unit}, *cells(report.totals, shown, write)),
        note=say(_HOW),
        empty=say(N_("Nothing was here and nothing happened in this time.")),
    )


def by_item(report: Report, say: Say) -> Table:
    """Return the quantities of every item: pieces, and kilograms or litres to the gram."""
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
    write: Write = number
    if line.unit in (GRAM, MILLILITRE):
        unit = weight_unit if line.unit == GRAM else "l"
        numbers = (getattr(line.quantities, column) for column in shown)
        # a millilitre is to a litre what a gram is to a kilogram
        write = weights("lb" if unit == "lb" else "kg", numbers)
        name = f"{name}, {unit}"
    return Row((name, *cells(line.quantities, shown, write)))


def due(report: Report, found: Iterable[Due], say: Say) -> Table:
    """Return what must go out in the week after."""
    names = (N_("Weight"), N_("Here"))
    return Table(
        say(N_("Must go out in the week after")),
        (
            Column(say(N_("Until"))),
            Column(say(N_("Item"))),
            Column(say(N_("Date on it"))),
            *(Column(say(name), is_figure=True) for name in names),
        ),
        tuple(_due_row(line, report, say) for line in found),
        empty=say(N_("Nothing must.")),
    )


def _due_row(line: Due, report: Report, say: Say) -> Row:
    day = line.give_out_until.isoformat()
    amount = _amount(line.quantity, line.unit, report)
    return Row(
        (
            say(N_("%(day)s, past its day")) % {"day": day} if line.is_past else day,
            line.item,
            line.date_text,
            "" if line.weight_grams is None else weight_words(line.weight_grams, report),
            amount,
        )
    )


def _amount(quantity: int, unit: str, report: Report) -> str:
    if unit == GRAM:
        return weight_words(quantity, report)
    return f"{large_unit(quantity, 'kg', 1):,} l" if unit == MILLILITRE else number(quantity)
