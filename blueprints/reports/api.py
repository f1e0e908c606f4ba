"""/reports: a period's report, filing it, and the filed ones."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from flask import Response, jsonify

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.reports.filed_schemas import (
    FiledListAnswer,
    FiledListQuery,
    FilePeriodSchema,
    FileWeekSchema,
    LateAnswer,
)
from blueprints.reports.forms.filling import (
    fill_form,
    need_form,
    period_for,
    report_for,
    write_form,
)
from blueprints.reports.forms.schemas import FilledAnswer, FilledQuery, FormListAnswer
from blueprints.reports.periods import query_week, today_of
from blueprints.reports.schemas import PeriodQuery, ReportAnswer, WeeklyQuery
from depot.base.errors import NotFound
from depot.base.periods import Period, parse_period, parse_week
from depot.base.text import N_
from depot.entries.queries.ledger import EntryRow
from depot.joining.attendance import with_hours
from depot.kernel.once import Outcome
from depot.reports.filing import FiledNumber, FileReport, file_report
from depot.reports.formats.as_json import report_as_json
from depot.reports.formats.formats import FORMATS
from depot.reports.forms.filled_files import form_body
from depot.reports.forms.filled_formats import FORM_FORMATS
from depot.reports.queries.filed import filed_report, filed_reports
from depot.reports.queries.forms import report_forms
from depot.reports.queries.late import find_late
from depot.reports.queries.reports import make_report
from depot.reports.sums.report import Report

blp = ApiBlueprint("reports_api", __name__, description="What came in, was made and handed out.")


@blp.arguments(WeeklyQuery(), location="query")
@blp.response(200, ReportAnswer)
@blp.also_as(form.media_type for name, form in FORMATS.items() if name != "json")
def weekly(query: dict[str, str]) -> object:
    """Return the report of a week: JSON, or with `format` in another form.

    A week that does not add up is no report: 500 `does_not_reconcile`, with the items named.
    """
    _session, who = reader()
    return _answer(_live(query_week(who.depot, query["week"])), query["form"])


@blp.arguments(PeriodQuery(), location="query")
@blp.response(200, ReportAnswer)
@blp.also_as(form.media_type for name, form in FORMATS.items() if name != "json")
def period(query: dict[str, str]) -> object:
    """Return the report of a month, a quarter, a year, a week or any days, like a week's."""
    _session, who = reader()
    return _answer(_live(parse_period(query["period"], who.depot.week_start)), query["form"])


@blp.may_take_two
@blp.arguments(FileWeekSchema())
@blp.response(201, ReportAnswer)
@blp.not_for_everybody
def file_week(command: FileReport, week: str) -> object:
    """Freeze, number and seal the report of a week that is over. For coordinators."""
    named = parse_week(week, actor().depot.week_start).name
    return _filed(file_report(replace(command, period=named), actor()))


@blp.may_take_two
@blp.arguments(FilePeriodSchema())
@blp.response(201, ReportAnswer)
@blp.not_for_everybody
def file_period(command: FileReport) -> object:
    """Freeze, number and seal the report of any period that is over. For coordinators."""
    return _filed(file_report(command, actor()))


@blp.arguments(FiledListQuery(), location="query")
@blp.response(200, FiledListAnswer)
def filed_list(query: dict[str, Any]) -> object:
    """List the filed reports, the newest first, without their figures."""
    session, who = reader()
    limit = query["limit"]
    rows = filed_reports(session, who.depot_id, query["after"], limit + 1)
    more = len(rows) > limit
    told = [
        asdict(row) | {"from": row.first.isoformat(), "to": row.last.isoformat()}
        for row in rows[:limit]
    ]
    return {"filed": told, "next": rows[limit - 1].number if more else None}


@blp.response(200, ReportAnswer)
def filed(number: int) -> object:
    """Return a report as it was filed: it never changes."""
    return report_as_json(_own(number))


@blp.response(200, LateAnswer)
def late(number: int) -> object:
    """List the newest 200 lines that came in late since a report was filed, with the effect."""
    session, who = reader()
    found = find_late(session, who, number)
    if found is None:
        raise NotFound(what=N_("filed report"), name=number)
    return {
        "number": number,
        "count": found.count,
        "earlier": found.earlier,
        "entries": [_entry(row) for row in found.entries],
        "totals": found.totals,
        "items": found.items,
        "people": found.people,
    }


@blp.response(200, FormListAnswer)
def forms() -> object:
    """List the forms for funders."""
    session, who = reader()
    return {
        "forms": [
            {"key": row.key, "name": row.form.name, "kind": row.form.kind, "archived": row.archived}
            for row in report_forms(session, who.depot_id)
        ]
    }


@blp.arguments(FilledQuery(), location="query")
@blp.response(200, FilledAnswer)
@blp.also_as(form.media_type for name, form in FORM_FORMATS.items() if name != "json")
def form(query: dict[str, Any], key: str) -> object:
    """Fill a form in for a period, or from the filed report of that number: grams and counts.

    A cell without a figure says why: it was not recorded, and is not zero. With `format` the
    form comes in another form, in the units that the funder asks for.
    """
    _session, who = reader()
    row = need_form(key)
    wanted = period_for(row, who, query["period"])
    report = report_for(who, wanted, str(query["filed"] or ""))
    done = fill_form(row, report, who)
    if query["form"] == "json":
        return form_body(done)
    chosen = FORM_FORMATS[query["form"]]
    return Response(write_form(done, chosen), content_type=chosen.media_type)


def _entry(row: EntryRow) -> dict[str, Any]:
    return {
        "entry_id": row.entry_id,
        "seq": row.seq,
        "kind": row.kind,
        "occurred_at": row.occurred_at.isoformat(),
        "recorded_at": row.recorded_at.isoformat(),
        "reverses_seq": row.reverses_seq,
        "weight_grams": row.figure.weight_grams,
    }


def _filed(outcome: Outcome[FiledNumber]) -> tuple[dict[str, Any], int]:
    """Answer with the frozen report, the first time as every time."""
    is_new = not (outcome.repeated or outcome.answer.is_known)
    return report_as_json(_own(outcome.answer.number)), 201 if is_new else 200


def _own(number: int) -> Report:
    session, who = reader()
    report = filed_report(session, who.depot, number)
    if report is None:
        raise NotFound(what=N_("filed report"), name=number)
    return with_hours(session, who.depot, report)


def _live(wanted: Period) -> Report:
    session, who = reader()
    report = make_report(session, who.depot, wanted, today_of(who.depot))
    return with_hours(session, who.depot, report)


def _answer(report: Report, form_name: str) -> object:
    if form_name == "json":
        # numbers and texts already: to have the schema write it once more is a third of its cost
        return jsonify(report_as_json(report))
    form = FORMATS[form_name]
    return Response(form.write(report, current_reader()), content_type=form.media_type)
