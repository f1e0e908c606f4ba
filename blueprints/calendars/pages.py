"""One's own calendar and the depot's: made, made anew, ended."""

from __future__ import annotations

from functools import partial

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.calendars.schemas import (
    AskSchema,
    CloseCalendarSchema,
    EndSchema,
    OpenCalendarSchema,
)
from blueprints.frame.api import base_url
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.security import secret_key
from blueprints.frame.web import keep_no_copy, reader, show_message
from depot.base.actors import Actor
from depot.calendars.commands import feeds as commands
from depot.calendars.commands.feeds import OpenCalendar, calendar_secret
from depot.calendars.commands.reminders import (
    AskForReminders,
    ask_for_reminders,
    end_reminders,
)
from depot.calendars.links import ReminderLinks
from depot.calendars.queries import OpenFeed, open_feeds, own_wish
from depot.kernel.answers import SavedId
from depot.kernel.once import AnyOutcome, Outcome


def index() -> ResponseReturnValue:
    """Show the addresses of the calendars that were made."""
    return _page(Form())


def _page(form: Form) -> str:
    keep_no_copy()
    session, who = reader()
    found = {feed.of_depot: feed for feed in open_feeds(session, who)}
    return show_form(
        "calendars/index.html",
        form,
        who=who,
        own=_url(found.get(False), who),
        depots=_url(found.get(True), who),
        wish=own_wish(session, who),
        is_set_up=current_app.config["DEPOT"].mail is not None,
    )


def _url(feed: OpenFeed | None, who: Actor) -> str | None:
    if feed is None:
        return None
    secret = calendar_secret(secret_key(), who.depot_id, feed.command_id)
    return base_url() + url_for("calendars_public.feed", secret=secret)


def open_calendar() -> ResponseReturnValue:
    """Make a calendar; an address of before shows nothing any more."""
    return submit_form(
        OpenCalendarSchema(form=True),
        _open,
        done=partial(_done, _("Subscribe to the address below. One of before shows nothing now.")),
        again=_page,
    )


def _open(command: OpenCalendar, who: Actor) -> Outcome[SavedId]:
    return commands.open_calendar(command, who, secret_key())


def close_calendar() -> ResponseReturnValue:
    """End a calendar."""
    return submit_form(
        CloseCalendarSchema(form=True),
        commands.close_calendar,
        done=partial(_done, _("That address shows nothing any more.")),
        again=_page,
    )


def ask() -> ResponseReturnValue:
    """Ask an address by mail whether mails about shifts are to come."""
    sentence = _("Saved. If a mail came to that address, the link in it says yes.")
    return submit_form(AskSchema(form=True), _ask, done=partial(_done, sentence), again=_page)


def _ask(command: AskForReminders, who: Actor) -> Outcome[SavedId]:
    links = ReminderLinks(base_url(), secret_key())
    return ask_for_reminders(command, who, links, current_reader())


def end() -> ResponseReturnValue:
    """Send no more mails about shifts."""
    sentence = _("No more of these mails go out.")
    return submit_form(
        EndSchema(form=True), end_reminders, done=partial(_done, sentence), again=_page
    )


def _done(sentence: str, _outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(sentence)
    return redirect(url_for("calendars.index"), 303)
