"""A report as one CSV table: a line for each thing, `section` saying of which kind.

One rectangular table, so that a spreadsheet can filter it and a program can read it. A cell that
does not apply is empty, which is not zero. Quantities are in the item's base unit, weights in
grams. RFC 4180.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from depot.base.units import GRAM
from depot.lists.as_csv import guard_cell
from depot.reports.sums.figures import Figures
from depot.reports.sums.in_kind import InKind
from depot.reports.sums.report import DueGoods, ItemLine, MealFactor, People, Report

Row = dict[str, Any]

_FIGURES: Final = tuple(asdict(Figures()))
_PEOPLE: Final = tuple(asdict(People()))
COLUMNS: Final = (
    "section",
    "period",
    "from",
    "to",
    "name",
    "category",
    "unit",
    *_FIGURES,
    "weight_grams",
    "is_estimated",
    "give_out_until",
    *_PEOPLE,
    "number",
)


def report_as_csv(report: Report) -> str:
    """Return the report as CSV text with a header line; text from people can start no formula."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in _rows(report):
        plain = {name: _cell(value) for name, value in row.items()}
        writer.writerow(plain | _when(report))
    return out.getvalue()


def _when(report: Report) -> Row:
    period = report.period
    return {
        "period": period.name,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
    }


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return guard_cell(value) if isinstance(value, str) else value


def _rows(report: Report) -> Iterator[Row]:
    for item in report.items:
        yield _item(item, "item", item.unit, item.quantities)
    for item in report.items:
        if item.grams is not None:
            yield _item(item, "item_weight", GRAM, item.grams)
    yield from _weights(report)
    for event in report.events:
        yield _row("event", event.name, weight_grams=event.weight_grams, **asdict(event.people))
    yield _row("without_event", "", weight_grams=report.without_event_grams)
    yield from _closing_rows(report)


def _weights(report: Report) -> Iterator[Row]:
    for line in report.categories:
        yield _row("category", line.category, unit=GRAM, **asdict(line.grams))
    yield _row("total", report.depot.name, unit=GRAM, **asdict(report.totals))
    yield _row("estimated", report.depot.name, unit=GRAM, **asdict(report.estimated))
    for share in report.sources:
        yield _row("source", share.kind, weight_grams=share.weight_grams)
    for cell in report.received:
        yield _row("received", cell.kind, category=cell.category, weight_grams=cell.weight_grams)
    for share in report.losses:
        yield _row("reason", share.kind, weight_grams=share.weight_grams)


def _closing_rows(report: Report) -> Iterator[Row]:
    for item in report.below_nothing:
        yield _below_nothing(item)
    yield _row("people", report.depot.name, **asdict(report.people))
    yield from _helped(report)
    if report.hours is not None:
        yield _row("hours_people", "", number=report.hours.people)
        yield _row("hours_minutes", "", number=report.hours.minutes)
    yield _row("food_out", report.depot.name, weight_grams=report.food_out_grams)
    yield _row("meals", _told(report.factor), number=report.meals)
    if report.in_kind is not None:
        yield from _in_kind(report.in_kind)
    for due in report.due or ():
        yield _due(due)
    if report.open_discrepancies is not None:
        yield _row("open_discrepancies", "", number=report.open_discrepancies)
    for line in report.doubts:
        yield _row("doubt", line.doubt.item or line.doubt.text, number=line.seq)
    yield _row("late_entries", "", number=report.late_entries)
    yield _row("seal", report.seal, number=report.seq)
    if report.filed is not None:
        yield _row("filed", report.filed.seal, number=report.filed.number)


def _helped(report: Report) -> Iterator[Row]:
    """People by the depot's own ages; visits, and of how many households those by card were."""
    for line in report.bands:
        ages = str(line.from_age) if line.to_age is None else f"{line.from_age}-{line.to_age}"
        yield _row("people_of_age", ages, number=line.people)
    for name, number in asdict(report.visits).items() if report.visits else ():
        yield _row(f"visits_{name}", "", number=number)


def _in_kind(found: InKind) -> Iterator[Row]:
    """In-kind value: `unit` is the currency, `number` whole minor units of it."""
    for line in found.lines:
        for section, minor in (("given", line.given), ("handed_out", line.handed_out)):
            name = f"in_kind_{section}"
            yield _row(name, line.category, unit=found.currency, number=minor)
    for rate in found.rates:
        unit, about = f"{found.currency}/{rate.per}", rate.item or rate.category
        told = f"{rate.source}, {rate.valid_from.isoformat()}"
        yield _row("in_kind_rate", told, category=about, unit=unit, number=rate.minor)
    yield _row("in_kind_not_valued", "", number=found.not_valued)


def _below_nothing(line: ItemLine) -> Row:
    """An item of which less than nothing is told; the name says why, and what to do."""
    name = (
        f"{line.item}: less than nothing cannot be here. More went out than had come in by then:"
        " write what came in with its day, or count what is there."
    )
    ends = {"opening": line.quantities.opening, "closing": line.quantities.closing}
    return _row("below_nothing", name, category=line.category, unit=line.unit, **ends)


def _told(factor: MealFactor) -> str:
    return ", ".join(part for part in (factor.stated, factor.source, factor.version) if part)


def _due(line: DueGoods) -> Row:
    """What must go out next: `number` is how much of it is here, in the item's own unit."""
    return _row(
        "past" if line.is_past else "due",
        line.item,
        unit=line.unit,
        give_out_until=line.give_out_until.isoformat(),
        weight_grams=line.weight_grams,
        number=line.quantity,
    )


def _item(line: ItemLine, section: str, unit: str, figures: Figures) -> Row:
    """An item's line in its own unit, or the same line as weight."""
    cells = {"category": line.category, "unit": unit, "is_estimated": line.is_estimated}
    return _row(section, line.item, **cells, **asdict(figures))


def _row(section: str, name: str, **cells: Any) -> Row:
    return {"section": section, "name": name} | cells
