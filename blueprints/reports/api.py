"""GET /reports/weekly and /reports/period."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import RAISE

from blueprints.api import ApiBlueprint
from blueprints.reports.choice import today_of, wanted_week
from blueprints.reports.schemas import PeriodQuery, ReportAnswer, WeeklyQuery
from blueprints.web import reader
from depot.periods import Period, parse_period
from depot.queries.reports import report_of
from depot.reporting.as_json import as_json
from depot.reporting.formats import FORMATS

blp = ApiBlueprint("reports_api", __name__, description="What came in, was made and handed out.")


@blp.get("/reports/weekly")
@blp.arguments(WeeklyQuery(), location="query", unknown=RAISE)
@blp.response(200, ReportAnswer)
def weekly(query: dict[str, str]) -> Any:
    """Return the report of a week: JSON, or with `format` in another form.

    A week that does not add up is no report: 500 `does_not_reconcile`, with the items named.
    """
    _session, who = reader()
    return _answer(wanted_week(who.depot, query["week"]), query["form"])


@blp.get("/reports/period")
@blp.arguments(PeriodQuery(), location="query", unknown=RAISE)
@blp.response(200, ReportAnswer)
def period(query: dict[str, str]) -> Any:
    """Return the report of a month, a quarter, a year, a week or any days, like a week's."""
    _session, who = reader()
    return _answer(parse_period(query["period"], who.depot.week_start), query["form"])


def _answer(wanted: Period, form_name: str) -> Any:
    session, who = reader()
    report = report_of(session, who.depot, wanted, today_of(who.depot))
    if form_name == "json":
        return as_json(report)
    form = FORMATS[form_name]
    return Response(form.write(report), content_type=form.media_type)
