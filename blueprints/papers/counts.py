"""The paper of a count sheet: its lines under the numbers that they have on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from blueprints.frame.api import base_url
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.papers.frame import PaperPage, found_or_404, paper_reader
from depot.base.text import N_
from depot.counts.queries.sheets import SheetView, sheet_view
from depot.counts.sheets import SheetLine
from depot.papers.paper import Blanks, Block, Column, Row, Symbol, Table
from depot.papers.parts import blank_column, box_unit, figure_column, make_paper
from depot.words import figures

#: So many empty lines stand at the end, for what the book does not know.
_FOUND_MORE: Final = 3


def count_lines(sheet_id: int) -> PaperPage:
    """Show the lines of a sheet with room for numbers, in the order in which they are typed in."""
    session, who = reader()
    view = found_or_404(
        N_("count sheet"), str(sheet_id), sheet_view(session, who.depot_id, sheet_id)
    )
    sheet = view.sheet
    columns = [Column(_("Line, item")), Column(_("Date on it"))]
    if not sheet.is_blind:
        columns.append(figure_column(_("The book says")))
    columns.append(blank_column(_("Counted")))
    address = url_for("counts.sheet", sheet_id=sheet_id)
    lead = [
        _("Count what is there, not what should be. Nothing there is 0; not counted stays empty."),
        _("Type it in under the same numbers: the code opens the sheet."),
    ]
    blocks: list[Block] = [
        Blanks((_("Counted by"), _("Day and time"))),
        Table("", tuple(columns), tuple(_rows(view, len(columns))), empty=_("Nothing is here.")),
        Symbol(base_url() + address, _("Type it in here")),
    ]
    words = {"place": sheet.place}
    title = _("Count of %(place)s", **words)
    if sheet.is_blind:
        title = _("Count of %(place)s, blind", **words)
    return PaperPage(make_paper(title, blocks, who, paper_reader(), lead=lead), address)


def _rows(view: SheetView, columns: int) -> Iterator[Row]:
    crate = ""
    for line in view.sheet.lines:
        if line.crate != crate:
            yield Row((line.crate or _("Loose"),), is_heading=True)
            crate = line.crate
        yield Row(tuple(_cells(line, view)))
    yield Row((_("Found more"),), is_heading=True)
    for _line in range(_FOUND_MORE):
        yield Row(("",) * columns)


def _cells(line: SheetLine, view: SheetView) -> Iterator[str]:
    words = {"number": line.number, "item": line.item, "code": line.lot_code}
    has_code = bool(line.lot_code)
    yield (
        _("%(number)s. %(item)s, lot %(code)s", **words)
        if has_code
        else _("%(number)s. %(item)s", **words)
    )
    dated = figures.lot_date(line.date_kind, line.date_text, current_reader())
    yield dated if line.date_text else ""
    if not view.sheet.is_blind:
        yield figures.quantity(view.expected(line), line.unit, current_reader())
    yield box_unit(line.unit, current_reader())
