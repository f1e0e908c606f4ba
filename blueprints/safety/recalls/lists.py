"""Recalls as files: all of them, and of one what is here, where it went, what was done."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.safety.recalls.pages import need_recall
from blueprints.safety.recalls.words import (
    CONTACT_WORDS,
    GONE_WORDS,
    OUTCOME_WORDS,
    WAY_WORDS,
    gone_name,
)
from blueprints.words.columns import (
    DAY,
    FLAG,
    MOMENT,
    NUMBER,
    WHOLE,
    Column,
    amounts,
    exported_amount,
    totals,
    unit_word,
    wall_clock,
)
from blueprints.words.exports import send_list
from depot.safety.papers.holds import hold_subject
from depot.safety.queries import recall_traces
from depot.safety.queries import recalls as query
from depot.safety.queries.recalls import HereRow


def index_file(ending: str) -> Response:
    """Send all recalls, open ones first."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Recall"), lambda row: row.name),
        Column(_("What is called back"), lambda row: hold_subject(row.hold, reads)),
        Column(_("Still open"), lambda row: row.is_open, FLAG),
        Column(_("Since"), lambda row: wall_clock(row.made_at, reads), MOMENT),
        Column(_("By"), lambda row: row.made_by),
        Column(_("Lots"), lambda row: row.hold.lots, WHOLE),
        *totals(lambda row: row.hold.here, reads, summed=False),
        Column(_("Closed"), lambda row: wall_clock(row.closed_at, reads), MOMENT),
        Column(_("Closed by"), lambda row: row.closed_by),
        Column(_("What came of it"), lambda row: row.close_note),
    ]
    return send_list(ending, _("Recalls"), columns, query.listed_recalls(session, who.depot_id))


def here_file(recall_id: int, ending: str) -> Response:
    """Send where it is now."""
    session, who = reader()
    reads = current_reader()

    def amount(row: HereRow, quantity: int) -> Decimal:
        return exported_amount(quantity, row.goods.unit, reads)

    columns: list[Column[Any]] = [
        Column(_("Place"), lambda row: row.goods.place or _("place not known")),
        Column(_("Crate"), lambda row: ", ".join(row.goods.crates)),
        Column(_("Item"), lambda row: row.goods.item),
        Column(_("Date on it"), lambda row: row.goods.date_text),
        Column(_("Lot"), lambda row: row.goods.lot_code),
        Column(_("Quantity"), lambda row: amount(row, row.goods.quantity), NUMBER),
        Column(_("Found and kept apart"), lambda row: amount(row, row.kept), NUMBER),
        Column(_("Unit"), lambda row: unit_word(row.goods.unit, reads)),
    ]
    rows = query.goods_here(session, who.depot_id, need_recall(recall_id))
    return send_list(ending, _("Called back and here"), columns, rows)


def gone_file(recall_id: int, ending: str) -> Response:
    """Send where the rest went."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Day"), lambda row: row.on, DAY),
        Column(_("What became of it"), lambda row: reads.gettext(GONE_WORDS[row.kind])),
        Column(_("Where"), lambda row: gone_name(row, reads)),
        Column(_("Item"), lambda row: row.item),
        *amounts(reads),
        Column(_("Line of the book"), lambda row: row.seq, WHOLE),
    ]
    trace = recall_traces.trace_of(session, who.depot_id, need_recall(recall_id))
    return send_list(ending, _("Called back and gone"), columns, trace.gone)


def findings_file(recall_id: int, ending: str) -> Response:
    """Send what was found."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("When"), lambda row: wall_clock(row.occurred_at, reads), MOMENT),
        Column(_("What was found"), lambda row: reads.gettext(OUTCOME_WORDS[row.outcome])),
        Column(_("Item"), lambda row: row.item),
        Column(_("Lot"), lambda row: row.lot_code),
        Column(_("Place"), lambda row: row.place),
        *amounts(reads),
        Column(_("Undone"), lambda row: row.is_undone, FLAG),
        Column(_("By"), lambda row: row.by),
        Column(_("Note"), lambda row: row.note),
    ]
    rows = query.findings_of(session, who.depot_id, need_recall(recall_id).id)
    return send_list(ending, _("Called back and found"), columns, rows)


def told_file(recall_id: int, ending: str) -> Response:
    """Send who was told."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("When"), lambda row: wall_clock(row.told_at, reads), MOMENT),
        Column(_("Who was told"), lambda row: row.name),
        Column(_("Why them"), lambda row: reads.gettext(CONTACT_WORDS[row.kind])),
        Column(_("How"), lambda row: reads.gettext(WAY_WORDS[row.way])),
        Column(_("Language"), lambda row: row.language),
        Column(_("By"), lambda row: row.by),
        Column(_("Note"), lambda row: row.note),
    ]
    rows = query.notices_of(session, who.depot_id, need_recall(recall_id).id)
    return send_list(ending, _("Told of the recall"), columns, rows)
