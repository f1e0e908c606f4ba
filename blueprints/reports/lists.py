"""The lists of filed reports and of meal factors as files."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.words.columns import DAY, FLAG, MOMENT, WHOLE, Column, wall_clock
from blueprints.words.exports import send_list
from depot.reports.queries.filed import filed_reports
from depot.reports.queries.forms import meal_factors

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


def factors_file(ending: str) -> Response:
    """Send what counts as a meal: each factor, and which of them counts."""
    need_coordinator()
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("In words"), lambda row: reads.gettext(row.stated)),
        Column(_("Grams a meal"), lambda row: row.grams_per_meal, WHOLE),
        Column(_("Who says so"), lambda row: reads.gettext(row.source)),
        Column(_("As of when"), lambda row: row.version and reads.gettext(row.version)),
        Column(_("Counts"), lambda row: row.is_chosen, FLAG),
    ]
    rows = meal_factors(session, who.depot_id)
    return send_list(ending, _("What counts as a meal"), columns, rows)
