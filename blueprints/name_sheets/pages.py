"""Sign-in sheets: which there are, the one of a hand-out, and its names for who may read them."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, keep_no_copy, reader, show_message
from blueprints.name_sheets.schemas import StrikeNameSchema, WriteNameSchema
from depot.base.actors import Actor
from depot.base.text import N_
from depot.distribution.queries.events import EventRow, event_row
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome
from depot.name_sheets.commands.lines import (
    StrikeName,
    WriteName,
    WrittenName,
    strike_name,
    write_name,
)
from depot.name_sheets.queries import name_sheets, names_on
from depot.name_sheets.setting import keeps_names, need_names, sheet_setting
from depot.people.access_journal import note_reading
from depot.words import figures


def index() -> ResponseReturnValue:
    """List the sheets: how many households each has, and when its names go."""
    session, who = reader()
    return render_template(
        "name_sheets/index.html",
        who=who,
        is_on=keeps_names(session, who.depot_id),
        sheets=name_sheets(session, who.depot_id),
    )


def sheet(event_id: int) -> ResponseReturnValue:
    """Show the sheet of a hand-out without its names: to print, and to type from."""
    return _sheet_page(event_id, Form())


def _sheet_page(event_id: int, form: Form) -> str:
    session, who = reader()
    event = need_event(event_id)
    setting = sheet_setting(session, who.depot_id)
    return show_form(
        "name_sheets/sheet.html",
        form,
        event=event,
        who=who,
        is_on=setting is not None and setting.is_on,
        years=setting.years if setting else 0,
        sheet=next(iter(name_sheets(session, who.depot_id, event_id)), None),
    )


def need_event(event_id: int) -> EventRow:
    """Return a hand-out of the depot. Raises NotFound."""
    session, who = reader()
    return found_or_404(N_("hand-out"), event_id, event_row(session, who.depot_id, event_id))


def write(event_id: int) -> ResponseReturnValue:
    """Write a household onto it; the same page asks for the next, and names nobody."""

    def run(command: WriteName, who: Actor) -> Outcome[WrittenName]:
        return write_name(replace(command, event_id=event_id), who)

    def done(outcome: Outcome[WrittenName]) -> ResponseReturnValue:
        count = figures.number(outcome.answer.lines, current_reader())
        show_message(_("Written. Households on the sheet: %(count)s.", count=count))
        return redirect(url_for("name_sheets.sheet", event_id=event_id), 303)

    return submit_form(
        WriteNameSchema(form=True), run, done=done, again=lambda form: _sheet_page(event_id, form)
    )


def names(event_id: int) -> ResponseReturnValue:
    """Show the names to who may read them, once the journal knows of it."""
    return _names_page(event_id, Form())


def _names_page(event_id: int, form: Form) -> str:
    session, who = reader()
    event = need_event(event_id)
    need_names(who)
    note_reading(who, "names_read", event.name)
    keep_no_copy()
    return show_form(
        "name_sheets/names.html", form, event=event, lines=names_on(session, who, event_id)
    )


def strike(event_id: int, line_id: int) -> ResponseReturnValue:
    """Take a line off that was typed by mistake."""

    def run(command: StrikeName, who: Actor) -> Outcome[SavedId]:
        return strike_name(command, who)

    def done(_outcome: Outcome[SavedId]) -> ResponseReturnValue:
        show_message(_("It is gone, and nothing of it is kept."))
        return redirect(url_for("name_sheets.names", event_id=event_id), 303)

    return submit_form(
        StrikeNameSchema(form=True),
        run,
        done=done,
        again=lambda form: _names_page(event_id, form),
        extra={"line_id": line_id},
    )
