"""The ledger and the things to look at as files."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.words.columns import (
    MOMENT,
    NUMBER,
    WHOLE,
    Column,
    exported_amount,
    ledger_columns,
    ledger_lines,
    unit_word,
    wall_clock,
)
from blueprints.words.discrepancies import discrepancy_title, resolution_words
from blueprints.words.exports import send_list
from depot.entries.queries.discrepancies import all_discrepancies
from depot.entries.queries.entry_filters import EntryFilter
from depot.entries.queries.ledger import all_entries
from depot.words.reader import Reader


def send_ledger(ending: str, wanted: EntryFilter) -> Response:
    """Send the wanted entries, a row for each of their lines."""
    session, who = reader()
    rows = ledger_lines(all_entries(session, who, wanted))
    return send_list(ending, _("Ledger"), ledger_columns(current_reader()), rows)


def send_discrepancies(ending: str) -> Response:
    """Send what there was to look at, settled or not."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("What"), lambda row: discrepancy_title(row, reads).striptags()),
        Column(_("Since"), lambda row: wall_clock(row.opened_at, reads), MOMENT),
        Column(_("By"), lambda row: row.person),
        Column(_("The book said"), lambda row: _of(row, row.expected, reads), NUMBER),
        Column(_("Found"), lambda row: _of(row, row.actual, reads), NUMBER),
        Column(_("Unit"), lambda row: row.unit and unit_word(row.unit, reads)),
        Column(_("Line of the book"), lambda row: row.entry_seq, WHOLE),
        Column(
            _("Settled"),
            lambda row: resolution_words(row, reads) if row.resolved_at else None,
        ),
        Column(_("Settled on"), lambda row: wall_clock(row.resolved_at, reads), MOMENT),
    ]
    return send_list(
        ending, _("Things to look at"), columns, all_discrepancies(session, who.depot_id)
    )


def _of(row: Any, quantity: int | None, reads: Reader) -> Any:
    return (
        None if quantity is None or row.unit is None else exported_amount(quantity, row.unit, reads)
    )
