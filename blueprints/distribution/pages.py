"""Hand-outs: the list, planning one, and one with its figures; goods.py and acts.py do the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.distribution.schemas import EventCloseSchema, EventOpenSchema
from blueprints.distribution.working import working_screen
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader, show_message
from blueprints.words import entries
from blueprints.words.entries import EntryText
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.distribution.ages import bands_of
from depot.distribution.commands import events
from depot.distribution.commands.events import SavedEvent
from depot.distribution.queries.event_goods import goods_at
from depot.distribution.queries.event_plans import planned_lines
from depot.distribution.queries.events import (
    EventPage,
    EventRow,
    event_lists,
    event_page,
    event_row,
    request_of_event,
)
from depot.distribution.queries.series import series_of_event
from depot.distribution.queries.standing import item_standings
from depot.distribution.visit_rows import uses_cards
from depot.distribution.words import asked_bands, expected_words
from depot.entries.queries.ledger import EntryRow
from depot.kernel.once import Outcome
from depot.name_sheets.setting import keeps_names
from depot.rota.queries.tasks import grown_from


def index() -> ResponseReturnValue:
    """List the hand-outs: on now, to come, past."""
    session, who = reader()
    return render_template("distribution/index.html", lists=event_lists(session, who))


def now() -> ResponseReturnValue:
    """Go to where goods are handed out now: the one hand-out that is on, else the list."""
    session, who = reader()
    on = [row for row in event_lists(session, who).today if row.is_on]
    if len(on) == 1:
        return redirect(url_for("distribution.hand_out", event_id=on[0].id))
    return redirect(url_for("distribution.index"))


def event(event_id: int) -> ResponseReturnValue:
    """Show one hand-out: its next step, what to take, who was helped, what went out."""
    return event_screen(event_id)


def event_screen(event_id: int, form: Form | None = None) -> str:
    """Render the working screen of a hand-out, with what was wrong about something on it."""
    session, who = reader()
    working = working_screen(session, who, need_event(event_id))
    standings = item_standings(
        session,
        who.depot_id,
        event_id,
        local_day(utc_now(), who.depot.time_zone),
        planned_lines(session, who.depot_id, event_id),
        goods_at(session, who.depot_id, event_id),
    )
    series = series_of_event(session, who.depot_id, event_id)
    return _page(
        "distribution/event.html",
        event_id,
        form,
        working=working,
        asked_by=request_of_event(session, who.depot_id, event_id),
        may_see_requests=not who.is_helper,
        standings=standings,
        series=series,
        expected_from=expected_words(series.expected, current_reader()) if series else "",
        may_begin_series=who.is_coordinator,
        uses_cards=uses_cards(session, who.depot_id),
        grown=grown_from(session, who.depot_id, "event", [event_id]).get(event_id, []),
        keeps_names=keeps_names(session, who.depot_id) and not who.is_helper,
        bands=asked_bands(bands_of(session, who.depot_id), current_reader()),
    )


def summary(event_id: int) -> ResponseReturnValue:
    """Show the summary, to be printed."""
    return _page("distribution/summary.html", event_id)


def closing(event_id: int) -> ResponseReturnValue:
    """Show what would be closed."""
    return _page("distribution/close.html", event_id)


def close(event_id: int) -> ResponseReturnValue:
    """Close it."""

    def run(command: events.CloseEvent, who: Actor) -> Outcome[SavedEvent]:
        return events.close_event(replace(command, event_id=event_id), who)

    return submit_form(EventCloseSchema(form=True), run, done=_closed, again=_again(event_id))


def _closed(outcome: Outcome[SavedEvent]) -> ResponseReturnValue:
    href = url_for("distribution.summary", event_id=outcome.answer.id)
    show_message(_("Closed. Thank you all."), href=href, link_text=_("Summary to print"))
    return redirect(url_for("distribution.event", event_id=outcome.answer.id), 303)


def open_(event_id: int) -> ResponseReturnValue:
    """Open it, or open it again."""

    def run(command: events.OpenEvent, who: Actor) -> Outcome[SavedEvent]:
        return events.open_event(replace(command, event_id=event_id), who)

    return submit_form(EventOpenSchema(form=True), run, done=_opened, again=_again(event_id))


def _opened(outcome: Outcome[SavedEvent]) -> ResponseReturnValue:
    show_message(_("%(name)s is open.", name=outcome.answer.name))
    return redirect(url_for("distribution.event", event_id=outcome.answer.id), 303)


def _again(event_id: int) -> Callable[[Form], str]:
    return lambda form: event_screen(event_id, form)


def _page(template: str, event_id: int, form: Form | None = None, **more: Any) -> str:
    session, who = reader()
    page = event_page(session, who, event_id)
    if page is None:
        raise NotFound(what=N_("hand-out"), name=str(event_id))
    return show_form(template, form or Form(), **event_context(page), **more)


def event_context(page: EventPage) -> dict[str, Any]:
    """Return what the templates need of a hand-out, its entries in words."""
    return {
        "page": page,
        "event": page.event,
        "told": describe_at_event(page.entries),
        "late": describe_at_event(page.late),
    }


def describe_at_event(rows: Iterable[EntryRow]) -> list[EntryText]:
    """Put entries into words for a page of their own hand-out, whose name it bears already."""
    return [
        entries.describe_entry(replace(row, event=None), current_reader(), url_for) for row in rows
    ]


def need_event(event_id: int) -> EventRow:
    """Return the depot's event. Raises NotFound."""
    session, who = reader()
    found = event_row(session, who.depot_id, event_id)
    if found is None:
        raise NotFound(what=N_("hand-out"), name=str(event_id))
    return found
