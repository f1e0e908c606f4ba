"""A report's tables for a page, as lists of finished texts; what is to go out leads on."""

from __future__ import annotations

from dataclasses import dataclass

from blueprints.words.addresses import Address
from depot.papers.paper import Table as PaperTable
from depot.reports.formats.paper_tables import due_lines
from depot.reports.sums.report import Need, Needs, Report
from depot.words.reader import Reader

Row = list[str]


@dataclass(frozen=True, slots=True)
class DueRow:
    """Goods that must go out next: what, how much, until when, and the colour of it."""

    item: str
    figure: str
    until: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class NeedRow:
    """Something short or too much, and how long it lasts as things go."""

    name: str
    figure: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its label, column names, rows whose first cell is their name, and totals."""

    label: str
    head: Row
    rows: list[Row]
    foot: Row | None = None


def shown(table: PaperTable) -> Table:
    """Return a table of a report's paper as a page shows it."""
    return Table(
        table.title,
        [column.title for column in table.columns],
        [list(row.cells) for row in table.rows],
        list(table.foot) if table.foot else None,
    )


def due_rows(report: Report, reader: Reader, address: Address) -> list[DueRow]:
    """Return what must go out next week, the most urgent first."""
    return [
        DueRow(
            line.goods.item,
            line.amount,
            line.until,
            "stop" if line.goods.is_past else "count",
            address("items.item", item_id=line.goods.item_id),
        )
        for line in due_lines(report, reader)
    ]


def need_rows(found: Needs, reader: Reader) -> tuple[list[NeedRow], list[NeedRow]]:
    """Return what is short, the most urgent first, and what there is too much of."""
    return [_need(need, reader) for need in found.short], [
        _need(need, reader) for need in found.too_much
    ]


def _need(need: Need, reader: Reader) -> NeedRow:
    if need.days_left is None:
        return NeedRow(need.name, "")
    if not need.days_left:
        return NeedRow(need.name, reader.gettext("none left"))
    words = reader.ngettext("%(num)s day left", "%(num)s days left", need.days_left)
    return NeedRow(need.name, str(words))
