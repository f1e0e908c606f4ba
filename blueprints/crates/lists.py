"""The list of crates, and what happened to one, as files."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.crates.pages import LIST, find_crate_by_address, read_crate_filter
from blueprints.crates.words import STATE_WORDS
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.words.columns import (
    DAY,
    FLAG,
    NUMBER,
    WHOLE,
    Column,
    LedgerLine,
    ledger_columns,
    ledger_lines,
    weight_number,
    weight_title,
)
from blueprints.words.exports import send_list
from blueprints.words.listing.arranged import read_arranged
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.crates.queries.crate_history import whole_history
from depot.crates.queries.crate_lists import CrateLine, all_crates
from depot.words import figures
from depot.words.reader import Reader


def index_file(ending: str) -> Response:
    """Send the crates that the page's filters ask for."""
    session, who = reader()
    reads = current_reader()
    rows = all_crates(session, who.depot_id, read_crate_filter(read_arranged(LIST)))
    columns: list[Column[Any]] = [
        Column(_("Crate"), lambda row: row.code),
        Column(_("Crate number"), lambda row: row.box_number),
        Column(_("Tags"), lambda row: ", ".join(row.tags)),
        Column(_("State"), lambda row: _(STATE_WORDS[row.state])),
        Column(_("Stands at"), lambda row: row.location),
        Column(_("On another crate"), lambda row: row.location_is_crate, FLAG),
        Column(_("In it"), lambda row: _goods(row, reads)),
        Column(_("Kinds of goods"), lambda row: len(row.goods), WHOLE),
        Column(
            weight_title(reads),
            lambda row: weight_number(row.total.grams, reads),
            NUMBER,
            summed=True,
        ),
        Column(
            _("Of it estimated"),
            lambda row: weight_number(row.total.estimated_grams, reads),
            NUMBER,
        ),
        Column(_("Items not weighed"), lambda row: row.total.not_weighed, WHOLE),
        Column(_("Crates on it"), lambda row: row.crates_on_it, WHOLE),
        Column(_("Give out until"), lambda row: row.give_out_until, DAY),
        Column(_("Use by"), lambda row: row.use_by, DAY),
        Column(_("On hold"), lambda row: row.is_held, FLAG),
    ]
    return send_list(ending, _("Crates"), columns, rows)


def history_file(code: str, ending: str) -> Response:
    """Send everything that happened to a crate, a row for each line."""
    session, who = reader()
    head = find_crate_by_address(code)
    if head is None:
        raise NotFound(what=N_("crate"), name=code[:40])
    lines = ledger_lines(whole_history(session, who, head.id))
    rows = (line for line in lines if _is_about(line, head.id))
    return send_list(ending, head.code, ledger_columns(current_reader()), rows)


def _is_about(line: LedgerLine, crate_id: int) -> bool:
    """Say whether a line moved the crate or goods in or out of it: its entry may have others."""
    if line.crate is not None:
        return line.crate.crate.id == crate_id
    return line.goods is not None and crate_id in (line.goods.source.id, line.goods.target.id)


def _goods(row: CrateLine, reads: Reader) -> str:
    return ", ".join(
        _(
            "%(item)s, %(amount)s",
            item=item,
            amount=figures.quantity(quantity, unit, reads),
        )
        for item, quantity, unit in row.goods
    )
