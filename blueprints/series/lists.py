"""The series of a depot as a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.words.columns import DAY, FLAG, MOMENT, WHOLE, Column, wall_clock
from blueprints.words.exports import send_list
from blueprints.words.repeating.rules import rule_words, time_words
from depot.distribution.queries.series import SeriesRow, list_series


def index_file(ending: str) -> Response:
    """Send all series, those that go on first."""
    session, who = reader()
    reads = current_reader()

    def begins(row: SeriesRow) -> datetime | None:
        return wall_clock(row.next_event.starts_at if row.next_event else None, reads)

    def expected(row: SeriesRow) -> int | None:
        return row.next_event.expected_households if row.next_event else None

    columns: list[Column[Any]] = [
        Column(_("Series"), lambda row: row.name),
        Column(_("Where"), lambda row: row.place),
        Column(_("When"), lambda row: rule_words(row.rule, reads)),
        Column(_("Time"), lambda row: time_words(row.begins_minute, row.from_on, reads)),
        Column(_("First day"), lambda row: row.from_on, DAY),
        Column(_("Last day"), lambda row: row.ends_on, DAY),
        Column(_("Over"), lambda row: row.is_over, FLAG),
        Column(_("Room for households a week"), lambda row: row.capacity, WHOLE),
        Column(_("Next"), begins, MOMENT),
        Column(_("Households expected"), expected, WHOLE),
    ]
    return send_list(ending, _("Series"), columns, list_series(session, who))
