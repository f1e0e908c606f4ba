"""Links to one report for somebody without an account: made, listed and ended by coordinators."""

from __future__ import annotations

from typing import Final

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import fields

from blueprints.frame.api import base_url
from blueprints.frame.fields import CommandSchema, Text, WholeNumber
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, reader, show_message
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.base.periods import Period, last_complete_period, parse_period
from depot.config import Config
from depot.kernel.once import AnyOutcome, Outcome
from depot.reports.commands.sharing import (
    MAX_DAYS,
    MAX_NOTE,
    EndShare,
    SharedReport,
    ShareReport,
    end_share,
    link_secret,
    share_report,
)
from depot.reports.queries.sharing import list_shares
from depot.reports.sums.period_words import period_title

#: For how many days a link lasts unless somebody chooses.
DEFAULT_DAYS: Final = 30


class ShareSchema(CommandSchema):
    """A link to the report of a period."""

    makes = ShareReport
    command_id = fields.UUID(required=True)
    period = Text(required=True, max_length=40)
    days = WholeNumber(required=True, most=MAX_DAYS)
    note = Text(load_default="", max_length=MAX_NOTE)


class EndSchema(CommandSchema):
    """A link that is to end."""

    makes = EndShare
    command_id = fields.UUID(required=True)
    share_id = fields.Integer(required=True)


def index() -> str:
    """List the links, the newest first."""
    session, who = reader()
    now = utc_now()
    rows = list_shares(session, who.depot_id)
    return render_template(
        "sharing/index.html",
        shares=[(row, period_name(row.period), row.counts(now)) for row in rows],
        new_href=url_for("sharing.new"),
    )


def new() -> str:
    """Ask for how long, and for whom."""
    _session, who = reader()
    newest = last_complete_period("week", utc_now().date(), who.depot.week_start).name
    return _page(Form({"period": query_text("period", newest), "days": str(DEFAULT_DAYS)}))


def create() -> ResponseReturnValue:
    """Make a link; it is shown on this answer only."""
    return submit_form(ShareSchema(form=True), _share, done=_made, again=_page)


def end(share_id: int) -> ResponseReturnValue:
    """End a link."""
    extra = {"share_id": share_id}
    return submit_form(EndSchema(form=True), end_share, done=_ended, again=_not_ended, extra=extra)


def period_name(period: Period) -> str:
    """Return what a period is called in the reader's language."""
    return period_title(period, current_reader())


def _page(form: Form) -> str:
    _session, who = reader()
    period = parse_period(str(form.values.get("period", "")), who.depot.week_start)
    return show_form("sharing/new.html", form, title=period_name(period))


def _share(command: ShareReport, who: Actor) -> Outcome[SharedReport]:
    return share_report(command, who, _config().secret_key)


def _made(outcome: Outcome[SharedReport]) -> ResponseReturnValue:
    _session, who = reader()
    command: ShareReport = ShareSchema(form=True).load(
        {name: request.form[name] for name in ("command_id", "period", "days")}
    )
    secret = link_secret(_config().secret_key, who.depot_id, command.command_id)
    period = parse_period(outcome.answer.period, who.depot.week_start)
    link = base_url() + url_for("sharing_public.report", secret=secret)
    return render_template("sharing/made.html", link=link, title=period_name(period)), 201


def _ended(_outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(_("That link shows nothing any more."))
    return redirect(url_for("sharing.index"), 303)


def _not_ended(_form: Form) -> str:
    return index()


def _config() -> Config:
    found: Config = current_app.config["DEPOT"]
    return found
