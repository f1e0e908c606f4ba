"""Who may do what, as a file."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.open_book.words import decision_of
from blueprints.words.columns import MOMENT, Column, wall_clock
from blueprints.words.exports import send_list
from depot.base.actors import ROLE_WORDS
from depot.base.clock import utc_now
from depot.open_book import queries


def index_file(ending: str) -> Response:
    """Send who may do what now."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Name"), lambda row: row.person),
        Column(_("Role"), lambda row: _(ROLE_WORDS[row.role])),
        Column(_("Reads the names"), lambda row: _("yes") if row.reads_names else _("no")),
        Column(_("Since"), lambda row: wall_clock(row.since, reads), MOMENT),
        Column(_("Until"), lambda row: wall_clock(row.until, reads), MOMENT),
        Column(_("By which decision"), lambda row: decision_of(row, reads)),
        Column(_("Why"), lambda row: row.why),
        Column(_("Decision"), lambda row: row.proposal or ""),
    ]
    rows = queries.rights(session, who.depot_id, utc_now())
    return send_list(ending, _("Who may do what"), columns, rows)
