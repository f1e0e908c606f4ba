"""Webhooks as coordinators make, watch and end them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.fields import CommandSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.security import secret_key
from blueprints.frame.web import keep_no_copy, reader, show_message
from blueprints.programs.schemas import (
    KIND_BOX,
    AddWebhookForm,
    EndWebhookSchema,
    ResumeWebhookSchema,
    TryWebhookSchema,
)
from blueprints.programs.words import delivery_text, kinds_text
from blueprints.words.entries import ENTRY_KIND_WORDS
from depot.base.actors import Actor
from depot.base.kinds import ENTRY_KINDS
from depot.kernel.answers import Saved
from depot.kernel.once import AnyOutcome, Outcome
from depot.programs.commands import webhooks as commands
from depot.programs.queries.webhooks import webhooks_of
from depot.programs.signing import webhook_secret


def index() -> ResponseReturnValue:
    """Show the webhooks, and how telling each went."""
    return _page(Form())


def _page(form: Form, secret: str | None = None) -> str:
    keep_no_copy()
    session, who = reader()
    reads = current_reader()
    return show_form(
        "programs/index.html",
        form,
        webhooks=webhooks_of(session, who.depot_id),
        kinds_text=partial(kinds_text, reader=reads),
        delivery_text=partial(delivery_text, reader=reads),
        kinds=[(KIND_BOX + kind, _(ENTRY_KIND_WORDS[kind])) for kind in ENTRY_KINDS],
        secret=secret,
    )


def add() -> ResponseReturnValue:
    """Make a webhook; its secret is shown on this answer only."""
    return submit_form(AddWebhookForm(form=True), _add, done=_added, again=_page)


def _add(command: commands.AddWebhook, who: Actor) -> Outcome[Saved]:
    return commands.add_webhook(command, who, current_app.config["DEPOT"].webhook_networks)


def _added(_outcome: AnyOutcome) -> ResponseReturnValue:
    command_id = UUID(request.form["command_id"])
    secret = webhook_secret(secret_key(), actor().depot_id, command_id)
    return _page(Form(), secret), 201


def end(webhook_id: int) -> ResponseReturnValue:
    """End a webhook."""

    def run(command: commands.EndWebhook, who: Actor) -> Outcome[Saved]:
        return commands.end_webhook(replace(command, webhook_id=webhook_id), who)

    return _submit(EndWebhookSchema(form=True), run, _("It is told nothing any more."))


def resume(webhook_id: int) -> ResponseReturnValue:
    """Tell a webhook again that failed."""

    def run(command: commands.ResumeWebhook, who: Actor) -> Outcome[Saved]:
        return commands.resume_webhook(replace(command, webhook_id=webhook_id), who)

    said = _("It is told again now, from where it was left.")
    return _submit(ResumeWebhookSchema(form=True), run, said)


def test(webhook_id: int) -> ResponseReturnValue:
    """Have a webhook sent a test."""

    def run(command: commands.TryWebhook, who: Actor) -> Outcome[Saved]:
        return commands.try_webhook(replace(command, webhook_id=webhook_id), who)

    said = _("A test is sent in the next seconds. Look here again.")
    return _submit(TryWebhookSchema(form=True), run, said)


def _submit(
    schema: CommandSchema, run: Callable[[Any, Actor], Outcome[Saved]], said: str
) -> ResponseReturnValue:
    return submit_form(schema, run, done=partial(_done, said), again=_not_done)


def _done(sentence: str, _outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(sentence)
    return redirect(url_for("webhooks.index"), 303)


def _not_done(form: Form) -> str:
    return _page(Form(errors=form.errors))
