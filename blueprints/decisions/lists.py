"""What is in force, as a file."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.decisions.pages import asked_day
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.words.columns import DAY, MOMENT, WHOLE, Column, wall_clock
from blueprints.words.exports import send_list
from depot.base.clock import local_day, utc_now
from depot.decisions.queries.lists import agreements

#: More than a group can remember.
MOST = 5000


def in_force_file(ending: str) -> Response:
    """Send what is in force on a day."""
    session, who = reader()
    reads = current_reader()
    day = asked_day("on", local_day(utc_now(), who.depot.time_zone))
    columns: list[Column[Any]] = [
        Column(_("What was agreed"), lambda row: row.title),
        Column(_("In these words"), lambda row: row.text),
        Column(_("When"), lambda row: wall_clock(row.settled_at, reads), MOMENT),
        Column(_("In the room"), lambda row: row.in_room_count, WHOLE),
        Column(_("To look at again"), lambda row: row.review_on, DAY),
        Column(_("Instead of"), lambda row: row.replaces or ""),
    ]
    rows = agreements(session, who.depot, day, None, MOST)
    return send_list(ending, _("What is in force"), columns, rows)
