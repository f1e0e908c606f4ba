"""The series of a depot as a file."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.series.words import rule_words, time_words
from blueprints.words.columns import DAY, FLAG, MOMENT, WHOLE, Column, wall_clock
from blueprints.words.exports import send_list
from depot.distribution.queries.series import SeriesRow, list_series


def index_file(ending: str) -> Response:
    """Send all series, those that go on first."""
    session, who = reader()
    reads = current_reader()

    def next_of(row: SeriesRow, name: str) -> Any:
        return getattr(row.next_event, name) if row.next_event else None

    columns: list[Column[Any]] = [
        Column(_("Series"), lambda row: row.name),
        Column(_("Where"), lambda row: row.place),
        Column(_("When"), lambda row: rule_words(row.rule, reads)),
        Column(_("Time"), lambda row: time_words(row.begins_minute, row.from_on, reads)),
        Column(_("From"), lambda row: row.from_on, DAY),
        Column(_("Last day"), lambda row: row.ends_on, DAY),
        Column(_("Over"), lambda row: row.is_over, FLAG),
        Column(_("Room for households a week"), lambda row: row.capacity, WHOLE),
        Column(_("Next"), lambda row: wall_clock(next_of(row, "starts_at"), reads), MOMENT),
        Column(_("Households expected"), lambda row: next_of(row, "expected_households"), WHOLE),
    ]
    return send_list(ending, _("Series"), columns, list_series(session, who))
