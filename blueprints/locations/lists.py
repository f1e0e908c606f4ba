"""The list of places as a file."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.words.columns import FLAG, Column, place_columns
from blueprints.words.exports import send_list
from depot.base.text import N_
from depot.locations.queries import places

PLACE_KINDS = {"storage": N_("place"), "quarantine": N_("on hold"), "transit": N_("on the way")}


def places_file(ending: str) -> Response:
    """Send all rooms and shelves."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        *place_columns(reads),
        Column(_("Kind"), lambda row: _(PLACE_KINDS.get(row.kind, N_("place")))),
        Column(_("Goods arrive here"), lambda row: row.is_default, FLAG),
        Column(_("No longer in use"), lambda row: row.archived, FLAG),
    ]
    rows = list(places.load_place_tree(session, who.depot_id).places())
    return send_list(ending, _("Places"), columns, rows)
