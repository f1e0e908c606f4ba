"""Filing a report, the list of filed ones, and one of them with what came in late since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, reader, show_message
from blueprints.reports import periods
from blueprints.reports.changes import change_table
from blueprints.reports.filed_schemas import FilePeriodSchema
from blueprints.reports.pages import (
    OFFERED_FORMATS,
    need_format,
    report_context,
    send_report,
    show_period,
)
from blueprints.reports.words import both_summaries
from blueprints.words.entries import describe_entry
from depot.base.errors import NotFound
from depot.base.periods import parse_period
from depot.base.text import N_
from depot.joining.attendance import with_hours
from depot.kernel.once import Outcome
from depot.ledger.seal import short_seal
from depot.reports.filing import FiledNumber, file_report
from depot.reports.queries.filed import FiledRow, filed_report, filed_reports, versions_of
from depot.reports.queries.late import Late, find_late
from depot.reports.sums.period_words import period_title
from depot.reports.sums.report import Report
from depot.words import figures

#: So many filed reports stand on one page.
PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class FiledLine:
    """A filed report as a line of the list."""

    title: str
    small: str
    number: str
    href: str


def file() -> ResponseReturnValue:
    """Keep a period's report as it is now."""
    need_coordinator()
    return submit_form(FilePeriodSchema(form=True), file_report, done=_filed, again=_not_filed)


def _filed(outcome: Outcome[FiledNumber]) -> ResponseReturnValue:
    number = outcome.answer.number
    if outcome.answer.is_known:
        said = _("Nothing has changed since: it is filed as number %(number)s.", number=number)
    else:
        said = _("Filed as number %(number)s.", number=number)
    show_message(said)
    return redirect(url_for("reports.filed", number=number), 303)


def _not_filed(form: Form) -> str:
    """Show the period again with what is wrong; one that is none is answered as an error."""
    _session, who = reader()
    return show_period(parse_period(form.values.get("period", ""), who.depot.week_start), form)


def filed_list() -> str:
    """List what was filed, the newest first."""
    session, who = reader()
    before = query_text("before")
    cursor = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    rows = filed_reports(session, who.depot_id, cursor, PAGE_SIZE + 1)
    more = len(rows) > PAGE_SIZE
    older = url_for("reports.filed_list", before=rows[PAGE_SIZE - 1].number) if more else None
    lines = [line_of(row, who.depot.week_start) for row in rows[:PAGE_SIZE]]
    return render_template("reports/filed.html", lines=lines, older=older)


def line_of(row: FiledRow, week_start: int) -> FiledLine:
    """Return a filed report as a line of a list."""
    return FiledLine(
        period_title(parse_period(row.period, week_start), current_reader()),
        filed_words(row),
        _("no. %(number)s", number=row.number),
        url_for("reports.filed", number=row.number),
    )


def filed_words(row: FiledRow) -> str:
    """Say which version it is, when it was filed and by whom."""
    day = figures.day(figures.to_local(row.filed_at, current_reader()).date(), current_reader())
    if row.filed_by:
        words = _(
            "version %(version)s, filed on %(day)s by %(who)s",
            version=row.version,
            day=day,
            who=row.filed_by,
        )
    else:
        words = _("version %(version)s, filed on %(day)s", version=row.version, day=day)
    return str(words)


def filed(number: int) -> str:
    """Show a report as it was filed, and whether anything came in late since."""
    session, who = reader()
    report = _own(number)
    late = find_late(session, who, number)
    versions = versions_of(session, who.depot_id, report.period)
    newer = next((row for row in versions if row.number > number), None)
    return render_template(
        "reports/report.html",
        **report_context(report),
        **both_summaries(session, who.depot, report, current_reader()),
        late=late,
        late_totals=change_table(late.totals, current_reader()) if late else None,
        versions=[
            line_of(row, report.depot.week_start) for row in versions if row.number != number
        ],
        newer=url_for("reports.filed", number=newer.number) if newer else None,
        filed_words=next(filed_words(row) for row in versions if row.number == number),
        live=periods.href_of(report.period),
        not_over=None,
        ways=None,
        may_file=who.is_coordinator,
        pdf=url_for("reports.filed_file", number=number, ending="pdf"),
        files=[
            (ending.upper(), url_for("reports.filed_file", number=number, ending=ending))
            for ending in OFFERED_FORMATS[1:]
        ],
    )


def filed_file(number: int, ending: str) -> Response:
    """Send a filed report as a file."""
    form = need_format(ending)
    session, who = reader()
    return send_report(with_hours(session, who.depot, _own(number)), form)


def late(number: int) -> str:
    """List what came in late since a report was filed, with what it changes."""
    session, who = reader()
    report = _own(number)
    found: Late | None = find_late(session, who, number)
    if found is None:
        raise NotFound(what=N_("filed report"), name=number)
    return render_template(
        "reports/late.html",
        title=period_title(report.period, current_reader()),
        late=found,
        told=[describe_entry(row, current_reader(), url_for) for row in found.entries],
        tables=[
            table
            for changes in (found.totals, found.people, found.items)
            if (table := change_table(changes, current_reader())).rows
        ],
        back_to=url_for("reports.filed", number=number),
        seal=short_seal(found.filed.seal),
    )


def _own(number: int) -> Report:
    session, who = reader()
    report = filed_report(session, who.depot, number)
    if report is None:
        raise NotFound(what=N_("filed report"), name=number)
    return report
