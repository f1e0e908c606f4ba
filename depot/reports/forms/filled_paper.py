"""A filled-in form as a paper: what its PDF and its stand-alone page are made of. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from depot.base.text import N_
from depot.papers.paper import Block, Column, Paper, Row, Table, Words
from depot.reports.formats.as_paper import filed_words, foot_words
from depot.reports.forms.filled import FilledForm, FilledTable, FormCell
from depot.reports.forms.filled_files import heading, numbers_of, unit_of
from depot.reports.sums.period_words import period_title
from depot.words import figures
from depot.words.reader import ENGLISH, Reader


def form_as_paper(form: FilledForm, reader: Reader = ENGLISH) -> Paper:
    """Return the filled-in form as a paper in the depot's size; `say` translates its words."""
    report = form.report
    return Paper(
        title=form.form.name,
        owner=report.depot.name,
        mark=report.period.name,
        lead=(
            period_title(report.period, reader),
            *filed_words(report, reader),
        ),
        foot=foot_words(report, reader),
        page_of=reader.gettext(N_("page %(page)s of %(pages)s")),
        size=report.depot.paper_size,
        language=reader.tag,
        blocks=tuple(_blocks(form, reader)),
    )


def _blocks(form: FilledForm, reader: Reader) -> Iterator[Block]:
    if form.form.words_before:
        yield Words(form.form.words_before)
    for table in form.tables:
        yield table_of(table, form.report.depot.weight_unit, reader)
    for words in closing_words(form, reader):
        yield Words(words, "soft")


def closing_words(form: FilledForm, reader: Reader) -> Iterator[str]:
    """Yield what stands under the tables: the funder's words, whose meals they are, the notes."""
    if form.form.words_after:
        yield form.form.words_after
    if form.factor is not None:
        source = f"{reader.gettext(form.factor.source)} {form.factor.version}".strip()
        told = "; ".join(part for part in (reader.gettext(form.factor.stated), source) if part)
        yield reader.gettext(N_("Meals: %(factor)s.")) % {"factor": told}
    yield from form.notes


def table_of(table: FilledTable, depot_unit: str, reader: Reader) -> Table:
    """Return a table of finished texts: a figure in its unit, or the words why there is none.

    A unit that all columns share stands once, in the title, for columns are narrow on paper.
    """
    units = [unit_of(entry, depot_unit) for entry in table.entries]
    shared = units[0] if not table.is_whole and len(set(units)) == 1 else ""
    heads = [
        heading(entry.words, "" if shared else unit, reader)
        for entry, unit in zip(table.entries, units, strict=True)
    ]
    numbers = numbers_of(table, depot_unit)
    rows = [
        Row(
            (
                heads[place] if table.is_whole else line.name,
                *_written(line.cells, numbers[place], reader),
            )
        )
        for place, line in enumerate(table.lines)
    ]
    total = table.total
    return Table(
        heading(table.title, shared, reader),
        (
            Column(reader.gettext(N_("What")) if table.is_whole else table.first),
            *(
                Column(head, is_figure=True)
                for head in ([reader.gettext(N_("Figure"))] if table.is_whole else heads)
            ),
        ),
        tuple(rows),
        (total.name, *_written(total.cells, numbers[-1], reader)) if total else None,
        empty=reader.gettext(N_("nothing")),
    )


def _written(
    cells: Sequence[FormCell], numbers: Sequence[Decimal | None], reader: Reader
) -> list[str]:
    return [
        reader.gettext(cell.why) if number is None else figures.as_written(number, reader)
        for cell, number in zip(cells, numbers, strict=True)
    ]
