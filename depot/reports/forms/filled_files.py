"""A filled-in form as CSV, XLSX and JSON. Pure.

JSON has grams and whole numbers. CSV and the workbook have figures in the units the form asks for;
a cell without a figure holds the words why, never a zero.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from depot.base.text import N_
from depot.lists.as_csv import guard_cell
from depot.reports.forms.filled import FilledForm, FilledTable, FormCell
from depot.reports.forms.forms import FIGURES, MEALS, VALUE, WEIGHT, FormEntry
from depot.words import figures
from depot.words.numbers import currency_digits, major_units
from depot.words.reader import ENGLISH, Reader
from depot.words.weights import large_unit, table_that_adds_up, weights_that_add_up

#: Decimals of each unit of weight.
DECIMALS: Final = {"kg": 1, "lb": 0, "t": 2, "g": 0}
_GRAMS_PER_TONNE: Final = 1_000_000
#: No sheet of a workbook has a longer name, nor one with these letters.
_MOST_LETTERS: Final = 31
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_UNITS_IN_JSON: Final = {WEIGHT: "gram", MEALS: "meal", VALUE: "minor_unit"}
_FORMS: Final = {"kg": "#,##0.0", "t": "#,##0.00"}


def unit_of(entry: FormEntry, depot_unit: str) -> str:
    """Return the unit of an entry's figure: of a weight its own or the depot's, else empty.

    That of a value is its currency, in capitals.
    """
    sort = FIGURES[entry.figure].sort
    if sort == VALUE:
        return entry.unit
    return (entry.unit or depot_unit) if sort == WEIGHT else ""


def number_of(cell: FormCell, unit: str) -> Decimal | None:
    """Return a cell's figure in `unit`, rounded half away from zero; None if it has none."""
    if cell.value is None:
        return None
    if unit == "t":
        places = Decimal(1).scaleb(-DECIMALS["t"])
        tonnes = (Decimal(cell.value) / _GRAMS_PER_TONNE).quantize(places, ROUND_HALF_UP)
        return tonnes or abs(tonnes)
    if unit in ("kg", "lb"):
        return large_unit(cell.value, unit, DECIMALS[unit])
    if unit.isupper():
        return major_units(cell.value, unit)
    return Decimal(cell.value)


def numbers_of(table: FilledTable, depot_unit: str) -> list[list[Decimal | None]]:
    """Return the figures of a table's lines, and of its total if it has one, as they are printed.

    The lines of a column add up to the total beneath; columns that are parts of another add up to
    it as well (`sum_column`).
    """
    told = [line.cells for line in (*table.lines, *([table.total] if table.total else []))]
    if table.is_whole:
        units = [unit_of(entry, depot_unit) for entry in table.entries]
        return [
            [number_of(cell, units[number]) for cell in cells] for number, cells in enumerate(told)
        ]
    units = [unit_of(entry, depot_unit) for entry in table.entries]
    columns = [
        _column_numbers([cells[place] for cells in told], unit, has_total=table.total is not None)
        for place, unit in enumerate(units)
    ]
    place = sum_column(table, units)
    if place is not None:
        columns = _across(table, units[place], place, columns)
    return [list(row) for row in zip(*columns, strict=True)] if columns else []


def _column_numbers(
    cells: Sequence[FormCell], unit: str, *, has_total: bool
) -> list[Decimal | None]:
    """Return a column's figures: where its last is their sum, rounded to add up to it."""
    told = [number_of(cell, unit) for cell in cells]
    amounts = [cell.value for cell in cells[:-1] if cell.value is not None]
    total = told[-1] if told else None
    if not has_total or total is None or unit not in DECIMALS:
        return told
    rounded = iter(weights_that_add_up(amounts, unit, DECIMALS[unit], total))
    return [*(None if one is None else next(rounded) for one in told[:-1]), total]


def sum_column(table: FilledTable, units: Sequence[str]) -> int | None:
    """Return the place of the column that is all sources, if each of the others is one of them.

    None where a line's sources are not all told: then there is nothing to add up across.
    """
    sources = [entry.source for entry in table.entries if entry.figure == "sourced"]
    is_split = len(sources) == len(units) and sources.count("") == 1 and len(set(units)) == 1
    if not is_split or len(set(sources)) < len(sources):
        return None
    place = sources.index("")
    for line in table.lines:
        values = [cell.value for cell in line.cells]
        if None in values or sum(v or 0 for v in values) != 2 * (values[place] or 0):
            return None
    return place


def _across(
    table: FilledTable, unit: str, place: int, columns: Sequence[Sequence[Decimal | None]]
) -> list[list[Decimal | None]]:
    """Return the columns with their figures rounded so that both lines and columns add up."""
    parts = [
        [cell.value or 0 for number, cell in enumerate(line.cells) if number != place]
        for line in table.lines
    ]
    rows = table_that_adds_up(parts, unit, DECIMALS[unit])
    if table.total:
        rows.append([sum(column, Decimal(0)) for column in zip(*rows, strict=True)])
    told = [[*row[:place], sum(row, Decimal(0)), *row[place:]] for row in rows]
    return [list(column) for column in zip(*told, strict=True)] or [list(one) for one in columns]


def heading(words: str, unit: str, reader: Reader) -> str:
    """Return the words of an entry or a table with their unit, where they have one."""
    if not unit:
        return words
    sign = unit if unit.isupper() else figures.unit_sign(unit, reader)
    return reader.gettext(N_("%(what)s, %(unit)s"), what=words, unit=sign)


def form_as_json(form: FilledForm) -> bytes:
    """Return the filled-in form as JSON."""
    return (json.dumps(form_body(form), ensure_ascii=False, indent=2) + "\n").encode()


def form_body(form: FilledForm) -> dict[str, Any]:
    """Return the filled-in form as JSON-ready values: grams and counts, null with a reason."""
    report = form.report
    return {
        "form": form.form.name,
        "depot": report.depot.name,
        "kind": report.period.kind,
        "period": report.period.name,
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "filed_number": report.filed.number if report.filed else None,
        "seq": report.seq,
        "words_before": form.form.words_before,
        "tables": [_table(table) for table in form.tables],
        "words_after": form.form.words_after,
        "notes": list(form.notes),
        "grams_per_meal": form.factor.grams_per_meal if form.factor else None,
        "factor_source": form.factor.source if form.factor else None,
        "currency": report.in_kind.currency if report.in_kind else None,
    }


def _table(table: FilledTable) -> dict[str, Any]:
    lines = [*table.lines, *([table.total] if table.total else [])]
    return {
        "title": table.title,
        "columns": [] if table.is_whole else [_column(entry) for entry in table.entries],
        "lines": [
            {"name": line.name, "cells": [_cell(cell) for cell in line.cells]} for line in lines
        ],
        "has_total": table.total is not None,
    }


def _column(entry: FormEntry) -> dict[str, str]:
    sort = FIGURES[entry.figure].sort
    unit = _UNITS_IN_JSON.get(sort, "")
    return {"words": entry.words, "figure": entry.figure, "source": entry.source, "unit": unit}


def _cell(cell: FormCell) -> dict[str, Any]:
    return {"value": cell.value, "why": cell.why}


Row = list[Decimal | str]


def rows_of(table: FilledTable, depot_unit: str, reader: Reader = ENGLISH) -> list[Row]:
    """Return a table as rows of numbers and words: the head, the lines, and the total if any."""
    head: Row = [table.first, *_head(table, depot_unit, reader)]
    rows = [head]
    numbers = numbers_of(table, depot_unit)
    for number, line in enumerate(table.lines):
        name = line.name
        if table.is_whole:
            unit = unit_of(table.entries[number], depot_unit)
            name = heading(table.entries[number].words, unit, reader)
        rows.append([name, *_written(line.cells, numbers[number], reader)])
    if table.total:
        rows.append([table.total.name, *_written(table.total.cells, numbers[-1], reader)])
    return rows


def _head(table: FilledTable, depot_unit: str, reader: Reader) -> list[str]:
    if table.is_whole:
        return [""]
    return [heading(entry.words, unit_of(entry, depot_unit), reader) for entry in table.entries]


def _units(table: FilledTable, number: int, depot_unit: str) -> list[str]:
    """Return the unit of each cell of a line: a line of the whole is one entry."""
    entries = [table.entries[number]] if table.is_whole else table.entries
    return [unit_of(entry, depot_unit) for entry in entries]


def _written(cells: Sequence[FormCell], numbers: Sequence[Decimal | None], reader: Reader) -> Row:
    return [
        reader.gettext(cell.why) if number is None else number
        for cell, number in zip(cells, numbers, strict=True)
    ]


def form_as_csv(form: FilledForm, reader: Reader = ENGLISH) -> bytes:
    """Return the tables one under another as CSV, each with its title; no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    period = form.report.period
    writer.writerow([guard_cell(form.report.depot.name), period.first, period.last])
    for table in form.tables:
        writer.writerow([])
        writer.writerow([guard_cell(table.title)])
        for row in rows_of(table, form.report.depot.weight_unit, reader):
            writer.writerow(
                [guard_cell(cell) if isinstance(cell, str) else f"{cell:f}" for cell in row]
            )
    for words in _closing(form, reader):
        writer.writerow([])
        writer.writerow([guard_cell(words)])
    return out.getvalue().encode()


def _closing(form: FilledForm, reader: Reader) -> list[str]:
    words = [form.form.words_after, *form.notes]
    if form.factor is not None:
        told = (form.factor.stated, form.factor.source, form.factor.version)
        words.append("; ".join(reader.gettext(part) for part in told if part))
    return [one for one in words if one]


def form_as_xlsx(form: FilledForm, reader: Reader = ENGLISH) -> bytes:
    """Return a workbook with a sheet for each table; text is written as text, never a formula."""
    import xlsxwriter  # loaded with the first workbook

    out = io.BytesIO()
    options = {"in_memory": True, "constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        for number, table in enumerate(form.tables, start=1):
            sheet = book.add_worksheet(_sheet_name(number, table.title))
            sheet.set_column(0, 0, 36)
            sheet.set_column(1, 14, 16)
            sheet.freeze_panes(1, 1)
            _write_rows(book, sheet, table, form.report.depot.weight_unit, bold, reader)
        notes = book.add_worksheet(reader.gettext(N_("Notes")))
        notes.set_column(0, 0, 90)
        period = form.report.period
        days = figures.span(period.first, period.last, reader)
        told = [form.form.name, f"{form.report.depot.name}, {days}"]
        for row, words in enumerate([*told, form.form.words_before, *_closing(form, reader)]):
            notes.write_string(row, 0, words)
    return out.getvalue()


def _write_rows(
    book: Any, sheet: Any, table: FilledTable, depot_unit: str, bold: Any, reader: Reader
) -> None:
    formats: dict[str, Any] = {}
    for number, row in enumerate(rows_of(table, depot_unit, reader)):
        units = _units(table, max(number - 1, 0) % max(len(table.entries), 1), depot_unit)
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell, *([bold] if not number else []))
                continue
            form = _FORMS.get(units[column - 1], _money_form(units[column - 1]))
            style = formats.setdefault(form, book.add_format({"num_format": form}))
            sheet.write_number(number, column, float(cell), style)


def _money_form(unit: str) -> str:
    digits = currency_digits(unit) if unit.isupper() else 0
    return f"#,##0.{'0' * digits}" if digits else "#,##0"


def _sheet_name(number: int, title: str) -> str:
    name = f"{number} {title.translate(_NOT_IN_NAMES).strip()}"
    return name[:_MOST_LETTERS].strip()
