"""One report, for whoever holds its link: the page and its files, and nothing else of the depot.

If the period was filed, what was filed is shown, the newest version first; else the figures of now.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Response, render_template, url_for
from werkzeug.exceptions import NotFound

from blueprints.frame.edge.positions import read_report
from blueprints.frame.guards import token_hash
from blueprints.frame.language import current_reader, read_in_depot
from blueprints.frame.security import keep_quiet
from blueprints.frame.web import kept_for_all
from blueprints.sharing.blocks import paper_blocks
from depot.base.actors import DepotView
from depot.base.clock import local_day, utc_now
from depot.base.errors import LinkExpired
from depot.db.database import current_session
from depot.reports.formats.as_paper import report_as_paper
from depot.reports.formats.formats import FORMATS, Format, file_name
from depot.reports.queries.filed import FiledRow, filed_report, versions_of
from depot.reports.queries.reports import make_report
from depot.reports.queries.sharing import SharedReport, entry_count, find_shared_report
from depot.reports.sums.report import Report
from depot.words import figures

#: What a reader can take along, what most people want first.
SHARED_FORMATS = ("pdf", "xlsx", "csv", "json")


def report(secret: str) -> Response:
    """Show the report of a link: the newest version filed, or the figures of now."""
    found = _found(secret)
    versions = versions_of(current_session(), found.depot.id, found.period)
    return _page(found, secret, versions, versions[0].number if versions else None)


def version(secret: str, number: int) -> Response:
    """Show another version that was filed of the same period."""
    found = _found(secret)
    return _page(found, secret, _versions(found, number), number)


def file(secret: str, ending: str) -> Response:
    """Send the report as a file."""
    found = _found(secret)
    versions = versions_of(current_session(), found.depot.id, found.period)
    return _file(found, versions[0].number if versions else None, ending)


def version_file(secret: str, number: int, ending: str) -> Response:
    """Send another version that was filed as a file."""
    found = _found(secret)
    _versions(found, number)
    return _file(found, number, ending)


def _found(secret: str) -> SharedReport:
    found = find_shared_report(current_session(), token_hash(secret), utc_now())
    if found is None:
        raise LinkExpired()
    read_in_depot(found.depot.language)
    return found


def _versions(found: SharedReport, number: int) -> list[FiledRow]:
    """Return the versions filed of the shared period; a number of another one is not found."""
    versions = versions_of(current_session(), found.depot.id, found.period)
    if number not in {row.number for row in versions}:
        raise NotFound()
    return versions


def _report(found: SharedReport, number: int | None) -> Report:
    session, depot = current_session(), found.depot
    filed = None if number is None else filed_report(session, depot, number)
    if filed is not None:
        return filed
    today = local_day(utc_now(), depot.time_zone)
    return read_report(lambda reading: make_report(reading, depot, found.period, today))


def _page(
    found: SharedReport, secret: str, versions: list[FiledRow], number: int | None
) -> Response:
    key = ("shared page", secret, number, tuple(versions), *_depends_on(found))
    html = kept_for_all(key, lambda: _html(found, secret, versions, number))
    return keep_quiet(Response(html, content_type="text/html; charset=utf-8"))


def _depends_on(found: SharedReport) -> tuple[Hashable, ...]:
    """Return what else an answer depends on: what was booked until now, and who reads."""
    last = entry_count(current_session(), found.depot.id)
    return found, last, current_reader()


def _html(found: SharedReport, secret: str, versions: list[FiledRow], number: int | None) -> str:
    report = _report(found, number)
    paper = report_as_paper(report, current_reader())
    return render_template(
        "sharing/report.html",
        depot_name=found.depot.name,
        title=paper.title,
        foot=paper.foot,
        filed=report.filed,
        moment=_moment(report.filed.filed_at if report.filed else utc_now(), found.depot),
        blocks=paper_blocks(paper.blocks, current_reader()),
        files=[(ending.upper(), _file_href(secret, number, ending)) for ending in SHARED_FORMATS],
        versions=[
            (row, url_for("sharing_public.version", secret=secret, number=row.number))
            for row in versions
            if row.number != number
        ],
    )


def _moment(instant: datetime, depot: DepotView) -> str:
    """Return an instant by the depot's clock: nobody is signed in whose depot it could be."""
    there = replace(current_reader(), time_zone=depot.time_zone)
    day = figures.dated_day(figures.to_local(instant, there).date(), there)
    return f"{day}, {figures.clock_time(instant, there)}"


def _file_href(secret: str, number: int | None, ending: str) -> str:
    if number is None:
        return url_for("sharing_public.file", secret=secret, ending=ending)
    return url_for("sharing_public.version_file", secret=secret, number=number, ending=ending)


def _file(found: SharedReport, number: int | None, ending: str) -> Response:
    form = next((form for form in FORMATS.values() if form.ending == ending), None)
    if form is None:
        raise NotFound()
    key = ("shared file", number, ending, *_depends_on(found))
    name, content = kept_for_all(key, lambda: _written(_report(found, number), form))
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    return keep_quiet(Response(content, content_type=form.media_type, headers=headers))


def _written(report: Report, form: Format) -> tuple[str, bytes]:
    return file_name(report, form), form.write(report, current_reader())
