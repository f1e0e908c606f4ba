"""Reports as pages that print well, and as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from blueprints.frame.edge.positions import read_report
from blueprints.frame.forms import Form, show_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, reader
from blueprints.reports import periods, words
from blueprints.words.charts import drawn
from depot.base.actors import Actor
from depot.base.periods import Period, week_of
from depot.joining.attendance import with_hours
from depot.ledger.seal import short_seal
from depot.reports.formats import paper_tables, paper_words, rankings
from depot.reports.formats.as_paper import flows_chart
from depot.reports.formats.formats import FORMATS, Format, file_name
from depot.reports.formats.in_kind import in_kind_table
from depot.reports.formats.paper_words import doubt_line_words
from depot.reports.queries.filed import FiledRow, versions_of
from depot.reports.queries.late import count_late
from depot.reports.queries.reports import make_report
from depot.reports.sums.period_words import WORDS, period_title
from depot.reports.sums.report import Report

#: What a spreadsheet program needs at the beginning of a CSV file to read its accents.
_BYTE_ORDER_MARK = "\ufeff".encode()
#: The files a page offers, what most people want first.
OFFERED_FORMATS = ("pdf", "xlsx", "csv", "html", "txt", "json")


def weekly() -> str:
    """Show the week asked for, else the last complete one."""
    _session, who = reader()
    return show_period(periods.query_week(who.depot, query_text("week")), Form())


def period() -> str:
    """Show a month, a quarter, a year, or any days."""
    _session, who = reader()
    return show_period(periods.query_period(who.depot), Form())


def show_period(wanted: Period, form: Form) -> str:
    """Show the report of a period as it is now; `form` is that of filing it."""
    session, who = reader()
    report = read_live(wanted, who)
    versions = versions_of(session, who.depot_id, wanted)
    return show_form(
        "reports/report.html",
        form,
        **report_context(report),
        **words.live_summary(session, who.depot, report, current_reader()),
        **_around(report),
        last_filed=last_filed(session, who, versions),
        may_file=who.is_coordinator,
    )


@dataclass(frozen=True, slots=True)
class LastFiled:
    """What a live page says of the newest version filed."""

    number: int
    version: int
    next_version: int
    href: str
    late_href: str
    #: How many lines came in late since.
    late: int


def last_filed(session: Session, who: Actor, versions: Sequence[FiledRow]) -> LastFiled | None:
    """Return the newest version filed; None if there is none."""
    if not versions:
        return None
    newest = versions[0]
    return LastFiled(
        number=newest.number,
        version=newest.version,
        next_version=newest.version + 1,
        href=url_for("reports.filed", number=newest.number),
        late_href=url_for("reports.late", number=newest.number),
        late=count_late(session, who.depot_id, newest),
    )


def weekly_file(ending: str) -> Response:
    """Send a week's report as a file: csv, xlsx, json or txt."""
    form = need_format(ending)
    _session, who = reader()
    return _file(periods.query_week(who.depot, query_text("week")), form)


def period_file(ending: str) -> Response:
    """Send any period's report as a file."""
    form = need_format(ending)
    _session, who = reader()
    return _file(periods.query_period(who.depot), form)


def _file(wanted: Period, form: Format) -> Response:
    session, who = reader()
    report = read_live(wanted, who)
    return send_report(with_hours(session, who.depot, report), form)


def read_live(wanted: Period, who: Actor) -> Report:
    """Return the report of a period as the book has it now."""
    today = periods.today_of(who.depot)
    return read_report(lambda session: make_report(session, who.depot, wanted, today))


def need_format(ending: str) -> Format:
    """Return the form whose files end so. Raises NotFound."""
    form = next((form for form in FORMATS.values() if form.ending == ending), None)
    if form is None:
        raise NotFound()
    return form


def send_report(report: Report, form: Format) -> Response:
    """Return a report as a file to keep."""
    body = form.write(report, current_reader())
    if form.ending == "csv":
        body = _BYTE_ORDER_MARK + body
    return Response(
        body,
        content_type=form.media_type,
        headers={"Content-Disposition": f'{_how()}; filename="{file_name(report, form)}"'},
    )


def _how() -> str:
    """Say whether a file is to be kept, or shown by the browser to be printed from there."""
    return "inline" if query_text("print") else "attachment"


def report_context(report: Report) -> dict[str, Any]:
    """Return what a page shows of a report, filed or not."""
    kind, reads = WORDS[report.period.kind], current_reader()
    return {
        "report": report,
        "filed_seal": short_seal(report.filed.seal) if report.filed else None,
        "words": {"in_figures": _(kind.in_figures), "every": _(kind.every)},
        "title": period_title(report.period, reads),
        "seal": short_seal(report.seal),
        "doubts": [doubt_line_words(line, reads) for line in report.doubts],
        "is_rounded": report.depot.weight_unit == "lb",
        "came_in_against": paper_words.compared_words(report, reads),
        "handed_out_against": _out_against(report),
        "helped": paper_words.helped_words(report.people, reads),
        "lost_because": paper_words.lost_words(report, reads),
        "factor": paper_words.factor_words(report.factor, reads),
        "estimated": paper_words.estimated_words(report, reads),
        "sources": rankings.ranked_sources(report, reads),
        "out_by_category": rankings.ranked_categories(report, reads),
        "losses": rankings.ranked_losses(report, reads),
        "ages": rankings.ranked_ages(report.people, reads),
        "chart": drawn(flows_chart(report, reads), reads),
        "periods": words.shown(paper_tables.period_table(report, reads)),
        "compared": words.shown(paper_tables.comparison_table(report, reads))
        if report.before
        else None,
        "by_category": words.shown(paper_tables.category_table(report, reads)),
        "by_item": words.shown(paper_tables.item_table(report, reads)),
        "events": words.shown(paper_tables.event_table(report, reads, with_days=True)),
        "in_kind": in_kind_table(report.in_kind, reads) if report.in_kind else None,
        "in_kind_rows": words.shown(in_kind_table(report.in_kind, reads))
        if report.in_kind
        else None,
        "people": paper_tables.people_facts(report.people, reads),
        "own_ages": paper_tables.band_line_facts(report.bands, reads),
        "visits": paper_tables.visit_facts(report.visits, reads) if report.visits else None,
        "due": words.due_rows(report, reads, url_for) if report.due is not None else None,
        "needs": words.need_rows(report.needs, reads) if report.needs is not None else None,
        "below_nothing": paper_words.below_nothing_words(report, reads),
    }


def _out_against(report: Report) -> str:
    before = report.previous.handed_out if report.previous else 0
    now = report.totals.handed_out
    return paper_words.change_words(now, before, report, current_reader())


def _around(report: Report) -> dict[str, Any]:
    """Return the ways from a live report to others, and its files."""
    today = periods.today_of(report.depot)
    is_over = report.period.last < today
    return {
        "not_over": None if is_over else _(WORDS[report.period.kind].is_running),
        "live": None,
        "kinds": periods.period_tabs(report.period),
        "ways": periods.neighbours(report.period, today),
        "week_name": week_of(report.period.last, report.depot.week_start).name,
        "pdf": _file_href(report.period, "pdf"),
        "files": [
            (ending.upper(), _file_href(report.period, ending)) for ending in OFFERED_FORMATS[1:]
        ],
    }


def _file_href(wanted: Period, ending: str) -> str:
    if wanted.kind == "week":
        return url_for("reports.weekly_file", ending=ending, week=wanted.name)
    return url_for("reports.period_file", ending=ending, period=wanted.name)
