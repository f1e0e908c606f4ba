"""Statements by mail: to every donor of a year who has an address, at one press."""

from __future__ import annotations

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from marshmallow import fields

from blueprints.frame.fields import CommandSchema, WholeNumber
from blueprints.frame.forms import Form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.web import reader, show_message
from blueprints.papers.donors import donors_page, in_their_words
from depot.base.actors import Actor
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.kernel.once import EARLIEST_YEAR, Outcome
from depot.partners.commands.statement_mails import (
    MailStatements,
    QueuedStatements,
    mail_statements,
)
from depot.partners.papers import statement_letter
from depot.partners.queries import donations


class MailSchema(CommandSchema):
    """Which year's statements."""

    makes = MailStatements
    command_id = fields.UUID(required=True)
    year = WholeNumber(required=True, least=EARLIEST_YEAR, most=9999)


def mail() -> ResponseReturnValue:
    """Queue the mails; they are sent afterwards."""
    need_coordinator()

    def done(outcome: Outcome[QueuedStatements]) -> ResponseReturnValue:
        show_message(
            ngettext(
                "%(num)s statement is on its way.",
                "%(num)s statements are on their way.",
                outcome.answer.queued,
            )
        )
        return redirect(url_for("papers.donors"), 303)

    return submit_form(MailSchema(form=True), _run, done=done, again=_again)


def _again(form: Form) -> str:
    return donors_page(form)


def _run(command: MailStatements, who: Actor) -> Outcome[QueuedStatements]:
    if current_app.config["DEPOT"].mail is None:
        raise Invalid(problem=N_("No mail server is set up. Whoever looks after the machine can."))
    need_coordinator()
    session, _who = reader()
    words = donations.letter_words(session, who.depot_id)
    reachable = {
        donor.partner_id
        for donor in donations.donors_of(session, who.depot_id, command.year)
        if donor.has_address
    }
    letters = [
        statement_letter(found, words, who, reads)
        for found, reads in in_their_words(
            donations.statements_of(session, who.depot_id, command.year, reachable)
        )
    ]
    return mail_statements(command, letters, who)
