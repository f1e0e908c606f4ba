"""Forms for funders: the list, one of them filled in, as files, and edited by a coordinator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, read_form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, reader, show_message
from blueprints.reports import periods
from blueprints.reports.forms.filling import (
    fill_form,
    need_form,
    need_form_format,
    period_for,
    report_for,
    write_form,
)
from blueprints.reports.forms.schemas import ReportFormForm, tidy_form, values_of
from blueprints.reports.pages import OFFERED_FORMATS
from depot.base.kinds import SOURCE_KINDS
from depot.base.periods import Period
from depot.kernel.once import Outcome
from depot.reports.commands.forms import SavedReportForm, save_report_form
from depot.reports.formats.paper_words import factor_words
from depot.reports.forms.filled import FilledTable, FormCell
from depot.reports.forms.filled_files import DECIMALS, heading, numbers_of, unit_of
from depot.reports.forms.forms import FIGURES, MAX_ENTRIES, MAX_TABLES, ROWS, UNITS
from depot.reports.queries.filed import versions_of
from depot.reports.queries.forms import FormRow, report_forms
from depot.reports.sums.period_words import WORDS, period_title
from depot.reports.sums.words import SOURCES
from depot.words import figures

#: So many empty lines stand below those that are filled in.
SPARE_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table of a form as finished texts; a cell without a figure is marked as words."""

    title: str
    head: list[str]
    lines: list[tuple[str, list[tuple[str, bool]]]]
    total: tuple[str, list[tuple[str, bool]]] | None


def form_list() -> str:
    """List the forms, each for the last period of its kind that is over."""
    session, who = reader()
    return render_template(
        "reports/forms.html",
        rows=[
            (row, _(row.form.name) if row.is_start else row.form.name, _(WORDS[row.form.kind].name))
            for row in report_forms(session, who.depot_id)
        ],
        may_edit=who.is_coordinator,
    )


def form(key: str) -> str:
    """Show a form filled in for a period."""
    session, who = reader()
    row = need_form(key)
    period = period_for(row, who, query_text("period"))
    report = report_for(who, period, query_text("filed"))
    done = fill_form(row, report, who)
    versions = versions_of(session, who.depot_id, period)
    today = periods.today_of(who.depot)
    later = period.moved(1)
    kind = WORDS[period.kind]
    number = report.filed.number if report.filed else None
    return render_template(
        "reports/form.html",
        filled=done,
        row=row,
        title=done.form.name,
        period=period_title(period, current_reader()),
        tables=[form_table(table, who.depot.weight_unit) for table in done.tables],
        factor=factor_words(done.factor, current_reader()) if done.factor else None,
        ways=periods.Neighbours(
            url_for("reports.form", key=key, period=period.moved(-1).name),
            url_for("reports.form", key=key, period=later.name) if later.first <= today else None,
            _(kind.before),
            _(kind.after),
        ),
        not_over=None if period.last < today else _(kind.is_running),
        tabs_of=_tabs(key, period, number, [one.number for one in versions]),
        files=[
            (
                ending.upper(),
                url_for(
                    "reports.form_file", key=key, ending=ending, period=period.name, filed=number
                ),
            )
            for ending in OFFERED_FORMATS
        ],
        may_edit=who.is_coordinator,
    )


def _tabs(
    key: str, period: Period, number: int | None, filed: list[int]
) -> list[tuple[str, str, bool]]:
    """Return the ways between a form from the book and from the report that was filed."""
    if not filed:
        return []
    newest = number if number is not None else filed[0]
    return [
        (url_for("reports.form", key=key, period=period.name), _("From the book now"), not number),
        (
            url_for("reports.form", key=key, period=period.name, filed=newest),
            _("From filed report no. %(number)s", number=newest),
            number is not None,
        ),
    ]


def form_file(key: str, ending: str) -> Response:
    """Send a form filled in as a file: pdf, xlsx, csv, html, txt or json."""
    chosen = need_form_format(ending)
    _session, who = reader()
    row = need_form(key)
    period = period_for(row, who, query_text("period"))
    report = report_for(who, period, query_text("filed"))
    name = f"{who.depot.slug}-{key}-{period.name}.{ending}"
    body = write_form(fill_form(row, report, who), chosen)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    mark = "\ufeff".encode() if ending == "csv" else b""
    return Response(mark + body, content_type=chosen.media_type, headers=headers)


def form_table(table: FilledTable, depot_unit: str) -> FormTable:
    """Return a filled-in table as finished texts, with its units in its heads or names."""
    units = [unit_of(entry, depot_unit) for entry in table.entries]
    heads = [
        heading(entry.words, unit, current_reader())
        for entry, unit in zip(table.entries, units, strict=True)
    ]
    numbers = numbers_of(table, depot_unit)
    lines = []
    for number, line in enumerate(table.lines):
        name = heads[number] if table.is_whole else line.name
        of_line = [units[number]] if table.is_whole else units
        lines.append((name, _cells(line.cells, numbers[number], of_line)))
    total = None
    if table.total:
        total = (table.total.name, _cells(table.total.cells, numbers[-1], units))
    head = ["", _("Figure")] if table.is_whole else [table.first, *heads]
    return FormTable(table.title, head, lines, total)


def _cells(
    cells: Sequence[FormCell], numbers: Sequence[Decimal | None], units: Sequence[str]
) -> list[tuple[str, bool]]:
    return [_cell(*told) for told in zip(cells, numbers, units, strict=True)]


def _cell(cell: FormCell, number: Decimal | None, unit: str) -> tuple[str, bool]:
    if number is None:
        return str(_(cell.why)), True
    decimals = DECIMALS.get(unit, 0)
    return figures.decimal(number, current_reader(), most=decimals, least=decimals), False


def new_form() -> str:
    """Show an empty form to fill with tables."""
    need_coordinator()
    return _edit(None, Form({"kind": "month", "tables-0-with_total": "yes"}))


def create_form() -> ResponseReturnValue:
    """Make a form."""
    need_coordinator()
    return _save(None)


def edit_form(key: str) -> str:
    """Show a form to edit."""
    need_coordinator()
    row = need_form(key)
    return _edit(row, Form(values_of(row.form, row.archived)))


def update_form(key: str) -> ResponseReturnValue:
    """Save a form."""
    need_coordinator()
    return _save(need_form(key))


def _save(row: FormRow | None) -> ResponseReturnValue:
    return submit_form(
        ReportFormForm(form=True),
        save_report_form,
        done=_saved,
        again=lambda form: _edit(row, form),
        extra={"key": row.key if row else ""},
        values=tidy_form(read_form()),
    )


def _saved(outcome: Outcome[SavedReportForm]) -> ResponseReturnValue:
    show_message(_("Saved: %(what)s", what=outcome.answer.name))
    return redirect(url_for("reports.form", key=outcome.answer.key), 303)


def _edit(row: FormRow | None, form: Form) -> str:
    tables = sum(f"tables-{number}-title" in form.values for number in range(MAX_TABLES))
    return show_form(
        "reports/edit_form.html",
        form,
        row=row,
        tables=[
            (number, number + 1, _entries(form, number))
            for number in range(min(tables + 1, MAX_TABLES))
        ],
        kinds=[(kind, _(words.name)) for kind, words in WORDS.items()],
        rows=[(key, _(word)) for key, word in ROWS.items() if key],
        whole=_(ROWS[""]),
        figures=[(key, _(known.word)) for key, known in FIGURES.items()],
        units=[(key, _(word)) for key, word in UNITS.items() if key],
        depot_unit=_(UNITS[""]),
        sources=[(kind, _(SOURCES[kind])) for kind in SOURCE_KINDS],
        number=lambda value: figures.number(value, current_reader()),
    )


def _entries(form: Form, table: int) -> list[tuple[int, int]]:
    """Return the places of a table's lines, filled in and some empty, and their numbers."""
    known = [
        place for place in range(MAX_ENTRIES) if f"entries{table}-{place}-words" in form.values
    ]
    return [(place, place + 1) for place in range(min(len(known) + SPARE_LINES, MAX_ENTRIES))]
