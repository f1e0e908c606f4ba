"""The printers and the depot's own label sheets as files."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.web import reader
from blueprints.printing.words import PRINTER_WORDS
from blueprints.words.columns import FLAG, NUMBER, WHOLE, Column
from blueprints.words.exports import send_list
from depot.printing import queries


def index_file(ending: str) -> Response:
    """Send the printers by name, those no longer in use last."""
    session, who = reader()
    columns: list[Column[Any]] = [
        Column(_("Printer"), lambda row: row.name),
        Column(_("Kind"), lambda row: _(PRINTER_WORDS[row.kind])),
        Column(_("Label sheet"), lambda row: row.sheet),
        Column(_("Label’s width, mm"), lambda row: _tenths(row.label_width_tenths), NUMBER),
        Column(_("Label’s height, mm"), lambda row: _tenths(row.label_height_tenths), NUMBER),
        Column(_("Moved right, mm"), lambda row: _tenths(row.offset_x_tenths), NUMBER),
        Column(_("Moved down, mm"), lambda row: _tenths(row.offset_y_tenths), NUMBER),
        Column(_("Dots per inch"), lambda row: row.dpi, WHOLE),
        Column(_("Model"), lambda row: row.model),
        Column(_("Address"), lambda row: row.host),
        Column(_("No longer in use"), lambda row: row.archived, FLAG),
    ]
    return send_list(ending, _("Printers"), columns, queries.printers(session, who.depot_id))


def sheets_file(ending: str) -> Response:
    """Send the depot's own label sheets with their measures."""
    session, who = reader()
    measures = (
        (_("Page’s width, mm"), "page_width_micrometres"),
        (_("Page’s height, mm"), "page_height_micrometres"),
        (_("Label’s width, mm"), "label_width_micrometres"),
        (_("Label’s height, mm"), "label_height_micrometres"),
        (_("From the left edge, mm"), "left_micrometres"),
        (_("From the top edge, mm"), "top_micrometres"),
        (_("From label to label across, mm"), "pitch_x_micrometres"),
        (_("From label to label down, mm"), "pitch_y_micrometres"),
    )
    columns: list[Column[Any]] = [
        Column(_("Label sheet"), lambda row: row.name),
        Column(_("Labels across"), lambda row: row.across, WHOLE),
        Column(_("Labels down"), lambda row: row.down, WHOLE),
        *(_measure(title, name) for title, name in measures),
        Column(_("No longer in use"), lambda row: row.archived, FLAG),
    ]
    rows = queries.own_sheets(session, who.depot_id)
    return send_list(ending, _("Label sheets"), columns, rows)


def _measure(title: str, name: str) -> Column[Any]:
    return Column(title, lambda row: Decimal(getattr(row, name)) / 1000, NUMBER)


def _tenths(found: int | None) -> Decimal | None:
    return None if found is None else Decimal(found) / 10
