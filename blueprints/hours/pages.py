"""The hours of a year, month by month, for whoever funds the depot."""

from __future__ import annotations

from functools import partial

from flask import render_template, url_for

from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, reader
from blueprints.words.people.attendance import hours_words
from depot.base.actors import DepotView
from depot.base.clock import local_day, utc_now
from depot.base.errors import Invalid
from depot.base.periods import Period, month_of, parse_period, year_of
from depot.joining.attendance import hours
from depot.words import figures


def index() -> str:
    """Show a year: its months, and the whole."""
    session, who = reader()
    year = asked_year(who.depot)
    *months, whole = hours(session, who.depot, [*months_of(year, who.depot), year])
    present = year_of(local_day(utc_now(), who.depot.time_zone))
    return render_template(
        "hours/index.html",
        who=who,
        year=year,
        months=months,
        whole=whole,
        hours=partial(hours_words, reader=current_reader()),
        month_of=partial(figures.day_in, "long_month", reader=current_reader()),
        older=url_for("hours.index", year=year.moved(-1).name),
        newer=url_for("hours.index", year=year.moved(1).name)
        if year.first < present.first
        else None,
    )


def asked_year(depot: DepotView) -> Period:
    """Return the year that the address names; the present one where it names none."""
    present = year_of(local_day(utc_now(), depot.time_zone))
    try:
        found = parse_period(query_text("year") or present.name, depot.week_start)
    except Invalid:
        return present
    return found if found.kind == "year" and found.first <= present.first else present


def months_of(year: Period, depot: DepotView) -> list[Period]:
    """Return the months of a year that have begun, the last first."""
    today = local_day(utc_now(), depot.time_zone)
    first = month_of(year.first)
    months = [first.moved(number) for number in range(12)]
    return [month for month in reversed(months) if month.first <= today]
