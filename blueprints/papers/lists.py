"""Who gave in a year as a file."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.papers.donors import query_year
from blueprints.words.columns import DAY, WHOLE, Column, totals
from blueprints.words.exports import send_list
from depot.partners.queries import donations
from depot.reports.sums.words import SOURCES


def donors_file(ending: str) -> Response:
    """Send the donors of a year, with how often they gave and what it weighs together."""
    need_coordinator()
    session, who = reader()
    reads = current_reader()
    year = query_year()
    given = donations.given_by_donor(session, who.depot_id, year)
    columns: list[Column[Any]] = [
        Column(_("Partner"), lambda row: row.name),
        Column(_("Where from"), lambda row: reads.gettext(SOURCES[row.source_kind])),
        Column(_("Year"), lambda _row: year, WHOLE),
        Column(_("How many times"), lambda row: row.times, WHOLE),
        Column(_("Last on"), lambda row: row.last_on, DAY),
        *totals(lambda row: given[row.partner_id], reads, summed=True),
    ]
    rows = donations.donors_of(session, who.depot_id, year)
    return send_list(ending, f"{_('Who gave')} {year}", columns, rows)
