"""The papers of people: the rota of a week, and who was here on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from flask import url_for

from blueprints.frame.guards import need_coordinator
from blueprints.frame.web import query_text, reader
from blueprints.papers.frame import PaperPage, paper_reader
from blueprints.words.attendance import attendance_cells
from depot.base.clock import local_day, utc_now
from depot.base.errors import Invalid
from depot.base.periods import Period, parse_period, span, week_of
from depot.joining.attendance import attendance as attendance_rows
from depot.kernel.once import need_member
from depot.rota.papers import attendance_paper, rota_paper
from depot.rota.queries.week import week

#: Years that are far off are no days of a rota.
_FAR: Final = timedelta(days=366 * 3)


def rota() -> PaperPage:
    """Show a week of the rota, the present one unless another is asked for."""
    session, who = reader()
    need_member(who)
    today = local_day(utc_now(), who.depot.time_zone)
    shown = _asked("week", week_of(today, who.depot.week_start), today, who.depot.week_start)
    return PaperPage(
        rota_paper(week(session, who.depot, shown.first), who, paper_reader()),
        url_for("papers.index"),
        newer=url_for("papers.rota", week=shown.moved(1).name),
        older=url_for("papers.rota", week=shown.moved(-1).name),
    )


def attendance() -> PaperPage:
    """Show who was here on a day, today unless another is asked for. For coordinators."""
    need_coordinator()
    session, who = reader()
    today = local_day(utc_now(), who.depot.time_zone)
    shown = _asked("day", span(today, today), today, who.depot.week_start).first
    reads = paper_reader()
    rows = attendance_rows(session, who.depot, span(shown, shown))
    cells = [attendance_cells(row, reads) for row in rows]
    return PaperPage(
        attendance_paper(cells, shown, who, reads),
        url_for("papers.index"),
        newer=_day_address(shown + timedelta(days=1)) if shown < today else None,
        older=_day_address(shown - timedelta(days=1)),
    )


def _day_address(day: date) -> str:
    return url_for("papers.attendance", day=f"{day}--{day}")


def _asked(name: str, usual: Period, today: date, week_start: int) -> Period:
    """Return the period that an address names, of the usual one's kind and near today."""
    try:
        found = parse_period(query_text(name), week_start)
    except Invalid:
        return usual
    is_near = abs(found.first - today) <= _FAR
    return found if found.kind == usual.kind and is_near else usual
