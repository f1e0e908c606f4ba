"""Hand-outs that come round: the list, one series, its form, one of its days, and the calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor, need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, query_id, query_text, reader, show_message
from blueprints.series.schemas import EndFormSchema, except_form, series_form
from blueprints.series.words import series_words
from blueprints.words.repeating.fields import clock_value, nth_box, to_instant_value, weekday_box
from blueprints.words.repeating.rules import nth_words
from depot.base.clock import local_day, utc_now
from depot.base.periods import week_of
from depot.base.text import N_
from depot.distribution.commands import series as commands
from depot.distribution.queries import series as query
from depot.distribution.queries.events import EventRow, event_row
from depot.distribution.queries.series import SeriesPage, SeriesRow
from depot.distribution.words import expected_words
from depot.kernel.once import Outcome
from depot.words import figures

#: When a hand-out usually begins; the page offers a Saturday.
_USUAL: Final = {"begins": "10:00", "every": "1", "rhythm": "weekly"}
_SATURDAY: Final = 6
_YEARS: Final = range(2000, 2100)


def index() -> ResponseReturnValue:
    """List the series."""
    session, who = reader()
    words = partial(series_words, reader=current_reader())
    rows = query.list_series(session, who)
    return render_template("series/index.html", rows=rows, words=words, who=who)


def calendar() -> ResponseReturnValue:
    """Show a month of hand-outs, week by week."""
    session, who = reader()
    month = _asked_month(local_day(utc_now(), who.depot.time_zone))
    weeks = query.calendar(session, who, month)
    names = figures.weekdays(current_reader())
    return render_template(
        "series/calendar.html",
        weeks=weeks,
        month=month,
        month_words=figures.day_in("long_month", month, current_reader()),
        earlier=_month_text(month - timedelta(days=1)),
        later=_month_text(month + timedelta(days=31)),
        weekdays=[names[day.on.isoweekday()] for day in weeks[0].days],
        today=local_day(utc_now(), who.depot.time_zone),
    )


def _asked_month(today: date) -> date:
    try:
        asked = datetime.strptime(query_text("month"), "%Y-%m").date()  # noqa: DTZ007 - a month
    except ValueError:
        return today.replace(day=1)
    return asked if asked.year in _YEARS else today.replace(day=1)


def _month_text(day: date) -> str:
    return day.isoformat()[:7] if day.year in _YEARS else ""


def new() -> ResponseReturnValue:
    """Ask for the rule; `like` fills in a hand-out that is there."""
    who = need_coordinator()
    session, _who = reader()
    like = event_row(session, who.depot_id, query_id("like") or 0)
    values = _usual(local_day(utc_now(), who.depot.time_zone)) if like is None else _of_event(like)
    return _form_page(Form(values), None)


def _usual(today: date) -> dict[str, Any]:
    first = today + timedelta(days=(_SATURDAY - today.isoweekday()) % 7)
    return _USUAL | {"from_on": first.isoformat(), weekday_box(_SATURDAY): "yes"}


def _of_event(event: EventRow) -> dict[str, Any]:
    starts = figures.to_local(event.starts_at, current_reader())
    today = figures.to_local(utc_now(), current_reader()).date()
    following = today + timedelta(days=(starts.isoweekday() - today.isoweekday()) % 7)
    if following == starts.date():
        following += timedelta(days=7)  # that one is planned already
    return _USUAL | {
        "name": event.name,
        "place": event.place,
        "begins": starts.time().isoformat("minutes"),
        "from_on": following.isoformat(),
        weekday_box(starts.isoweekday()): "yes",
        "like_event_id": str(event.id),
    }


def _form_page(form: Form, page: SeriesPage | None) -> str:
    reads = current_reader()
    days = figures.weekdays(reads)
    start = actor().depot.week_start
    return show_form(
        "series/form.html",
        form,
        page=page,
        weekday_boxes=[
            (weekday_box(day), days[day]) for day in (*range(start, 8), *range(1, start))
        ],
        nth_boxes=[(nth_box(nth), word) for nth, word in nth_words(reads).items()],
    )


def create() -> ResponseReturnValue:
    """Begin it."""
    need_coordinator()
    return submit_form(
        series_form(),
        lambda said, who: commands.start_series(said.start(), who),
        done=_saved,
        again=lambda form: _form_page(form, None),
    )


def _saved(outcome: Outcome[commands.SavedSeries]) -> ResponseReturnValue:
    made, off = outcome.answer.made, outcome.answer.called_off
    told = _("Saved: %(what)s", what=outcome.answer.name)
    if made:
        told += " · " + ngettext("%(num)s hand-out made", "%(num)s hand-outs made", made)
    if off:
        told += " · " + ngettext("%(num)s called off", "%(num)s called off", off)
    show_message(told)
    return redirect(url_for("series.show", series_id=outcome.answer.id), 303)


def _own(series_id: int) -> SeriesPage:
    session, who = reader()
    return found_or_404(N_("series"), series_id, query.series_page(session, who, series_id))


def show(series_id: int) -> ResponseReturnValue:
    """Show one series: when, its days to come, what is expected and why."""
    return _series_page(series_id, Form())


def _series_page(series_id: int, form: Form) -> str:
    reads, page = current_reader(), _own(series_id)
    _session, who = reader()
    return show_form(
        "series/show.html",
        form,
        page=page,
        series=page.series,
        who=who,
        words=partial(series_words, reader=reads),
        expected=expected_words(page.expected, reads),
        to_value=lambda instant: to_instant_value(figures.to_local(instant, reads)),
        week=week_of(local_day(utc_now(), who.depot.time_zone), who.depot.week_start),
    )


def ask_change(series_id: int) -> ResponseReturnValue:
    """Show what is said of it, to be changed from a day on."""
    who, page = need_coordinator(), _own(series_id)
    today = local_day(utc_now(), who.depot.time_zone)
    newest = page.versions[-1]
    return _form_page(Form(_values(newest, max(today, newest.from_on))), page)


def _values(row: SeriesRow, since: date) -> dict[str, Any]:
    rule = row.rule
    by_date = rule.month_day is not None
    return {
        "name": row.name,
        "place": row.place,
        "rhythm": "date" if by_date else rule.frequency,
        "every": str(rule.every),
        "month_day": str(rule.month_day) if by_date else "",
        "begins": clock_value(row.begins_minute),
        "from_on": since.isoformat(),
        "ends_on": row.ends_on.isoformat() if row.ends_on else "",
        "capacity": "" if row.capacity is None else str(row.capacity),
        **{weekday_box(day): "yes" for day in rule.weekdays},
        **{nth_box(nth): "yes" for nth in rule.nths},
    }


def do_change(series_id: int) -> ResponseReturnValue:
    """Change it."""
    need_coordinator()
    page = _own(series_id)
    return submit_form(
        series_form(),
        lambda said, who: commands.change_series(said.change(series_id), who),
        done=_saved,
        again=lambda form: _form_page(form, page),
    )


def end(series_id: int) -> ResponseReturnValue:
    """End it with a day."""
    need_coordinator()
    _own(series_id)
    return submit_form(
        EndFormSchema(form=True),
        commands.end_series,
        done=_saved,
        again=lambda form: _series_page(series_id, form),
        extra={"series_id": series_id},
    )


def except_day(series_id: int) -> ResponseReturnValue:
    """Move one of its days, or call it off."""
    who = need_coordinator()
    _own(series_id)

    def done(outcome: Outcome[commands.ExceptedDay]) -> ResponseReturnValue:
        show_message(
            _("That hand-out is moved.") if outcome.answer.is_moved else _("That one is off.")
        )
        return redirect(url_for("distribution.event", event_id=outcome.answer.event_id), 303)

    return submit_form(
        except_form(who.depot.time_zone),
        commands.except_day,
        done=done,
        again=lambda form: _series_page(series_id, form),
        extra={"series_id": series_id},
    )
