"""The table: everything that goes out there on one page, by code, parcel, item and choice."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, next_page, reader, show_answer
from blueprints.table import words
from blueprints.table.actions import answer_parcel, run_parcel
from blueprints.table.schemas import parcel_form
from blueprints.words.entries import EntryText, describe_entry
from depot.base.actors import Actor
from depot.base.text import N_
from depot.distribution.ages import bands_of
from depot.distribution.queries.events import event_row, latest_entries, people_at
from depot.distribution.visit_rows import uses_cards
from depot.distribution.words import asked_bands
from depot.items.queries import catalog
from depot.kernel.once import Outcome
from depot.production.commands.parcel_handouts import HandedParcel, HandOutParcel
from depot.production.queries.parcels_at_table import parcels_at_table

#: So many of the last acts stand on the page.
RECENT_ENTRIES = 6


def show(event_id: int) -> ResponseReturnValue:
    """Show what can be handed out, each with a press or two."""
    return _table_page(event_id, Form())


def hand_out(event_id: int) -> ResponseReturnValue:
    """Hand out a parcel; the same page waits for the next household."""

    def run(command: HandOutParcel, who: Actor) -> Outcome[HandedParcel]:
        return run_parcel(command, event_id, who)

    def done(outcome: Outcome[HandedParcel]) -> ResponseReturnValue:
        show_answer(answer_parcel(outcome), outcome)
        return redirect(next_page(url_for("table.show", event_id=event_id)), 303)

    return submit_form(
        parcel_form(), run, done=done, again=lambda form: _table_page(event_id, form)
    )


def _table_page(event_id: int, form: Form) -> str:
    session, who = reader()
    event = found_or_404(N_("hand-out"), event_id, event_row(session, who.depot_id, event_id))
    found = parcels_at_table(session, who.depot_id, event_id)
    told, undo_count = _just_now(session, who, event_id)
    return show_form(
        "table/show.html",
        form,
        event=event,
        buttons=words.buttons(found, current_reader()),
        kinds=words.kinds(found, current_reader()),
        people=people_at(session, who.depot_id, event_id),
        bands=asked_bands(bands_of(session, who.depot_id), current_reader()),
        uses_cards=uses_cards(session, who.depot_id),
        items=catalog.item_names(session, who.depot_id, with_loose=True),
        told=told,
        undo_count=undo_count,
    )


def _just_now(session: Session, who: Actor, event_id: int) -> tuple[list[EntryText], str | None]:
    """Return the last acts in words, and where the last household that was counted is undone."""
    rows = latest_entries(session, who, event_id, None, RECENT_ENTRIES)
    undo = next((row for row in rows if row.people is not None and row.can_undo), None)
    return (
        [describe_entry(replace(row, event=None), current_reader(), url_for) for row in rows],
        url_for("ledger.undo", entry_id=undo.entry_id) if undo else None,
    )
