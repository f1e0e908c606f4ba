"""GET /reports/weekly."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import RAISE

from blueprints.api import ApiBlueprint
from blueprints.reports.pages import wanted_week
from blueprints.reports.schemas import WeeklyQuery, WeeklyReportAnswer
from blueprints.web import reader
from depot.queries.reports import weekly_report
from depot.reporting.as_json import as_json
from depot.reporting.formats import FORMATS

blp = ApiBlueprint("reports_api", __name__, description="What came in, was made and handed out.")


@blp.get("/reports/weekly")
@blp.arguments(WeeklyQuery(), location="query", unknown=RAISE)
@blp.response(200, WeeklyReportAnswer)
def weekly(query: dict[str, str]) -> Any:
    """Return the report of a week: JSON, or with `format` as CSV, text or workbook.

    A week that does not add up is no report: 500 `does_not_reconcile`, with the items named.
    """
    session, who = reader()
    report = weekly_report(session, who.depot, wanted_week(who.depot, query["week"]))
    if query["form"] == "json":
        return as_json(report)
    form = FORMATS[query["form"]]
    return Response(form.write(report), content_type=form.media_type)
