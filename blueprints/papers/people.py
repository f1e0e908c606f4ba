"""The papers of people: the rota of a week, who was here on a day, minutes of meetings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from flask import url_for

from blueprints.frame.guards import need_coordinator
from blueprints.frame.web import query_text, reader
from blueprints.papers.frame import PaperPage, found_or_404, paper_reader
from blueprints.words.people.attendance import attendance_cells
from depot.base.actors import DepotView
from depot.base.clock import local_day, utc_now
from depot.base.periods import span, week_of
from depot.base.text import N_
from depot.joining.attendance import attendance as attendance_rows
from depot.kernel.once import need_member
from depot.meetings.papers import minutes_paper
from depot.meetings.queries import find_meeting
from depot.rota.papers import attendance_paper, rota_paper
from depot.rota.queries.week import WEEK, week

_DAY: Final = timedelta(days=1)
#: Years that are far off are no days of a rota.
_FAR: Final = timedelta(days=366 * 3)


def rota() -> PaperPage:
    """Show a week of the rota, the present one unless a day of another is asked for."""
    session, who = reader()
    need_member(who)
    first = week_of(_asked_day(who.depot, "from"), who.depot.week_start).first
    return PaperPage(
        rota_paper(week(session, who.depot, first), who, paper_reader()),
        url_for("rota.index"),
        newer=_week_address(first + WEEK),
        older=_week_address(first - WEEK),
    )


def attendance() -> PaperPage:
    """Show who was here on a day, today unless another is asked for. For coordinators."""
    need_coordinator()
    session, who = reader()
    day = _asked_day(who.depot, "day")
    reads = paper_reader()
    rows = attendance_rows(session, who.depot, span(day, day))
    cells = [attendance_cells(row, reads) for row in rows]
    is_over = day < local_day(utc_now(), who.depot.time_zone)
    return PaperPage(
        attendance_paper(cells, day, who, reads),
        url_for("hours.index"),
        newer=url_for("papers.attendance", day=day + _DAY) if is_over else None,
        older=url_for("papers.attendance", day=day - _DAY),
    )


def _week_address(first: date) -> str:
    named: dict[str, Any] = {"from": first}
    return url_for("papers.rota", **named)


def minutes(activity: str) -> PaperPage:
    """Show the minutes of a meeting."""
    session, who = reader()
    found = found_or_404(N_("meeting"), activity, find_meeting(session, who.depot, activity))
    back = url_for("meetings.show", activity=activity)
    return PaperPage(minutes_paper(found, who, paper_reader()), back)


def _asked_day(depot: DepotView, name: str) -> date:
    """Return the day that an address names, if it is within some years; else today."""
    today = local_day(utc_now(), depot.time_zone)
    try:
        found = date.fromisoformat(query_text(name))
    except ValueError:
        return today
    return found if abs(found - today) <= _FAR else today
