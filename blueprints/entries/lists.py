"""The ledger and the things to look at as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.words import entries as words
from blueprints.words.columns import (
    DAY,
    FLAG,
    MOMENT,
    NUMBER,
    WHOLE,
    Column,
    date_word,
    exported_amount,
    unit_word,
    wall_clock,
    weight_number,
    weight_title,
)
from blueprints.words.discrepancies import discrepancy_title, resolution_words
from blueprints.words.exports import send_list
from depot.entries.queries.discrepancies import all_discrepancies
from depot.entries.queries.entry_filters import EntryFilter
from depot.entries.queries.entry_lines import LineRow, PlacementRow
from depot.entries.queries.ledger import EntryRow, all_entries
from depot.words.reader import Reader


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of the book as a row of a file: goods that moved, or a crate, or neither."""

    entry: EntryRow
    goods: LineRow | None = None
    crate: PlacementRow | None = None


def send_ledger(ending: str, wanted: EntryFilter) -> Response:
    """Send the wanted entries, a row for each of their lines."""
    session, who = reader()
    reads = current_reader()
    rows = _lines(all_entries(session, who, wanted))
    return send_list(
        ending,
        _("Ledger"),
        [*_entry_columns(reads), *_line_columns(reads), *_more_columns(reads)],
        rows,
    )


def _lines(found: Iterable[EntryRow]) -> Iterator[LedgerLine]:
    for row in found:
        for line in row.lines:
            yield LedgerLine(row, goods=line)
        for placement in row.placements:
            yield LedgerLine(row, crate=placement)
        if not row.lines and not row.placements:
            yield LedgerLine(row)


def _entry_columns(reads: Reader) -> list[Column[Any]]:
    return [
        Column(_("Line of the book"), lambda row: row.entry.seq, WHOLE),
        Column(_("Happened"), lambda row: wall_clock(row.entry.occurred_at, reads), MOMENT),
        Column(_("Written"), lambda row: wall_clock(row.entry.recorded_at, reads), MOMENT),
        Column(_("Kind"), lambda row: _(words.ENTRY_KIND_WORDS[row.entry.kind])),
        Column(
            _("What happened"),
            lambda row: words.entry_title(row.entry, reads).striptags(),
        ),
    ]


def _line_columns(reads: Reader) -> list[Column[Any]]:
    return [
        Column(_("Item"), lambda row: row.goods and row.goods.item),
        Column(_("Amount"), lambda row: _amount(row.goods, reads), NUMBER),
        Column(_("Unit"), lambda row: row.goods and unit_word(row.goods.unit, reads)),
        Column(
            weight_title(reads),
            lambda row: weight_number(row.goods and row.goods.weight_grams, reads),
            NUMBER,
        ),
        Column(_("Date on it"), lambda row: row.goods and row.goods.date_text),
        Column(_("Kind of date"), lambda row: row.goods and date_word(row.goods.date_kind, reads)),
        Column(_("Crate"), lambda row: row.crate and row.crate.crate.name),
        Column(_("From"), lambda row: _place(row, reads, is_target=False)),
        Column(_("To"), lambda row: _place(row, reads, is_target=True)),
    ]


def _amount(line: LineRow | None, reads: Reader) -> Any:
    return None if line is None else exported_amount(line.quantity, line.unit, reads)


def _place(row: LedgerLine, reads: Reader, *, is_target: bool) -> str | None:
    moved = row.goods or row.crate
    if moved is None:
        return None
    place = moved.target if is_target else moved.source
    return words.place_markup(place, reads, is_target).striptags()


def _more_columns(reads: Reader) -> list[Column[Any]]:
    return [
        Column(
            _("Where from"),
            lambda row: reads.gettext(words.SOURCE_WORDS.get(row.entry.source_kind, "")),
        ),
        Column(_("Who from"), lambda row: row.entry.partner),
        Column(_("Hand-out"), lambda row: row.entry.event),
        Column(
            _("Households"), lambda row: row.entry.people and row.entry.people.households, WHOLE
        ),
        Column(_("Why"), lambda row: reads.gettext(words.REASON_WORDS.get(row.entry.reason, ""))),
        Column(_("By"), lambda row: words.author_of(row.entry, reads)),
        Column(_("Note"), lambda row: row.entry.note),
        Column(_("Undone"), lambda row: row.entry.is_undone, FLAG),
        Column(_("Undoes line"), lambda row: row.entry.reverses_seq, WHOLE),
        Column(_("Day"), lambda row: row.entry.occurred_on, DAY),
    ]


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
