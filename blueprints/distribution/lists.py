"""The list of hand-outs, and what went out at one, as files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, reader
from blueprints.words.columns import (
    FLAG,
    MOMENT,
    NUMBER,
    WHOLE,
    Column,
    exported_amount,
    unit_word,
    wall_clock,
    weight_number,
    weight_title,
)
from blueprints.words.exports import send_list
from depot.base.text import N_
from depot.distribution.queries.event_goods import ItemOut, goods_at
from depot.distribution.queries.events import all_events, event_row
from depot.words.reader import Reader

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


def goods_file(event_id: int, ending: str) -> Response:
    """Send what was handed out at one and what came back of it, by item."""
    session, who = reader()
    event = found_or_404(N_("hand-out"), event_id, event_row(session, who.depot_id, event_id))
    rows = goods_at(session, who.depot_id, event_id)
    return send_list(ending, event.name, _goods_columns(current_reader()), rows)


def _goods_columns(reads: Reader) -> list[Column[Any]]:
    def amount(title: str, quantity_of: Callable[[ItemOut], int]) -> Column[Any]:
        return Column(title, lambda row: exported_amount(quantity_of(row), row.unit, reads), NUMBER)

    return [
        Column(_("Item"), lambda row: row.item),
        Column(_("Category"), lambda row: row.category),
        amount(_("Out"), lambda row: row.out),
        amount(_("Came back"), lambda row: row.back),
        amount(_("Handed out"), lambda row: row.net),
        Column(_("Unit"), lambda row: unit_word(row.unit, reads)),
        Column(
            weight_title(reads),
            lambda row: weight_number(row.weight_grams, reads),
            NUMBER,
            summed=True,
        ),
        Column(_("Estimated"), lambda row: row.is_estimated, FLAG),
    ]
