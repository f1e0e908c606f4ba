"""The list of meetings, and a meeting's page with its agenda and minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.fields import CommandSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, reader, show_message
from blueprints.meetings.schemas import (
    AgendaSchema,
    MeetingTaskSchema,
    MinuteSchema,
    TakeOffSchema,
    ThereSchema,
)
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.decisions.queries.lists import to_decide
from depot.kernel.once import AnyOutcome
from depot.meetings import commands, queries
from depot.meetings.papers import OUTCOME_WORDS, when_words
from depot.meetings.queries import MeetingView
from depot.people.members import colleagues


def index() -> str:
    """Show the meetings to come and those of the last half year."""
    session, who = reader()
    now, reads = utc_now(), current_reader()
    found = queries.meetings(session, who.depot, local_day(now, who.depot.time_zone))
    over = [row for row in found if row.ends_at is not None and row.ends_at < now]
    return render_template(
        "meetings/index.html",
        who=who,
        coming=[row for row in found if row not in over],
        over=over[::-1],
        when=partial(when_words, reader=reads),
    )


def show(activity: str) -> str:
    """Show a meeting."""
    return _page(activity, Form())


def _own(activity: str) -> MeetingView:
    session, who = reader()
    found = queries.find_meeting(session, who.depot, activity)
    return found_or_404(N_("meeting"), 0, found)


def _page(activity: str, form: Form) -> str:
    session, who = reader()
    found = _own(activity)
    reads = current_reader()
    today = local_day(utc_now(), who.depot.time_zone)
    on_agenda = {item.proposal_id for item in found.items}
    open_ones = [row.proposal for row in to_decide(session, who, today)]
    return show_form(
        "meetings/show.html",
        form,
        who=who,
        found=found,
        row=found.row,
        outcomes={key: reads.gettext(word) for key, word in OUTCOME_WORDS.items()},
        proposals=[(one.id, one.title) for one in open_ones if one.id not in on_agenda],
        people=[] if who.is_helper else colleagues(session, who.depot_id),
        today=today,
    )


Run = Callable[[Any, Actor], Any]


def _submit(
    activity: str, schema: type[CommandSchema], run: Run, sentence: str, anchor: str
) -> ResponseReturnValue:
    _own(activity)

    def done(_outcome: AnyOutcome) -> ResponseReturnValue:
        show_message(sentence)
        return redirect(url_for("meetings.show", activity=activity, _anchor=anchor), 303)

    return submit_form(schema(form=True), run, done=done, again=partial(_page, activity))


def add(activity: str) -> ResponseReturnValue:
    """Put something on the agenda."""
    return _submit(
        activity,
        AgendaSchema,
        lambda form, who: commands.add_to_agenda(replace(form, activity=activity), who),
        _("It is on the agenda."),
        "agenda",
    )


def take_off(activity: str, item_id: int) -> ResponseReturnValue:
    """Take something off the agenda."""
    return _submit(
        activity,
        TakeOffSchema,
        lambda form, who: commands.take_off_agenda(replace(form, item_id=item_id), who),
        _("Taken off the agenda."),
        "agenda",
    )


def write_minute(activity: str, item_id: int) -> ResponseReturnValue:
    """Write down what was said about something."""
    return _submit(
        activity,
        MinuteSchema,
        lambda form, who: commands.write_minute(replace(form, item_id=item_id), who),
        _("Written down."),
        "agenda",
    )


def note_there(activity: str) -> ResponseReturnValue:
    """Write down who else was there."""
    return _submit(
        activity,
        ThereSchema,
        lambda form, who: commands.note_who_was_there(replace(form, activity=activity), who),
        _("Written down."),
        "there",
    )


def give_task(activity: str) -> ResponseReturnValue:
    """Write down who does what by when."""
    return _submit(
        activity,
        MeetingTaskSchema,
        lambda form, who: commands.give_task(replace(form, activity=activity), who),
        _("It stands among the tasks. Whom you asked says yes or no there."),
        "tasks",
    )
