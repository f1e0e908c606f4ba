"""A filled-in form as a paper: what its PDF and its stand-alone page are made of. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from depot.base.text import N_
from depot.papers.paper import Block, Column, Paper, Row, Table, Words
from depot.reports.formats.as_paper import filed_words, foot_words
from depot.reports.forms.filled import Cell, Filled, FilledForm, Say
from depot.reports.forms.filled_files import heading, number_of, unit_of
from depot.reports.sums.period_words import period_title


def as_paper(form: FilledForm, say: Say = str, language: str = "en") -> Paper:
    """Return the filled-in form as a paper in the depot's size; `say` translates its words."""
    report = form.report
    return Paper(
        title=form.form.name,
        owner=report.depot.name,
        mark=report.period.name,
        lead=(
            period_title(report.period, say, language),
            *filed_words(report, say, language),
        ),
        foot=foot_words(report, say),
        page_of=say(N_("page %(page)s of %(pages)s")),
        size=report.depot.paper_size,
        language=language,
        blocks=tuple(_blocks(form, say)),
    )


def _blocks(form: FilledForm, say: Say) -> Iterator[Block]:
    if form.form.words_before:
        yield Words(form.form.words_before)
    for table in form.tables:
        yield table_of(table, form.report.depot.weight_unit, say)
    for words in closing_words(form, say):
        yield Words(words, "soft")


def closing_words(form: FilledForm, say: Say) -> Iterator[str]:
    """Yield what stands under the tables: the funder's words, whose meals they are, the notes."""
    if form.form.words_after:
        yield form.form.words_after
    if form.factor is not None:
        source = f"{say(form.factor.source)} {form.factor.version}".strip()
        told = "; ".join(part for part in (say(form.factor.stated), source) if part)
        yield say(N_("Meals: %(factor)s.")) % {"factor": told}
    yield from form.notes


def table_of(table: Filled, depot_unit: str, say: Say) -> Table:
    """Return a table of finished texts: a figure in its unit, or the words why there is none.

    A unit that all columns share stands once, in the title, for columns are narrow on paper.
    """
    units = [unit_of(entry, depot_unit) for entry in table.entries]
    shared = units[0] if not table.is_whole and len(set(units)) == 1 else ""
    heads = [
        heading(entry, "" if shared else unit)
        for entry, unit in zip(table.entries, units, strict=True)
    ]
    rows = [
        Row(
            (heads[number], *_written(line.cells, [units[number]], say))
            if table.is_whole
            else (line.name, *_written(line.cells, units, say))
        )
        for number, line in enumerate(table.lines)
    ]
    total = table.total
    return Table(
        f"{table.title}, {shared}" if shared else table.title,
        (
            Column(say(N_("What")) if table.is_whole else table.first),
            *(
                Column(head, is_figure=True)
                for head in ([say(N_("Figure"))] if table.is_whole else heads)
            ),
        ),
        tuple(rows),
        (total.name, *_written(total.cells, units, say)) if total else None,
        empty=say(N_("nothing")),
    )


def _written(cells: Sequence[Cell], units: Sequence[str], say: Say) -> list[str]:
    return [_figure(cell, unit, say) for cell, unit in zip(cells, units, strict=True)]


def _figure(cell: Cell, unit: str, say: Say) -> str:
    number = number_of(cell, unit)
    if number is None:
        return say(cell.why)
    return f"{'−' if number < 0 else ''}{abs(number):,f}"
