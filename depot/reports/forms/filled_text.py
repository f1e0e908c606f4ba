"""A filled-in form as plain text, 78 letters wide, for a terminal or a mail. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from depot.papers.paper import Table
from depot.reports.formats.as_text import WIDTH
from depot.reports.forms.filled import FilledForm
from depot.reports.forms.filled_paper import closing_words, form_as_paper, table_of
from depot.words.reader import ENGLISH, Reader

_GAP: Final = "  "
#: A column of names that has less room is none: then each row is told line by line.
_LEAST_NAME: Final = 16


def form_as_text(form: FilledForm, reader: Reader = ENGLISH) -> str:
    """Return the filled-in form as text that ends with a line feed; `say` translates its words."""
    return "\n".join(line.rstrip() for line in _lines(form, reader)) + "\n"


def _lines(form: FilledForm, reader: Reader) -> Iterator[str]:
    paper = form_as_paper(form, reader)
    title = f"{paper.owner} · {paper.title}"
    yield title
    yield "=" * min(len(title), WIDTH)
    yield from paper.lead
    if form.form.words_before:
        yield ""
        yield from _wrapped(form.form.words_before)
    for table in form.tables:
        yield from _table(table_of(table, form.report.depot.weight_unit, reader))
    for words in closing_words(form, reader):
        yield ""
        yield from _wrapped(words)
    yield ""
    yield from _wrapped(paper.foot)


def _wrapped(words: str) -> Iterator[str]:
    for line in words.splitlines():
        yield from textwrap.wrap(line, WIDTH) or [""]


def _table(table: Table) -> Iterator[str]:
    yield from ("", table.title, "-" * min(len(table.title), WIDTH))
    heads = [column.title for column in table.columns]
    rows = [row.cells for row in table.rows]
    if not rows:
        yield table.empty
        return
    foot = [table.foot] if table.foot else []
    widths = [max(map(len, cells)) for cells in zip(heads, *rows, *foot, strict=True)]
    room = WIDTH - sum(len(_GAP) + wide for wide in widths[1:])
    if room < min(widths[0], _LEAST_NAME):
        yield from _one_by_one(heads, [*rows, *foot])
        return
    widths[0] = max(1, min(widths[0], room))
    yield from _row(heads, widths)
    for row in rows:
        yield from _row(row, widths)
    for cells in foot:
        yield "-" * (sum(widths) + len(_GAP) * (len(widths) - 1))
        yield from _row(cells, widths)


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Yield a row; a name too long for its column is wrapped, its figures stand at its end."""
    *before, name = textwrap.wrap(cells[0], widths[0]) or [""]
    yield from before
    figures = (f"{cell:>{wide}}" for cell, wide in zip(cells[1:], widths[1:], strict=True))
    yield _GAP.join((f"{name:<{widths[0]}}", *figures))


def _one_by_one(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table that is too wide: each row under its name, a line for each of its figures."""
    for name, *cells in rows:
        yield name
        for head, cell in zip(heads[1:], cells, strict=True):
            room = WIDTH - len(_GAP) - len(cell) - 1
            first, *more = textwrap.wrap(head, room) or [""]
            yield f"{_GAP}{first:<{room}} {cell}"
            yield from (f"{_GAP}{line}" for line in more)
