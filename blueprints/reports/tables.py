"""A report's tables, as lists of finished texts: head, rows, foot."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.frame.language import current_reader
from blueprints.reports.words import report_title
from depot.papers.paper import Table as PaperTable
from depot.reports.sums.period_words import WORDS
from depot.reports.sums.report import DueGoods, Need, People, Report
from depot.reports.sums.words import PEOPLE
from depot.words import figures

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


def period_table(report: Report) -> Table:
    """Return the figures of the chart: this period and those before, the newest first."""
    words = WORDS[report.period.kind]
    lines = [report.this, *reversed(report.before)]
    return Table(
        _(words.every),
        [_(words.name), _("In"), _("Made"), _("Out"), _("Lost")],
        [
            [
                report_title(line.period),
                *(figures.weight(grams, current_reader()) for grams in line.grams),
            ]
            for line in lines
        ],
    )


def due_rows(report: Report) -> list[DueRow]:
    """Return what must go out next week, the most urgent first."""
    return [
        DueRow(
            line.item,
            figures.quantity(line.quantity, line.unit, current_reader()),
            _until(line),
            "stop" if line.is_past else "count",
            url_for("items.item", item_id=line.item_id),
        )
        for line in report.due or ()
    ]


def _until(line: DueGoods) -> str:
    day = figures.day(line.give_out_until, current_reader())
    if not line.is_past:
        return str(_("give out until %(day)s", day=day))
    if line.date_kind == "use_by":
        return str(_("was to be used by %(day)s", day=day))
    return str(_("was to go out by %(day)s", day=day))


def need_rows(report: Report) -> tuple[list[NeedRow], list[NeedRow]]:
    """Return what is short, the most urgent first, and what there is too much of."""
    found = report.needs
    if found is None:
        return [], []
    return [_need(need) for need in found.short], [_need(need) for need in found.too_much]


def _need(need: Need) -> NeedRow:
    if need.days_left is None:
        return NeedRow(need.name, "")
    if not need.days_left:
        return NeedRow(need.name, str(_("none left")))
    words = ngettext("%(num)s day left", "%(num)s days left", need.days_left)
    return NeedRow(need.name, str(words))


def people_facts(found: People) -> list[tuple[str, str]]:
    """Return the people helped as short facts; what was never asked says so."""
    return [(_(word), _counted(getattr(found, figure))) for figure, word in PEOPLE.items()]


def _counted(number: int | None) -> str:
    return str(_("not asked")) if number is None else figures.number(number, current_reader())
