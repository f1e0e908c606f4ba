"""Announced deliveries: the list, announcing one, and confirming it at the door."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import fields

from blueprints.dropoffs.forms import (
    ConfirmForm,
    ConfirmSchema,
    announce_form,
    guess_line,
)
from blueprints.frame.api import base_url
from blueprints.frame.fields import CommandSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, reader, show_message
from blueprints.words.amounts import units_of
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.base.text import N_
from depot.dropoffs import commands
from depot.dropoffs.commands import (
    CallOffDropOff,
    ConfirmedDropOff,
    OpenDropOffLink,
    SavedDropOff,
    SavedDropOffLink,
)
from depot.dropoffs.queries import (
    DropOffRow,
    drop_off_link,
    find_drop_off,
    settled_drop_offs,
    waiting_drop_offs,
)
from depot.items.queries import catalog
from depot.kernel.once import Outcome
from depot.words import figures
from depot.words.goods import name_goods

#: Rows for what nobody announced.
MORE_ROWS: Final = 3


class LinkSchema(CommandSchema):
    """Whether donors may announce."""

    makes = OpenDropOffLink
    command_id = fields.UUID(required=True)
    is_open = fields.Boolean(load_default=True)


class CallOffSchema(CommandSchema):
    """It does not come."""

    makes = CallOffDropOff
    command_id = fields.UUID(required=True)


def index() -> ResponseReturnValue:
    """List what is to come, the soonest first, and what came."""
    session, who = reader()
    secret = drop_off_link(session, who.depot_id)
    return render_template(
        "dropoffs/index.html",
        who=who,
        waiting=waiting_drop_offs(session, who.depot_id),
        settled=settled_drop_offs(session, who.depot_id),
        link=base_url() + url_for("dropoffs_public.ask", secret=secret) if secret else None,
    )


def link() -> ResponseReturnValue:
    """Make the donors' link anew, or end it."""

    def done(outcome: Outcome[SavedDropOffLink]) -> ResponseReturnValue:
        show_message(
            _("Donors can announce now.") if outcome.answer.is_open else _("The link is ended.")
        )
        return redirect(url_for("dropoffs.index"), 303)

    def again(form: Form) -> ResponseReturnValue:
        return index()

    schema = LinkSchema(form=True)
    return submit_form(schema, commands.open_drop_off_link, done=done, again=again)


def new() -> ResponseReturnValue:
    """Ask who brings what, and when."""
    tomorrow = figures.to_local(utc_now(), current_reader()) + timedelta(days=1)
    return _announce_page(Form({"expected_at": f"{tomorrow:%Y-%m-%d}T10:00"}))


def _announce_page(form: Form) -> str:
    session, who = reader()
    donors = [partner.name for partner in catalog.partners_recent(session, who.depot_id, 50)]
    return show_form("dropoffs/new.html", form, donors=donors)


def announce() -> ResponseReturnValue:
    """Keep it."""

    def done(outcome: Outcome[SavedDropOff]) -> ResponseReturnValue:
        show_message(_("Announced: %(donor)s.", donor=outcome.answer.donor))
        return redirect(url_for("dropoffs.index"), 303)

    schema = announce_form(actor().depot.time_zone)
    return submit_form(schema, commands.announce_drop_off, done=done, again=_announce_page)


def _need(drop_off_id: int) -> DropOffRow:
    session, who = reader()
    found = find_drop_off(session, who.depot_id, drop_off_id)
    return found_or_404(N_("delivery"), drop_off_id, found)


def show(drop_off_id: int) -> ResponseReturnValue:
    """Show what was announced, to be confirmed line by line; or what came of it."""
    found = _need(drop_off_id)
    values: dict[str, str] = {}
    for index, line in enumerate(found.lines):
        amount, item = guess_line(line.what)
        values |= {
            f"lines-{index}-came": "yes",
            f"lines-{index}-item": item,
            f"lines-{index}-amount": amount,
        }
    return _door_page(found, Form(values))


def _door_page(found: DropOffRow, form: Form) -> str:
    session, who = reader()
    items = catalog.item_names(session, who.depot_id, with_loose=True)
    return show_form(
        "dropoffs/show.html",
        form,
        drop_off=found,
        items=[row.name for row in items],
        more_rows=range(MORE_ROWS),
        unit=who.depot.weight_unit,
    )


def confirm(drop_off_id: int) -> ResponseReturnValue:
    """Book what came."""
    found = _need(drop_off_id)

    def run(form: ConfirmForm, who: Actor) -> Outcome[ConfirmedDropOff]:
        session, _who = reader()
        units = units_of(catalog.item_names(session, who.depot_id, with_loose=True))
        command = form.command(units, who.depot.weight_unit)
        return commands.confirm_drop_off(replace(command, drop_off_id=drop_off_id), who)

    def done(outcome: Outcome[ConfirmedDropOff]) -> ResponseReturnValue:
        came = [(line.item, line.quantity, line.unit) for line in outcome.answer.lines]
        what = name_goods(came, current_reader())
        show_message(_("From %(donor)s — %(what)s.", donor=found.donor, what=what), outcome)
        return redirect(url_for("dropoffs.index"), 303)

    def again(form: Form) -> str:
        return _door_page(found, form)

    return submit_form(ConfirmSchema(form=True), run, done=done, again=again)


def call_off(drop_off_id: int) -> ResponseReturnValue:
    """Say that it does not come."""
    found = _need(drop_off_id)

    def run(command: CallOffDropOff, who: Actor) -> Outcome[SavedDropOff]:
        return commands.call_off_drop_off(replace(command, drop_off_id=drop_off_id), who)

    def done(outcome: Outcome[SavedDropOff]) -> ResponseReturnValue:
        show_message(_("It does not come: %(donor)s.", donor=outcome.answer.donor))
        return redirect(url_for("dropoffs.index"), 303)

    def again(form: Form) -> str:
        return _door_page(found, form)

    return submit_form(CallOffSchema(form=True), run, done=done, again=again)
