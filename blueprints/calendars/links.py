"""Links in mails about shifts: say yes to them, or end them. The link is the key.

A GET only shows a button: programs that look at links before people do must change nothing.
"""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from blueprints.frame.api import base_url
from blueprints.frame.security import secret_key
from depot.base.errors import LinkExpired
from depot.calendars.commands.reminders import confirm_by_link, end_by_link
from depot.calendars.links import ReminderLinks
from depot.mail.links import CONFIRM, END


def confirm(signed: str) -> str:
    """Ask whether the mails are to come."""
    _wish(CONFIRM, signed)
    return render_template("calendars/link.html", purpose=CONFIRM, signed=signed, depot=None)


def do_confirm(signed: str) -> ResponseReturnValue:
    """Let the mails come."""
    return _done(CONFIRM, confirm_by_link(_wish(CONFIRM, signed)))


def end(signed: str) -> str:
    """Ask whether the mails are to stop."""
    _wish(END, signed)
    return render_template("calendars/link.html", purpose=END, signed=signed, depot=None)


def do_end(signed: str) -> ResponseReturnValue:
    """End the mails: from the page, or by one press in a mail program (RFC 8058)."""
    return _done(END, end_by_link(_wish(END, signed)))


def _wish(purpose: str, signed: str) -> int:
    found = ReminderLinks(base_url(), secret_key()).read(purpose, signed)
    if found is None:
        raise LinkExpired()
    return found


def _done(purpose: str, depot: str | None) -> str:
    if depot is None:
        raise LinkExpired()
    return render_template("calendars/link.html", purpose=purpose, signed="", depot=depot)
