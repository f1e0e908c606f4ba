"""Holds, and the goods of one, as files."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, reader
from blueprints.words.columns import (
    DAY,
    FLAG,
    MOMENT,
    WHOLE,
    Column,
    amounts,
    date_word,
    totals,
    wall_clock,
    weight_columns,
)
from blueprints.words.exports import send_list
from depot.base.text import N_
from depot.safety.papers.holds import hold_subject
from depot.safety.queries import holds


def index_file(ending: str) -> Response:
    """Send all holds, open ones first."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Held back"), lambda row: hold_subject(row, reads)),
        Column(_("Why"), lambda row: row.reason),
        Column(_("Still open"), lambda row: row.is_open, FLAG),
        Column(_("Since"), lambda row: wall_clock(row.made_at, reads), MOMENT),
        Column(_("By"), lambda row: row.made_by),
        Column(_("Until when"), lambda row: row.until_on, DAY),
        Column(_("Lots"), lambda row: row.lots, WHOLE),
        *totals(lambda row: row.here, reads, summed=False),
        Column(_("Lifted"), lambda row: wall_clock(row.released_at, reads), MOMENT),
        Column(_("Lifted by"), lambda row: row.released_by),
        Column(_("Why it was lifted"), lambda row: row.release_reason),
    ]
    rows = holds.listed_holds(session, who.depot_id)
    return send_list(ending, _("On hold"), columns, rows)


def goods_file(hold_id: int, ending: str) -> Response:
    """Send where the goods of a hold lie now."""
    session, who = reader()
    reads = current_reader()
    found = found_or_404(N_("hold"), hold_id, holds.hold_row(session, who.depot_id, hold_id))
    columns: list[Column[Any]] = [
        Column(_("Place"), lambda row: row.place or _("place not known")),
        Column(_("Crate"), lambda row: ", ".join(row.crates)),
        Column(_("Item"), lambda row: row.item),
        Column(_("Date on it"), lambda row: row.date_text),
        Column(_("Kind of date"), lambda row: date_word(row.date_kind, reads)),
        Column(_("Lot"), lambda row: row.lot_code),
        *amounts(reads),
        *weight_columns(lambda row: row.weight, reads),
    ]
    return send_list(
        ending, _("On hold"), columns, holds.held_goods(session, who.depot_id, found.id)
    )
