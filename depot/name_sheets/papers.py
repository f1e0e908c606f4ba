"""The blank sheet of a hand-out, to be signed on paper."""

from __future__ import annotations

from typing import Final

from depot.base.actors import Actor
from depot.distribution.queries.events import EventRow
from depot.name_sheets.keeping import column_titles
from depot.papers.paper import Blanks, Block, Paper, Row, Table, Words
from depot.papers.parts import blank_column, figure_column, make_paper, name_column
from depot.words import figures
from depot.words.reader import Reader

#: So many households fit on a sheet and its back.
_ROWS: Final = 40


def name_sheet_paper(
    event: EventRow, columns: str, statement: str, years: int, who: Actor, reader: Reader
) -> Paper:
    """Return an empty sheet: a number, a name, the household, and the depot's own `columns`."""
    asked = (
        figure_column(reader.gettext("No.")),
        name_column(reader.gettext("Name")),
        blank_column(reader.gettext("People in the household")),
        *map(name_column, column_titles(columns)),
    )
    rows = tuple(
        Row((figures.number(number, reader), *("" for _column in asked[1:])))
        for number in range(1, _ROWS + 1)
    )
    kept = reader.ngettext(
        "Who signs is kept for %(count)s year and then erased. Only few may read it.",
        "Who signs is kept for %(count)s years and then erased. Only few may read it.",
        years,
        count=figures.number(years, reader),
    )
    blocks: list[Block] = [
        *([Words(statement)] if statement else []),
        Table("", asked, rows),
        Words(kept, style="soft"),
        Blanks((reader.gettext("Typed in by"), reader.gettext("Paper destroyed on"))),
    ]
    lead = [f"{event.name} · {figures.moment(event.starts_at, reader)}", event.place]
    return make_paper(
        reader.gettext("Sign-in sheet"), blocks, who, reader, lead=lead, mark=event.name
    )
