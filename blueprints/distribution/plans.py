"""Pages before a hand-out: plan it, change it, copy it, call it off, pack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, Final

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.distribution.pages import event_screen, need_event
from blueprints.distribution.schemas import (
    EventCallOffSchema,
    EventChangeSchema,
    EventPackSchema,
    EventPlanSchema,
    plan_form,
)
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import query_id, reader, show_message
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.distribution.commands import planning
from depot.distribution.event_state import SavedEvent
from depot.distribution.queries.events import EventRow, event_row
from depot.kernel.once import Outcome
from depot.words import figures

#: When a hand-out usually begins; the page offers the next Saturday.
DEFAULT_START: Final = time(10)
SATURDAY: Final = 6
_WEEK: Final = timedelta(weeks=1)


def new() -> ResponseReturnValue:
    """Ask when and where; `like` fills in another hand-out, a week later."""
    session, who = reader()
    like = event_row(session, who.depot_id, query_id("like") or 0)
    return _plan_page(Form(_next_saturday() if like is None else _a_week_later(like)))


def _next_saturday() -> dict[str, Any]:
    today = figures.to_local(utc_now(), current_reader())
    days = (SATURDAY - today.isoweekday()) % 7
    return {"starts_at": f"{(today + timedelta(days=days)).date()}T{DEFAULT_START:%H:%M}"}


def _a_week_later(event: EventRow) -> dict[str, Any]:
    now = figures.to_local(utc_now(), current_reader())
    starts = figures.to_local(event.starts_at, current_reader()) + _WEEK
    while starts < now:
        starts += _WEEK
    return _values(event, starts) | {"like_event_id": str(event.id)}


def _values(event: EventRow, starts: datetime) -> dict[str, Any]:
    expected = event.expected_households
    return {
        "name": event.name,
        "starts_at": f"{starts:%Y-%m-%dT%H:%M}",
        "place": event.place,
        "expected_households": "" if expected is None else str(expected),
    }


def _plan_page(form: Form) -> str:
    return show_form("distribution/new.html", form, event=None)


def plan() -> ResponseReturnValue:
    """Plan it."""
    schema = plan_form(actor().depot.time_zone, EventPlanSchema)
    return submit_form(schema, planning.plan_event, done=_planned, again=_plan_page)


def _planned(outcome: Outcome[SavedEvent]) -> ResponseReturnValue:
    show_message(_("Planned: %(name)s.", name=outcome.answer.name))
    return redirect(url_for("distribution.event", event_id=outcome.answer.id), 303)


def ask_change(event_id: int) -> ResponseReturnValue:
    """Show what is said of it, to be changed."""
    event = need_event(event_id)
    starts = figures.to_local(event.starts_at, current_reader())
    return _change_page(event, Form(_values(event, starts)))


def _change_page(event: EventRow, form: Form) -> str:
    return show_form("distribution/new.html", form, event=event)


def do_change(event_id: int) -> ResponseReturnValue:
    """Change it."""
    event = need_event(event_id)

    def run(command: planning.ChangeEvent, who: Actor) -> Outcome[SavedEvent]:
        return planning.change_event(replace(command, event_id=event_id), who)

    return submit_form(
        plan_form(actor().depot.time_zone, EventChangeSchema),
        run,
        done=_to_event(lambda saved: _("Changed: %(name)s.", name=saved.name)),
        again=lambda form: _change_page(event, form),
    )


def ask_call_off(event_id: int) -> ResponseReturnValue:
    """Ask why it does not take place."""
    return _call_off_page(need_event(event_id), Form())


def _call_off_page(event: EventRow, form: Form) -> str:
    return show_form("distribution/call_off.html", form, event=event)


def do_call_off(event_id: int) -> ResponseReturnValue:
    """Call it off."""
    event = need_event(event_id)

    def run(command: planning.CallOffEvent, who: Actor) -> Outcome[SavedEvent]:
        return planning.call_off_event(replace(command, event_id=event_id), who)

    return submit_form(
        EventCallOffSchema(form=True),
        run,
        done=_to_event(lambda saved: _("Called off: %(name)s.", name=saved.name)),
        again=lambda form: _call_off_page(event, form),
    )


def pack(event_id: int) -> ResponseReturnValue:
    """Say that all is packed, or take it back."""

    def run(command: planning.PackEvent, who: Actor) -> Outcome[SavedEvent]:
        return planning.pack_event(replace(command, event_id=event_id), who)

    def words(saved: SavedEvent) -> str:
        if request.form.get("packed") == "false":
            return str(_("Not packed yet: %(name)s.", name=saved.name))
        return str(_("Packed: %(name)s.", name=saved.name))

    again = _on_screen(event_id)
    return submit_form(EventPackSchema(form=True), run, done=_to_event(words), again=again)


def _to_event(words: Callable[[SavedEvent], str]) -> Callable[..., ResponseReturnValue]:
    def done(outcome: Outcome[SavedEvent]) -> ResponseReturnValue:
        show_message(words(outcome.answer))
        return redirect(url_for("distribution.event", event_id=outcome.answer.id), 303)

    return done


def _on_screen(event_id: int) -> Callable[[Form], str]:
    return lambda form: event_screen(event_id, form)
