"""Shifts and meetings that come round: the list, the form, the end. For coordinators."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, reader, show_message
from blueprints.rota.schemas import EndRoutineSchema, StopSchema, routine_form
from blueprints.rota.words import KIND_WORDS, routine_words
from blueprints.words.repeating.fields import clock_value, nth_box, weekday_box
from blueprints.words.repeating.rules import nth_words
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.kinds import ROUND_KINDS
from depot.base.text import N_
from depot.kernel.answers import Saved
from depot.kernel.once import Outcome
from depot.rota.commands import regulars, routines
from depot.rota.queries.routines import RoutineRow, find_routine, list_routines, places
from depot.words import figures

#: What the form of a new one begins with.
_USUAL: Final = {
    "kind": "shift",
    "rhythm": "weekly",
    "every": "1",
    "begins": "10:00",
    "ends": "13:00",
    "people_min": "2",
    "people_max": "4",
    "open_places": "1",
}


def index() -> str:
    """List the routines."""
    session, who = reader()
    rows = list_routines(session, who.depot, _today(who))
    words = partial(routine_words, reader=current_reader())
    return show_form("rota/routines.html", Form(), rows=rows, words=words, kinds=_kinds())


def new() -> ResponseReturnValue:
    """Ask for the rule."""
    today = _today(actor())
    start = {"from_on": today.isoformat(), weekday_box(today.isoweekday()): "yes"}
    return _form_page(Form(_USUAL | start), None)


def create() -> ResponseReturnValue:
    """Begin it."""
    return submit_form(
        routine_form(),
        lambda said, who: routines.start_routine(said.start(), who),
        done=_saved,
        again=lambda form: _form_page(form, None),
    )


def show(routine_id: int) -> ResponseReturnValue:
    """Show a routine: its rule, who comes each time, what it was before."""
    return _page(routine_id, Form())


def _page(routine_id: int, form: Form) -> str:
    row = _own(routine_id)
    words = partial(routine_words, reader=current_reader())
    return show_form("rota/routine.html", form, row=row, words=words, today=_today(actor()))


def ask_change(routine_id: int) -> ResponseReturnValue:
    """Show what is said of it, to be changed from a day on."""
    row = _own(routine_id)
    return _form_page(Form(_values(row, max(_today(actor()), row.state.from_on))), row)


def do_change(routine_id: int) -> ResponseReturnValue:
    """Change it from a day on."""
    row = _own(routine_id)
    return submit_form(
        routine_form(),
        lambda said, who: routines.change_routine(said.change(routine_id), who),
        done=_saved,
        again=lambda form: _form_page(form, row),
        extra={"kind": row.state.kind} if row.state.kind in ROUND_KINDS else None,
    )


def end(routine_id: int) -> ResponseReturnValue:
    """End it with a day."""
    _own(routine_id)
    return submit_form(
        EndRoutineSchema(form=True),
        routines.end_routine,
        done=_saved,
        again=lambda form: _page(routine_id, form),
        extra={"routine_id": routine_id},
    )


def end_regular(routine_id: int) -> ResponseReturnValue:
    """Somebody comes no longer each time."""
    _own(routine_id)

    def done(outcome: Outcome[regulars.RegularSaved]) -> ResponseReturnValue:
        show_message(_("Saved: %(what)s", what=outcome.answer.name))
        return redirect(url_for("routines.show", routine_id=routine_id), 303)

    return submit_form(
        StopSchema(form=True),
        regulars.stop_being_regular,
        done=done,
        again=lambda form: _page(routine_id, form),
        extra={"routine_id": routine_id},
    )


def _saved(outcome: Outcome[Saved]) -> ResponseReturnValue:
    show_message(_("Saved: %(what)s", what=outcome.answer.name))
    return redirect(url_for("routines.show", routine_id=outcome.answer.id), 303)


def _own(routine_id: int) -> RoutineRow:
    session, who = reader()
    found = find_routine(session, who.depot, routine_id, _today(who))
    return found_or_404(N_("routine"), routine_id, found)


def _today(who: Actor) -> date:
    return local_day(utc_now(), who.depot.time_zone)


def _kinds() -> dict[str, str]:
    return {kind: current_reader().gettext(word) for kind, word in KIND_WORDS.items()}


def _form_page(form: Form, row: RoutineRow | None) -> str:
    session, who = reader()
    reads = current_reader()
    days, start = figures.weekdays(reads), who.depot.week_start
    return show_form(
        "rota/routine_form.html",
        form,
        row=row,
        places=places(session, who.depot_id),
        weekday_boxes=[
            (weekday_box(day), days[day]) for day in (*range(start, 8), *range(1, start))
        ],
        nth_boxes=[(nth_box(nth), word) for nth, word in nth_words(reads).items()],
    )


def _values(row: RoutineRow, since: date) -> dict[str, Any]:
    state, rule = row.state, row.state.rule
    begins, minutes = state.begins_minute or 0, state.minutes or 0
    return {
        "kind": state.kind,
        "name": state.name,
        "text": state.text,
        "steps": "\n".join(state.steps),
        "rhythm": "date" if rule.month_day is not None else rule.frequency,
        "every": str(rule.every),
        "month_day": "" if rule.month_day is None else str(rule.month_day),
        "begins": clock_value(begins),
        "ends": clock_value((begins + minutes) % (24 * 60)),
        "people_min": str(state.people_min),
        "people_max": "" if state.people_max is None else str(state.people_max),
        "open_places": str(state.open_places),
        "location_id": "" if state.location_id is None else str(state.location_id),
        "from_on": since.isoformat(),
        "ends_on": "" if state.ends_on is None else state.ends_on.isoformat(),
        **{weekday_box(day): "yes" for day in rule.weekdays},
        **{nth_box(nth): "yes" for nth in rule.nths},
    }
