"""The paper that goes along with a transfer: what was sent, to be ticked off where it arrives."""

from __future__ import annotations

from collections.abc import Iterator

from depot.base.actors import Actor
from depot.network.queries.transfers import TransferLineRow, TransferRow
from depot.papers.paper import Blanks, Block, Column, Paper, Row, Symbol, Table
from depot.papers.parts import blank_column, figure_column, make_paper
from depot.words import figures
from depot.words.reader import Reader


def transfer_paper(row: TransferRow, address: str, who: Actor, reader: Reader) -> Paper:
    """Return a transfer crate by crate; `address` is where the symbol on it leads."""
    ends = (
        reader.gettext("From %(depot)s", depot=row.other),
        reader.gettext("To %(depot)s", depot=who.depot.name),
    )
    if row.direction == "out":
        ends = (
            reader.gettext("From %(depot)s", depot=who.depot.name),
            reader.gettext("To %(depot)s", depot=row.other),
        )
    columns = (
        Column(reader.gettext("Item")),
        Column(reader.gettext("Date on it")),
        Column(reader.gettext("Lot")),
        figure_column(reader.gettext("Sent") if row.lines else reader.gettext("Asked for")),
        blank_column(reader.gettext("Came")),
    )
    blocks: list[Block] = [
        Symbol(address, reader.gettext("Scan to receive it there, or to see how far it is.")),
        Table("", columns, tuple(_rows(row, reader)), empty=reader.gettext("Empty")),
        Blanks((reader.gettext("Loaded by"), reader.gettext("Received by"))),
    ]
    begun = figures.moment(row.sent_at or row.made_at, reader)
    lead = [*ends, begun, row.note]
    return make_paper(reader.gettext("Delivery note"), blocks, who, reader, lead=lead)


def _rows(row: TransferRow, reader: Reader) -> Iterator[Row]:
    for crate in row.crates:
        yield Row((crate.code,), is_heading=True)
        for line in row.inside(crate.code):
            yield _row(line, reader)
    if row.crates and row.loose:
        yield Row((reader.gettext("Loose goods"),), is_heading=True)
    for line in row.loose if row.lines else row.asked:
        yield _row(line, reader)


def _row(line: TransferLineRow, reader: Reader) -> Row:
    dated = figures.lot_date(line.date_kind, line.date_text, reader) if line.date_text else ""
    sent = figures.quantity(line.quantity, line.unit, reader)
    return Row((line.item, dated, line.lot_code, sent, ""))
