"""The weekly report as a page that prints well, and as files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, url_for
from werkzeug.exceptions import NotFound

from blueprints.reports import shown, tables
from blueprints.web import asked, reader
from depot.actors import DepotView
from depot.clock import local_day, utc_now
from depot.ledger.seal import short
from depot.periods import Week, last_complete_week, parse_week, week_of
from depot.queries.reports import weekly_report
from depot.reporting.formats import FORMATS, file_name
from depot.reporting.report import WeeklyReport

bp = Blueprint("reports", __name__)
#: What a spreadsheet program needs at the beginning of a CSV file to read its accents.
_BYTE_ORDER_MARK = "\ufeff".encode()
#: The files the page offers, what most people want first.
_OFFERED = ("pdf", "xlsx", "csv", "html", "txt", "json")


@bp.get("/weekly")
def weekly() -> str:
    """Show the week asked for, else the last complete one."""
    session, who = reader()
    week = wanted_week(who.depot, asked("week"))
    report = weekly_report(session, who.depot, week)
    return render_template("reports/weekly.html", **_context(report))


@bp.get("/weekly.<ending>")
def weekly_file(ending: str) -> Response:
    """Send the same report as a file: csv, xlsx, json or txt."""
    form = next((form for form in FORMATS.values() if form.ending == ending), None)
    if form is None:
        raise NotFound()
    session, who = reader()
    report = weekly_report(session, who.depot, wanted_week(who.depot, asked("week")))
    body = form.write(report)
    if ending == "csv":
        body = _BYTE_ORDER_MARK + body
    headers = {"Content-Disposition": f'attachment; filename="{file_name(report, form)}"'}
    return Response(body, content_type=form.media_type, headers=headers)


def wanted_week(depot: DepotView, text: str) -> Week:
    """Return the week named, or the last complete one. Raises Invalid for a week that is none."""
    if text:
        return parse_week(text, depot.week_start)
    return last_complete_week(local_day(utc_now(), depot.time_zone), depot.week_start)


def _context(report: WeeklyReport) -> dict[str, Any]:
    depot, week = report.depot, report.week
    present = week_of(local_day(utc_now(), depot.time_zone), depot.week_start)
    return {
        "report": report,
        "title": shown.week_title(week),
        "is_over": week.last < present.first,
        "earlier": _href(week.moved(-1)),
        "later": _href(week.moved(1)) if week.first < present.first else None,
        "files": [(ending.upper(), _file_href(week, ending)) for ending in _OFFERED],
        "seal": short(report.seal),
        "is_rounded": depot.weight_unit == "lb",
        "came_in_against": shown.against(report.totals.sourced, _last(report, "sourced")),
        "helped": shown.helped(report.people),
        "lost_because": shown.lost_because(report),
        "estimated": shown.estimated(report),
        "sources": shown.sources(report),
        "out_by_category": shown.out_by_category(report),
        "chart": shown.weeks_chart(report),
        "weeks": tables.weeks(report),
        "compared": tables.compared(report) if report.before else None,
        "by_category": tables.by_category(report),
        "by_item": tables.by_item(report),
        "events": tables.events(report),
        "people": tables.people(report.people),
    }


def _last(report: WeeklyReport, figure: str) -> int | None:
    return None if report.last_week is None else int(getattr(report.last_week, figure))


def _href(week: Week) -> str:
    return url_for("reports.weekly", week=week.name)


def _file_href(week: Week, ending: str) -> str:
    return url_for("reports.weekly_file", ending=ending, week=week.name)
