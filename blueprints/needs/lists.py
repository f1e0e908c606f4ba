"""What is short and what is too much as a file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.needs.words import reason_words, verdict_word
from blueprints.words.columns import (
    FLAG,
    NUMBER,
    WHOLE,
    Column,
    exported_amount,
    unit_word,
    weight_number,
)
from blueprints.words.exports import send_list
from depot.base.clock import utc_now
from depot.needs.queries.needs import list_needs
from depot.words import figures


def index_file(ending: str) -> Response:
    """Send how every category stands, and every item with a rule of its own."""
    session, who = reader()
    reads = current_reader()
    unit = figures.unit_sign(who.depot.weight_unit, reads)
    columns: list[Column[Any]] = [
        Column(_("What"), lambda row: row.name),
        Column(_("Category"), lambda row: row.category),
        Column(_("How it stands"), lambda row: verdict_word(row.verdict, reads)),
        Column(_("Why"), lambda row: reason_words(row, reads)),
        Column(_("Here"), lambda row: exported_amount(row.quantity, row.unit, reads), NUMBER),
        Column(_("Unit"), lambda row: unit_word(row.unit, reads)),
        Column(
            _("Here, %(unit)s", unit=unit),
            lambda row: weight_number(row.stock_grams, reads),
            NUMBER,
        ),
        Column(
            _("Handed out, %(unit)s", unit=unit),
            lambda row: weight_number(row.handed_out_grams, reads),
            NUMBER,
        ),
        Column(
            _("Share of the stock, percent"), lambda row: Decimal(row.stock_permille) / 10, NUMBER
        ),
        Column(_("Share wanted, percent"), lambda row: Decimal(row.wanted_permille) / 10, NUMBER),
        Column(_("Days left"), lambda row: row.days_left, WHOLE),
        Column(_("Left out of the list"), lambda row: row.rule.is_left_out, FLAG),
        Column(_("Note"), lambda row: row.rule.note),
    ]
    rows = list_needs(session, who.depot_id, figures.to_local(utc_now(), reads).date())
    return send_list(ending, _("What we need"), columns, rows)
