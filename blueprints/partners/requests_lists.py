"""Requests and agencies as files."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.partners.words import PER_WORDS, standing_word
from blueprints.words.columns import (
    DAY,
    FLAG,
    MOMENT,
    NUMBER,
    WHOLE,
    Column,
    exported_amount,
    unit_word,
    wall_clock,
)
from blueprints.words.exports import send_list
from depot.partners.queries.agencies import list_agencies
from depot.partners.queries.requests import RequestLine, RequestRow, all_requests


def requests_file(ending: str) -> Response:
    """Send all requests, a row for each kind of goods."""
    session, who = reader()
    reads = current_reader()

    def amount(row: tuple[RequestRow, RequestLine], name: str) -> Decimal | None:
        quantity = getattr(row[1], name)
        return None if quantity is None else exported_amount(quantity, row[1].unit, reads)

    columns: list[Column[Any]] = [
        Column(_("Number"), lambda row: row[0].id, WHOLE),
        Column(_("Agency"), lambda row: row[0].agency),
        Column(_("Needed by"), lambda row: row[0].needed_on, DAY),
        Column(_("How it stands"), lambda row: standing_word(row[0], reads)),
        Column(_("Item"), lambda row: row[1].item),
        Column(_("Asked"), lambda row: amount(row, "asked"), NUMBER),
        Column(_("Approved"), lambda row: amount(row, "approved"), NUMBER),
        Column(_("Taken"), lambda row: amount(row, "taken"), NUMBER),
        Column(_("Unit"), lambda row: unit_word(row[1].unit, reads)),
        Column(_("Brought to them"), lambda row: row[0].is_delivered, FLAG),
        Column(_("Asked at"), lambda row: wall_clock(row[0].asked_at, reads), MOMENT),
        Column(_("Taken by"), lambda row: row[0].signed_by),
        Column(_("Note"), lambda row: row[0].note),
    ]
    rows = [(row, line) for row in all_requests(session, who.depot_id) for line in row.lines]
    return send_list(ending, _("Requests"), columns, rows)


def agencies_file(ending: str) -> Response:
    """Send the agencies with what they said last."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Agency"), lambda row: row.name),
        Column(_("People served"), lambda row: row.said.people if row.said else None, WHOLE),
        Column(_("Per"), lambda row: _(PER_WORDS[row.said.per]) if row.said else ""),
        Column(_("Said on"), lambda row: row.said.said_on if row.said else None, DAY),
        Column(_("What they need"), lambda row: row.said.needs if row.said else ""),
        Column(_("Link since"), lambda row: wall_clock(row.link_since, reads), MOMENT),
        Column(_("No longer in use"), lambda row: row.archived, FLAG),
    ]
    return send_list(ending, _("Agencies"), columns, list_agencies(session, who.depot_id))
