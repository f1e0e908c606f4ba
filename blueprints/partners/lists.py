"""The list of partners, and what one delivered, as files."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, query_text, reader
from blueprints.words.columns import (
    FLAG,
    MOMENT,
    Column,
    ledger_columns,
    ledger_lines,
    wall_clock,
)
from blueprints.words.entries import SOURCE_WORDS
from blueprints.words.exports import send_list
from depot.base.text import N_
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


def deliveries_file(partner_id: int, ending: str) -> Response:
    """Send all that a partner brought or took, a row for each line."""
    session, who = reader()
    facts = partners.partner_facts(session, who.depot_id, partner_id)
    found = found_or_404(N_("partner"), partner_id, facts)
    rows = ledger_lines(partners.deliveries_of(session, who, partner_id))
    return send_list(ending, found.name, ledger_columns(current_reader()), rows)
