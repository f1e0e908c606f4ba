"""A report as a workbook: one sheet a table, typed cells, totals as formulas.

Weights are grams, quantities the item's base unit: what adds up on paper adds up in the workbook.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from depot.base.text import N_
from depot.reports.formats.in_kind import rate_words
from depot.reports.formats.paper_tables import band_line_facts, visit_facts
from depot.reports.formats.paper_words import below_nothing_words, doubt_line_words
from depot.reports.sums.figures import Figures
from depot.reports.sums.in_kind import InKind, ValuedLine
from depot.reports.sums.report import DueGoods, MealFactor, People, Report
from depot.reports.sums.words import COLUMNS, PEOPLE, UNITS, reason_word, source_word
from depot.words import figures
from depot.words.numbers import major_units
from depot.words.reader import ENGLISH, Reader

Cell = str | int | Decimal | date | None
Rows = Sequence[Sequence[Cell]]
#: Of a sheet, as Excel takes it.
_LONGEST_NAME: Final = 31
_FIGURES: Final = tuple(COLUMNS)


def report_as_xlsx(report: Report, reader: Reader = ENGLISH) -> bytes:
    """Return the report as an XLSX file. Text is written as text and never as a formula."""
    import xlsxwriter  # loaded with the first workbook

    out = io.BytesIO()
    options = {"in_memory": True, "constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheets = _Sheets(book, reader)
        sheets.table(N_("Report"), (N_("Report"), "", ""), _summary(report, reader))
        head = (N_("Category"), *(_grams(word, reader) for word in COLUMNS.values()))
        sheets.table(N_("By category"), head, _categories(report), sums=range(1, len(head)))
        sheets.table(
            N_("By item"),
            (N_("Item"), N_("Category"), N_("Unit"), *COLUMNS.values()),
            _items(report, reader),
        )
        sheets.table(
            N_("Sources"), (N_("From"), N_("Weight, g")), _sources(report, reader), sums=(1,)
        )
        kinds = [share.kind for share in report.sources]
        head = (N_("Category"), *(_grams(source_word(kind), reader) for kind in kinds))
        received = _received(report, kinds)
        sheets.table(N_("In by category"), head, received, sums=range(1, len(head)))
        sheets.table(
            N_("Losses"), (N_("Because"), N_("Weight, g")), _losses(report, reader), sums=(1,)
        )
        sheets.table(
            N_("Events"),
            (N_("Event"), *PEOPLE.values(), N_("Weight, g")),
            _events(report, reader),
            sums=(8,),
        )
        sheets.table(
            N_("Weeks"),
            (N_("Period"), N_("In, g"), N_("Made, g"), N_("Out, g"), N_("Lost, g")),
            _weeks(report),
        )
        _write_optional(sheets, report, reader)
        if report.due is not None:
            _write_due(sheets, report.due, reader)
    return out.getvalue()


class _Sheets:
    """Writes tables, each on a sheet of its own."""

    def __init__(self, book: Any, reader: Reader) -> None:
        self.book = book
        self.say = reader.gettext
        self.bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.number = book.add_format({"num_format": "#,##0"})
        self.money = book.add_format({"num_format": "#,##0.00"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.total = book.add_format({"bold": True, "top": 1, "num_format": "#,##0"})
        self.money_total = book.add_format({"bold": True, "top": 1, "num_format": "#,##0.00"})

    def table(
        self,
        name: str,
        head: Sequence[str],
        rows: Rows,
        sums: Sequence[int] = (),
    ) -> None:
        """Write a sheet: a header that stays in view, rows, and sums of the columns `sums`."""
        sheet = self.book.add_worksheet(self.say(name)[:_LONGEST_NAME])
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, len(head) - 1, 14)
        sheet.freeze_panes(1, 1)
        for column, text in enumerate(head):
            sheet.write_string(0, column, self.say(text), self.bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                self._cell(sheet, number, column, cell)
        if sums and rows:
            sheet.write_string(len(rows) + 1, 0, self.say(N_("All")), self.total)
            for column in sums:
                self._sum(sheet, rows, column)

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            sheet.write_string(row, column, cell)
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, cell, self.day)
        elif cell is not None:
            form = self.money if isinstance(cell, Decimal) else self.number
            sheet.write_number(row, column, cell, form)

    def _sum(self, sheet: Any, rows: Rows, column: int) -> None:
        """A formula, together with its result for programs that do not calculate."""
        from xlsxwriter.utility import xl_col_to_name

        letter, last = xl_col_to_name(column), len(rows) + 1
        known = [cell for row in rows if isinstance(cell := row[column], int | Decimal)]
        is_money = any(isinstance(cell, Decimal) for cell in known)
        form = self.money_total if is_money else self.total
        sheet.write_formula(last, column, f"=SUM({letter}2:{letter}{last})", form, sum(known))


def _write_optional(sheets: _Sheets, report: Report, reader: Reader) -> None:
    """People by the depot's own ages, visits, in-kind value: sheets that not every depot has."""
    if report.bands:
        ages = band_line_facts(report.bands, reader)
        counts = [(age, line.people) for (age, _), line in zip(ages, report.bands, strict=True)]
        sheets.table(N_("Ages"), (N_("Age"), N_("People")), counts, sums=(1,))
    if report.visits is not None:
        told, found = visit_facts(report.visits, reader), report.visits
        counted = (*astuple(found), found.without_card)
        rows = [(name, count) for (name, _), count in zip(told, counted, strict=True)]
        sheets.table(N_("Visits"), (N_("Visits"), N_("How many")), rows)
    if report.in_kind is not None:
        _write_in_kind(sheets, report.in_kind, reader)


def _write_due(sheets: _Sheets, due: Sequence[DueGoods], reader: Reader) -> None:
    head = (
        N_("Must go out until"),
        N_("Item"),
        N_("Date on it"),
        N_("Quantity"),
        N_("Unit"),
        N_("Weight, g"),
    )
    sheets.table(N_("Due"), head, _due(due, reader))


def _write_in_kind(sheets: _Sheets, value: InKind, reader: Reader) -> None:
    head = (
        N_("Category"),
        reader.gettext("Given to us, %(currency)s", currency=value.currency),
        reader.gettext("Handed out, %(currency)s", currency=value.currency),
    )
    rows = [(line.category, *_money(value, line)) for line in value.lines]
    sheets.table(N_("In-kind value"), head, rows, sums=(1, 2))
    head_of_rates = (N_("What it is about"), N_("Rate"), N_("Valid from"), N_("Who says so"))
    sheets.table(N_("Rates"), head_of_rates, _rates(value, reader))


def _money(value: InKind, line: ValuedLine) -> tuple[Decimal, Decimal]:
    given, out = (major_units(minor, value.currency) for minor in (line.given, line.handed_out))
    return given, out


def _rates(value: InKind, reader: Reader) -> list[tuple[Cell, ...]]:
    return [
        (
            rate.item or rate.category or reader.gettext("All goods"),
            rate_words(rate, value.currency, reader),
            rate.valid_from,
            rate.source,
        )
        for rate in value.rates
    ]


def _grams(word: str, reader: Reader) -> str:
    return reader.gettext("%(what)s, g", what=reader.gettext(word))


def _factor(factor: MealFactor, reader: Reader) -> str:
    stated, source = reader.gettext(factor.stated), reader.gettext(factor.source)
    return f"{stated}; {source} {factor.version}".strip()


def _summary(report: Report, reader: Reader) -> list[tuple[Cell, Cell, Cell]]:
    totals, factor = report.totals, report.factor
    return [
        (reader.gettext("The depot"), report.depot.name, None),
        (
            reader.gettext("Period"),
            report.period.name,
            figures.span(report.period.first, report.period.last, reader),
        ),
        (reader.gettext("Came in, g"), totals.sourced, None),
        (
            reader.gettext("Made, g"),
            report.made_grams,
            reader.gettext(
                "from %(grams)s g used up", grams=figures.number(report.used_up_grams, reader)
            ),
        ),
        (reader.gettext("Handed out, g"), totals.handed_out, None),
        (reader.gettext("Lost, g"), totals.lost, None),
        (reader.gettext("Estimated, of what was handed out, g"), report.estimated.handed_out, None),
        (
            reader.gettext("Items without a weight"),
            report.not_weighed,
            reader.gettext("in no figure of weight"),
        ),
        (reader.gettext("Food handed out, g"), report.food_out_grams, None),
        (reader.gettext("Meals"), report.meals, _factor(factor, reader)),
        *((name, number, None) for name, number in _people(report, reader)),
        *_hours(report, reader),
        (reader.gettext("Entries written down when it was over"), report.late_entries, None),
        *_filed(report, reader),
        (reader.gettext("Things still to look at"), report.open_discrepancies, None),
        *(
            (reader.gettext("Not said to be right yet"), line.seq, doubt_line_words(line, reader))
            for line in report.doubts
        ),
        *(
            (reader.gettext("Less than nothing"), min(ends.opening, ends.closing), told)
            for line, told in zip(
                report.below_nothing, below_nothing_words(report, reader), strict=True
            )
            for ends in [line.quantities]
        ),
        (reader.gettext("Line of the book"), report.seq, None),
        (reader.gettext("Seal"), report.seal, None),
    ]


def _hours(report: Report, reader: Reader) -> list[tuple[Cell, Cell, Cell]]:
    """Return the hours that people gave, to a tenth, and how many people that were."""
    if report.hours is None:
        return []
    given = report.hours
    people = reader.ngettext("%(num)s person", "%(num)s people", given.people)
    return [(reader.gettext("Hours"), round(Decimal(given.minutes) / 60, 1), people)]


def _filed(report: Report, reader: Reader) -> list[tuple[Cell, Cell, Cell]]:
    if report.filed is None:
        return []
    return [
        (
            reader.gettext("Filed as number"),
            report.filed.number,
            reader.gettext("version %(version)s", version=report.filed.version),
        ),
        (reader.gettext("Filed at"), _moment(report.filed.filed_at, report, reader), None),
        (reader.gettext("Seal of the filed report"), report.filed.seal, None),
    ]


def _moment(instant: datetime, report: Report, reader: Reader) -> str:
    there = replace(reader, time_zone=report.depot.time_zone)
    day = figures.dated_day(figures.to_local(instant, there).date(), there)
    return f"{day} {figures.clock_time(instant, there)}"


def _people(report: Report, reader: Reader) -> list[tuple[str, Cell]]:
    return [
        (reader.gettext(name), reader.gettext("not asked") if number is None else number)
        for name, number in zip(PEOPLE.values(), _counted(report.people), strict=True)
    ]


def _counted(people: People) -> list[int | None]:
    return [getattr(people, figure) for figure in PEOPLE]


def _figures(found: Figures) -> list[int]:
    return [getattr(found, name) for name in _FIGURES]


def _categories(report: Report) -> list[tuple[Cell, ...]]:
    return [(line.category, *_figures(line.grams)) for line in report.categories]


def _items(report: Report, reader: Reader) -> list[tuple[Cell, ...]]:
    return [
        (
            line.item,
            line.category,
            reader.gettext(UNITS[line.unit]),
            *_figures(line.quantities),
        )
        for line in report.items
    ]


def _sources(report: Report, reader: Reader) -> list[tuple[Cell, ...]]:
    return [
        (reader.gettext(source_word(share.kind)), share.weight_grams) for share in report.sources
    ]


def _received(report: Report, kinds: Sequence[str]) -> list[tuple[Cell, ...]]:
    found = {(line.category, line.kind): line.weight_grams for line in report.received}
    return [
        (line.category, *(found.get((line.category, kind), 0) for kind in kinds))
        for line in report.categories
        if line.grams.sourced
    ]


def _due(lines: Sequence[DueGoods], reader: Reader) -> list[tuple[Cell, ...]]:
    return [
        (
            line.give_out_until,
            line.item,
            line.date_text,
            line.quantity,
            reader.gettext(UNITS[line.unit]),
            line.weight_grams,
        )
        for line in lines
    ]


def _losses(report: Report, reader: Reader) -> list[tuple[Cell, ...]]:
    return [
        (reader.gettext(reason_word(share.kind)), share.weight_grams) for share in report.losses
    ]


def _events(report: Report, reader: Reader) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = [
        (event.name, *_counted(event.people), event.weight_grams) for event in report.events
    ]
    if report.without_event_grams:
        rows.append(
            (reader.gettext("No event"), *([None] * len(PEOPLE)), report.without_event_grams)
        )
    return rows


def _weeks(report: Report) -> list[tuple[Cell, ...]]:
    return [(line.period.name, *line.grams) for line in (*report.before, report.this)]
