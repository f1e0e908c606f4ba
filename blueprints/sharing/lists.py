"""The links to reports as a file: without what opens them."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.sharing.pages import period_name
from blueprints.words.columns import MOMENT, Column, wall_clock
from blueprints.words.exports import send_list
from depot.reports.queries.sharing import list_shares

_ALL = 1_000_000


def index_file(ending: str) -> Response:
    """Send all links, those that ended too, the newest first."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Report"), lambda row: period_name(row.period)),
        Column(_("By"), lambda row: row.made_by or _("the console")),
        Column(_("Since"), lambda row: wall_clock(row.created_at, reads), MOMENT),
        Column(_("Until"), lambda row: wall_clock(row.expires_at, reads), MOMENT),
        Column(_("Ended"), lambda row: wall_clock(row.revoked_at, reads), MOMENT),
        Column(_("Note"), lambda row: row.note),
    ]
    rows = list_shares(session, who.depot_id, _ALL)
    return send_list(ending, _("Links to reports"), columns, rows)
