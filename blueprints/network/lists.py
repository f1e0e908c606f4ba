"""Transfers, their lines, offers and what another depot shows, as files."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, reader
from blueprints.words.columns import (
    MOMENT,
    NUMBER,
    WHOLE,
    Column,
    date_word,
    exported_amount,
    unit_word,
    wall_clock,
)
from blueprints.words.exports import send_list
from blueprints.words.network.transfers import STATE_WORDS, transfer_goods, transfer_title
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.network.queries import links as link_query
from depot.network.queries import transfers as query
from depot.words.reader import Reader


def transfers_file(ending: str) -> Response:
    """Send all transfers."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Number"), lambda row: row.id, WHOLE),
        Column(_("Transfer"), lambda row: transfer_title(row, reads)),
        Column(_("How far"), lambda row: _(STATE_WORDS[row.state])),
        Column(_("What"), lambda row: transfer_goods(row, reads)),
        Column(_("Crates"), lambda row: len(row.crates), WHOLE),
        Column(_("Sent"), lambda row: wall_clock(row.sent_at, reads), MOMENT),
        Column(_("Over since"), lambda row: wall_clock(row.closed_at, reads), MOMENT),
        Column(_("Lines missing"), lambda row: len(row.missing), WHOLE),
        Column(_("Note"), lambda row: row.note),
    ]
    return send_list(ending, _("Transfers"), columns, query.listed_transfers(session, who.depot_id))


def lines_file(transfer_id: int, ending: str) -> Response:
    """Send the lines of a transfer."""
    session, who = reader()
    reads = current_reader()
    found = query.transfer_row(session, who.depot_id, transfer_id)
    row = found_or_404(N_("transfer"), transfer_id, found)
    columns: list[Column[Any]] = [
        Column(_("Crate"), lambda line: line.crate_code),
        Column(_("Item"), lambda line: line.item),
        Column(_("Here"), lambda line: line.own_item or ""),
        Column(_("Date on it"), lambda line: line.date_text),
        Column(_("Kind of date"), lambda line: date_word(line.date_kind, reads)),
        Column(_("Lot"), lambda line: line.lot_code),
        _amount_column(_("Sent"), "quantity", reads),
        _amount_column(_("Arrived"), "arrived", reads),
        _amount_column(_("Broken"), "damaged", reads),
        _amount_column(_("Not here"), "outstanding", reads),
        Column(_("Unit"), lambda line: unit_word(line.unit, reads)),
    ]
    return send_list(ending, _("Transfer"), columns, row.lines or row.asked)


def _amount_column(title: str, name: str, reads: Reader) -> Column[Any]:
    def amount(line: Any) -> Decimal:
        return exported_amount(getattr(line, name), line.unit, reads)

    return Column(title, amount, NUMBER)


def shared_file(other_id: int, ending: str) -> Response:
    """Send what another depot shows of its free stock."""
    session, who = reader()
    reads = current_reader()
    link = link_query.link_row(session, who.depot_id, other_id)
    found_or_404(N_("depot"), other_id, link)
    columns: list[Column[Any]] = [
        Column(_("Item"), lambda row: row.item),
        Column(_("Category"), lambda row: row.category),
        Column(_("Free"), lambda row: exported_amount(row.free, row.unit, reads), NUMBER),
        Column(_("Unit"), lambda row: unit_word(row.unit, reads)),
    ]
    day = local_day(utc_now(), who.depot.time_zone)
    rows = link_query.shared_stock(session, who.depot_id, other_id, day)
    return send_list(ending, _("Stock of another depot"), columns, rows)


def offers_file(ending: str) -> Response:
    """Send what the others offer, and what this depot offered."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("The depot"), lambda row: row.depot),
        Column(_("Item"), lambda row: row.item),
        Column(_("Offered"), lambda row: exported_amount(row.quantity, row.unit, reads), NUMBER),
        Column(_("Taken"), lambda row: exported_amount(row.taken, row.unit, reads), NUMBER),
        Column(_("Unit"), lambda row: unit_word(row.unit, reads)),
        Column(_("Until"), lambda row: wall_clock(row.ends_at, reads), MOMENT),
        Column(_("Note"), lambda row: row.note),
    ]
    rows = [
        *link_query.offers_to(session, who.depot_id, utc_now()),
        *link_query.own_offers(session, who.depot_id),
    ]
    return send_list(ending, _("Offers"), columns, rows)
