"""Sign-in sheets as files: which there are, and the names of one for who may read them."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import keep_no_copy, reader
from blueprints.name_sheets.pages import need_event
from blueprints.words.columns import DAY, MOMENT, WHOLE, Column, wall_clock
from blueprints.words.exports import send_list
from depot.name_sheets.queries import name_sheets, names_on
from depot.name_sheets.setting import need_names
from depot.people.access_journal import note_reading


def index_file(ending: str) -> Response:
    """Send which sheets there are, without a name."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Hand-out"), lambda row: row.event),
        Column(_("Day"), lambda row: row.held_on, DAY),
        Column(_("Households"), lambda row: row.lines, WHOLE),
        Column(_("Names kept until"), lambda row: row.erased_on, DAY),
        Column(_("Erased"), lambda row: wall_clock(row.erased_at, reads), MOMENT),
    ]
    return send_list(ending, _("Sign-in sheets"), columns, name_sheets(session, who.depot_id))


def names_file(event_id: int, ending: str) -> Response:
    """Send the names of a hand-out to who may read them, once the journal knows of it."""
    session, who = reader()
    event = need_event(event_id)
    need_names(who)
    note_reading(who, "names_taken_along", event.name)
    keep_no_copy()
    columns: list[Column[Any]] = [
        Column(_("Name"), lambda row: row.name),
        Column(_("People in the household"), lambda row: row.people, WHOLE),
    ]
    return send_list(ending, _("Sign-in sheet"), columns, names_on(session, who, event_id))
