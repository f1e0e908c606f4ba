"""The list of filed reports as a file."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.words.columns import DAY, MOMENT, WHOLE, Column, wall_clock
from blueprints.words.exports import send_list
from depot.reports.queries.filed import filed_reports

_ALL = 1_000_000


def filed_list_file(ending: str) -> Response:
    """Send what was filed, the newest first."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Number"), lambda row: row.number, WHOLE),
        Column(_("Period"), lambda row: row.period),
        Column(_("Version"), lambda row: row.version, WHOLE),
        Column(_("From day"), lambda row: row.first, DAY),
        Column(_("To day"), lambda row: row.last, DAY),
        Column(_("Filed"), lambda row: wall_clock(row.filed_at, reads), MOMENT),
        Column(_("By"), lambda row: row.filed_by),
        Column(_("Line of the book"), lambda row: row.ledger_seq, WHOLE),
        Column(_("Seal"), lambda row: row.seal),
    ]
    rows = filed_reports(session, who.depot_id, limit=_ALL)
    return send_list(ending, _("Filed reports"), columns, rows)
