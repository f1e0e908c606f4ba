"""The forms of one shift or meeting: plan it, change it, call it off with a reason."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader, show_message
from blueprints.rota.pages import found_activity, may_call_off
from blueprints.rota.schemas import CallOffSchema, CallOnSchema, activity_form
from blueprints.rota.words import when_words
from blueprints.words.repeating.fields import clock_value
from depot.base.clock import local_day, utc_now
from depot.base.errors import Forbidden
from depot.kernel.once import Outcome, need_member
from depot.rota.commands import singles
from depot.rota.queries.routines import places
from depot.rota.queries.week import ActivityRow
from depot.words import figures


def new() -> ResponseReturnValue:
    """Ask for one shift or meeting."""
    need_member(actor())
    tomorrow = local_day(utc_now(), actor().depot.time_zone) + timedelta(days=1)
    usual = {"kind": "shift", "on": tomorrow.isoformat(), "begins": "10:00", "ends": "13:00"}
    return _form_page(Form(usual | {"people_min": "1"}), None)


def create() -> ResponseReturnValue:
    """Plan it."""
    return submit_form(
        activity_form(actor().depot.time_zone),
        lambda said, who: singles.make_activity(said.make(), who),
        done=_saved,
        again=lambda form: _form_page(form, None),
    )


def ask_change(activity: str) -> ResponseReturnValue:
    """Show what is said of it, to be changed."""
    need_member(actor())
    row = found_activity(activity)
    return _form_page(Form(_values(row)), row)


def do_change(activity: str) -> ResponseReturnValue:
    """Change it: one day of a routine then goes its own way."""
    row = found_activity(activity)
    return submit_form(
        activity_form(actor().depot.time_zone),
        lambda said, who: singles.change_activity(said.change(activity), who),
        done=_saved,
        again=lambda form: _form_page(form, row),
    )


def _form_page(form: Form, row: ActivityRow | None) -> str:
    session, who = reader()
    return show_form("rota/form.html", form, row=row, places=places(session, who.depot_id))


def _values(row: ActivityRow) -> dict[str, Any]:
    reads = current_reader()
    starts = figures.to_local(row.starts_at or utc_now(), reads)
    ends = figures.to_local(row.ends_at or utc_now(), reads)
    return {
        "kind": row.kind,
        "name": row.name,
        "text": row.text,
        "on": starts.date().isoformat(),
        "begins": clock_value(starts.hour * 60 + starts.minute),
        "ends": clock_value(ends.hour * 60 + ends.minute),
        "people_min": str(row.people_min),
        "people_max": "" if row.people_max is None else str(row.people_max),
        "location_id": "" if row.location_id is None else str(row.location_id),
        "event_id": "" if row.event_id is None else str(row.event_id),
    }


def ask_off(activity: str) -> ResponseReturnValue:
    """Ask why it is called off."""
    return _off_page(activity, Form())


def _off_page(activity: str, form: Form) -> str:
    row = found_activity(activity)
    if not may_call_off(row, actor()):
        raise Forbidden()
    when = partial(when_words, reader=current_reader())
    return show_form("rota/off.html", form, row=row, when_of=when)


def call_off(activity: str) -> ResponseReturnValue:
    """Call it off; who was in stays written."""
    return submit_form(
        CallOffSchema(form=True),
        singles.call_off,
        done=_called_off,
        again=lambda form: _off_page(activity, form),
        extra={"activity": activity},
    )


def _called_off(outcome: Outcome[singles.SavedActivity]) -> ResponseReturnValue:
    show_message(_("Called off: %(name)s. Tell those who would have come.", name=_name(outcome)))
    return redirect(url_for("rota.show", activity=outcome.answer.id), 303)


def call_on(activity: str) -> ResponseReturnValue:
    """Have it take place after all."""
    return submit_form(
        CallOnSchema(form=True),
        singles.call_on,
        done=_saved,
        again=lambda form: _off_page(activity, form),
        extra={"activity": activity},
    )


def _saved(outcome: Outcome[singles.SavedActivity]) -> ResponseReturnValue:
    show_message(_("Saved: %(what)s", what=_name(outcome)))
    return redirect(url_for("rota.show", activity=outcome.answer.id), 303)


def _name(outcome: Outcome[singles.SavedActivity]) -> str:
    return outcome.answer.name
