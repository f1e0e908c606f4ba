"""Links in mails: say yes to the weekly report, or end it. The link is the key; no account needed.

A GET only shows a button: programs that look at links before people do must change nothing.
"""

from __future__ import annotations

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from depot.base.errors import LinkExpired
from depot.config import Config
from depot.mail.commands.subscriptions import confirm_by_link, end_by_link
from depot.mail.links import CONFIRM, END, MailLinks


def confirm(signed: str) -> str:
    """Ask whether the report is to come."""
    _subscription(CONFIRM, signed)
    return render_template("mail/link.html", purpose=CONFIRM, signed=signed, depot=None)


def do_confirm(signed: str) -> ResponseReturnValue:
    """Let the report come."""
    return _done(CONFIRM, confirm_by_link(_subscription(CONFIRM, signed)))


def end(signed: str) -> str:
    """Ask whether the report is to stop."""
    _subscription(END, signed)
    return render_template("mail/link.html", purpose=END, signed=signed, depot=None)


def do_end(signed: str) -> ResponseReturnValue:
    """End the report: from the page, or by one press in a mail program (RFC 8058)."""
    return _done(END, end_by_link(_subscription(END, signed)))


def _subscription(purpose: str, signed: str) -> int:
    config: Config = current_app.config["DEPOT"]
    found = MailLinks(config.base_url, config.secret_key).read(purpose, signed)
    if found is None:
        raise LinkExpired()
    return found


def _done(purpose: str, depot: str | None) -> str:
    if depot is None:
        raise LinkExpired()
    return render_template("mail/link.html", purpose=purpose, signed="", depot=depot)
