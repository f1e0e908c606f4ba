"""The list of hand-outs as a file."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.words.columns import MOMENT, WHOLE, Column, wall_clock
from blueprints.words.exports import send_list
from depot.base.text import N_
from depot.distribution.queries.events import all_events

EVENT_STATES = {"planned": N_("planned"), "open": N_("open"), "closed": N_("closed")}


def index_file(ending: str) -> Response:
    """Send all hand-outs, the last to begin first."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Hand-out"), lambda row: row.name),
        Column(_("Where"), lambda row: row.place),
        Column(_("Begins"), lambda row: wall_clock(row.starts_at, reads), MOMENT),
        Column(_("State"), lambda row: _(EVENT_STATES[row.state])),
        Column(_("Households expected"), lambda row: row.expected_households, WHOLE),
        Column(_("Households"), lambda row: row.households, WHOLE, summed=True),
        Column(_("Opened"), lambda row: wall_clock(row.opened_at, reads), MOMENT),
        Column(_("Closed"), lambda row: wall_clock(row.closed_at, reads), MOMENT),
    ]
    return send_list(ending, _("Hand-outs"), columns, all_events(session, who.depot_id))
