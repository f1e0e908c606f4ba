"""The list of partners as a file."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, reader
from blueprints.words.columns import FLAG, MOMENT, Column, wall_clock
from blueprints.words.entries import SOURCE_WORDS
from blueprints.words.exports import send_list
from depot.partners.queries import partners


def partners_file(ending: str) -> Response:
    """Send all partners."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Partner"), lambda row: row.name),
        Column(_("Where from"), lambda row: _(SOURCE_WORDS[row.source_kind])),
        Column(_("Last on"), lambda row: wall_clock(row.last_at, reads), MOMENT),
        Column(_("Note"), lambda row: row.note),
        Column(_("No longer in use"), lambda row: row.archived, FLAG),
    ]
    rows = partners.listed_partners(session, who.depot_id, query_text("q"))
    return send_list(ending, _("Partners"), columns, rows)
