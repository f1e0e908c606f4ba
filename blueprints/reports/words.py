"""What a report's page shows, as finished texts: its tables, what is to go out, and its summary.

The summary says what changed against the period before and why, what was short when an older
period ended, and the hours that people gave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from blueprints.words.addresses import Address
from blueprints.words.people.attendance import hours_words
from depot.base.actors import DepotView
from depot.base.text import N_
from depot.base.units import GRAM
from depot.joining.attendance import with_hours
from depot.needs.queries.needs import NeedLine, short_first
from depot.needs.queries.past import past_needs
from depot.papers.paper import Table as PaperTable
from depot.reports.formats.paper_tables import due_lines
from depot.reports.formats.paper_words import change_words
from depot.reports.queries.causes import read_causes
from depot.reports.sums.causes import Cause, Compared, FlowChange
from depot.reports.sums.report import HoursGiven, Need, Needs, Report
from depot.words import figures
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


_FLOWS: Final = {
    "sourced": (N_("Came in"), "in"),
    "handed_out": (N_("Handed out"), "out"),
    "lost": (N_("Lost"), "stop"),
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """By how much a flow changed, and what did most of it."""

    kind: str
    name: str
    figure: str
    because: str


def change_rows(compared: Compared, reader: Reader) -> list[ChangeRow]:
    """Return what changed against the period before; what stayed as it was is left out."""
    return [_row(change, reader) for change in compared.changes if change.grams]


def _row(change: FlowChange, reader: Reader) -> ChangeRow:
    name, kind = _FLOWS[change.flow]
    because = figures.listed([_cause(one, reader) for one in change.causes], reader)
    return ChangeRow(
        kind, reader.gettext(name), figures.signed_number(change.grams, GRAM, reader), because
    )


def _cause(cause: Cause, reader: Reader) -> str:
    return reader.gettext(
        "%(reason)s %(weight)s",
        reason=cause.name,
        weight=figures.signed_number(cause.grams, GRAM, reader),
    )


def live_summary(
    session: Session, depot: DepotView, report: Report, reads: Reader
) -> dict[str, Any]:
    """Return what the page of a live report says beside the report itself."""
    told = both_summaries(session, depot, report, reads)
    if not report.before:
        return told
    compared = read_causes(session, depot, report.period)
    meals = report.factor.meals(compared.food_before)
    households = report.people.households
    return told | {
        "changes": change_rows(compared, reads),
        "people_against": ""
        if households is None
        else change_words(households, compared.households_before or 0, report, reads),
        "meals_against": change_words(report.meals, meals, report, reads),
    }


def both_summaries(
    session: Session, depot: DepotView, report: Report, reads: Reader
) -> dict[str, Any]:
    """Return what the page of a report says beside it, filed or not."""
    given = with_hours(session, depot, report).hours
    return {
        "changes": [],
        "people_against": "",
        "meals_against": "",
        "short_then": short_then(session, depot, report, reads),
        "hours_given": hours_words(given.minutes, reads) if given else None,
        "hours_people": people_words(given, reads) if given else "",
    }


def people_words(given: HoursGiven, reader: Reader) -> str:
    """Say how many people gave their time, without a name."""
    return str(reader.ngettext("%(num)s person", "%(num)s people", given.people))


def short_then(
    session: Session, depot: DepotView, report: Report, reader: Reader
) -> tuple[Sequence[NeedRow], Sequence[NeedRow]] | None:
    """Return what was short when an older period ended; None where the report itself tells it."""
    if report.needs is not None or not report.items:
        return None
    closing = {line.item_id: line.quantities.closing for line in report.items}
    lines = past_needs(session, depot.id, report.period.last, closing)
    return need_rows(
        Needs(_named(short_first(lines)), _named([one for one in lines if one.is_too_much])),
        reader,
    )


def _named(lines: Sequence[NeedLine]) -> tuple[Need, ...]:
    return tuple(Need(line.name, line.days_left) for line in lines)
