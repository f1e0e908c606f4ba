"""Hours as a file, and who was here."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, reader
from blueprints.hours.pages import asked_year, months_of
from blueprints.words.columns import DAY, FLAG, MOMENT, NUMBER, WHOLE, Column, wall_clock
from blueprints.words.exports import send_list
from blueprints.words.people.attendance import hours_number
from depot.base.clock import local_day, utc_now
from depot.base.errors import Invalid
from depot.base.periods import Period, month_of, parse_period
from depot.joining.attendance import attendance, hours


def index_file(ending: str) -> Response:
    """Send the hours of a year, month by month."""
    session, who = reader()
    columns: list[Column[Any]] = [
        Column(_("First day"), lambda row: row.period.first, DAY),
        Column(_("Last day"), lambda row: row.period.last, DAY),
        Column(_("People"), lambda row: row.sums.people, WHOLE),
        Column(_("Times somebody came"), lambda row: row.sums.times, WHOLE, summed=True),
        Column(_("Hours"), lambda row: hours_number(row.sums.minutes), NUMBER, summed=True),
        Column(_("Times without an end"), lambda row: row.sums.open_times, WHOLE, summed=True),
    ]
    rows = hours(session, who.depot, months_of(asked_year(who.depot), who.depot))
    return send_list(ending, _("Hours"), columns, rows)


def attendance_file(ending: str) -> Response:
    """Send who was here in a month, for coordinators: it has names."""
    need_coordinator()
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Name"), lambda row: reads.name(row.name)),
        Column(_("Came"), lambda row: wall_clock(row.came_at, reads), MOMENT),
        Column(_("Left"), lambda row: wall_clock(row.left_at, reads), MOMENT),
        Column(_("Said so"), lambda row: row.is_said, FLAG),
    ]
    month = _asked_month(local_day(utc_now(), who.depot.time_zone), who.depot.week_start)
    return send_list(ending, _("Who was here"), columns, attendance(session, who.depot, month))


def _asked_month(today: date, week_start: int) -> Period:
    try:
        found = parse_period(query_text("month"), week_start)
    except Invalid:
        return month_of(today)
    return found if found.kind == "month" else month_of(today)
