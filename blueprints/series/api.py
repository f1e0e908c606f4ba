"""/series: hand-outs that come round."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blueprints.frame.answers import PageQuery, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import reader, write_answer
from blueprints.series.schemas import (
    ChangeSeriesSchema,
    EndSeriesSchema,
    ExceptDaySchema,
    ExceptionAnswer,
    SaidSeries,
    SeriesAnswer,
    SeriesListAnswer,
    StartSeriesSchema,
)
from depot.distribution.commands import series
from depot.distribution.queries.series import list_series

blp = ApiBlueprint("series_api", __name__, description="Hand-outs that come round.")


@blp.arguments(PageQuery(), location="query")
@blp.response(200, SeriesListAnswer)
def index(query: dict[str, Any]) -> object:
    """List the series, each with its rule and its next hand-out."""
    session, who = reader()
    limit: int = query["limit"]
    rows = [row for row in list_series(session, who) if row.id > query["after"]]
    rows.sort(key=lambda row: row.id)
    return page_of("series", rows[: limit + 1], limit)


@blp.not_for_everybody
@blp.arguments(StartSeriesSchema())
@blp.response(201, SeriesAnswer)
def start(said: SaidSeries) -> object:
    """Begin a series: its hand-outs of the next four weeks are there at once."""
    return write_answer(series.start_series(said.start(), actor()))


@blp.not_for_everybody
@blp.arguments(ChangeSeriesSchema())
@blp.response(201, SeriesAnswer)
def change(said: SaidSeries, series_id: int) -> object:
    """Change a series from a day on; what was before that stays as it was."""
    return write_answer(series.change_series(said.change(series_id), actor()))


@blp.not_for_everybody
@blp.arguments(EndSeriesSchema())
@blp.response(201, SeriesAnswer)
def end(command: series.EndSeries, series_id: int) -> object:
    """End a series with a day."""
    return write_answer(series.end_series(replace(command, series_id=series_id), actor()))


@blp.not_for_everybody
@blp.arguments(ExceptDaySchema())
@blp.response(201, ExceptionAnswer)
def except_day(command: series.ExceptDay, series_id: int) -> object:
    """Call one of its days off, or move it."""
    return write_answer(series.except_day(replace(command, series_id=series_id), actor()))
