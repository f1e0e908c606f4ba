"""The report by mail, and the mails that did not arrive."""

from __future__ import annotations

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader, show_message
from blueprints.mail.schemas import AskSchema, DropSchema, EndSchema, HourSchema, RetrySchema
from depot.base.actors import Actor
from depot.config import Config
from depot.kernel.once import AnyOutcome, Outcome, need_coordinator
from depot.mail.commands.queue import ChangedMail, drop_mail, retry_mail
from depot.mail.commands.subscriptions import (
    AskedForReport,
    AskForReport,
    EndedReport,
    ask_for_report,
    end_report,
    save_mail_hour,
)
from depot.mail.links import MailLinks
from depot.mail.queries import Reader, mail_hour, readers, unsent_mails


def index() -> str:
    """Show who gets the week by mail, and what did not arrive."""
    session, who = reader()
    return _page(Form({"hour": str(mail_hour(session, who.depot_id))}))


def ask() -> ResponseReturnValue:
    """Have the report sent to an address."""
    return submit_form(AskSchema(form=True), _ask, done=_asked, again=_page)


def end(subscription_id: int) -> ResponseReturnValue:
    """Send no more reports to an address."""
    extra = {"subscription_id": subscription_id}
    return submit_form(EndSchema(form=True), end_report, done=_ended, again=_page, extra=extra)


def hour() -> ResponseReturnValue:
    """Set the hour of Mondays."""
    need_coordinator(actor())
    return submit_form(HourSchema(form=True), save_mail_hour, done=_saved, again=_page)


def retry(mail_id: int) -> ResponseReturnValue:
    """Try a mail again."""
    return submit_form(
        RetrySchema(form=True), retry_mail, done=_tried, again=_page, extra={"mail_id": mail_id}
    )


def drop(mail_id: int) -> ResponseReturnValue:
    """Do not try a mail any more."""
    return submit_form(
        DropSchema(form=True), drop_mail, done=_saved, again=_page, extra={"mail_id": mail_id}
    )


def _page(form: Form) -> str:
    session, who = reader()
    own, others = visible_readers()
    return show_form(
        "mail/index.html",
        form,
        who=who,
        own=own,
        others=others,
        hour=mail_hour(session, who.depot_id),
        unsent=unsent_mails(session, who.depot_id) if who.is_coordinator else [],
        is_set_up=_config().mail is not None,
    )


def visible_readers() -> tuple[list[Reader], list[Reader]]:
    """Return the addresses of who looks, and to a coordinator those of all others."""
    session, who = reader()
    everybody = readers(session, who.depot_id) if who.is_coordinator else []
    own = readers(session, who.depot_id, who.person_id) if who.person_id else []
    return own, [one for one in everybody if one not in own]


def _ask(command: AskForReport, who: Actor) -> Outcome[AskedForReport]:
    config = _config()
    links = MailLinks(config.base_url, config.secret_key)
    return ask_for_report(command, who, links, reader=current_reader())


def _config() -> Config:
    found: Config = current_app.config["DEPOT"]
    return found


def _asked(outcome: Outcome[AskedForReport]) -> ResponseReturnValue:
    show_message(
        _(
            "A mail is on its way to %(address)s: the link in it says yes.",
            address=outcome.answer.address,
        )
    )
    return _back()


def _ended(outcome: Outcome[EndedReport]) -> ResponseReturnValue:
    show_message(_("No more reports go to %(address)s.", address=outcome.answer.address))
    return _back()


def _tried(outcome: Outcome[ChangedMail]) -> ResponseReturnValue:
    show_message(_("The mail to %(to)s is tried again now.", to=outcome.answer.to))
    return _back()


def _saved(_outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(_("Saved."))
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for("mails.index"), 303)
