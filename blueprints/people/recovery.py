"""Getting in again without the password: asking for a mail, and the page of the link."""

from __future__ import annotations

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.api import base_url
from blueprints.frame.forms import Form, show_form
from blueprints.frame.signing_in.entering import let_in
from blueprints.frame.signing_in.secret_forms import take, typed
from blueprints.people.typed import LoginSchema, PasswordSchema
from depot.base.clock import utc_now
from depot.base.errors import LinkExpired
from depot.base.secrets import secret_hash
from depot.config import Config
from depot.db.database import current_session
from depot.people import queries
from depot.people.commands.recovery import mail_recovery, recover


def ask() -> ResponseReturnValue:
    """Say how one gets in again; where there are mails, ask for the address."""
    return _ask_page(Form())


def _ask_page(form: Form) -> str:
    config: Config = current_app.config["DEPOT"]
    return show_form("people/forgotten.html", form, has_mail=config.mail is not None)


def do_ask() -> ResponseReturnValue:
    """Send a link to who signs in with that address; say the same whether anybody does."""
    return take(_mail, _ask_page)


def _mail() -> ResponseReturnValue:
    given = LoginSchema(form=True).load(typed("login"))
    config: Config = current_app.config["DEPOT"]
    if config.mail is not None:
        mail_recovery(given.login, _letter)
    return redirect(url_for("account.asked"), 303)


def _letter(secret: str, depot_name: str) -> tuple[str, str]:
    """Return subject and text of the mail that brings the link."""
    link = base_url() + url_for("account.recover", token=secret)
    text = _(
        "Somebody, probably you, asked for a new password at %(depot)s.\n\n"
        "Set it here, within an hour; the link counts once:\n%(link)s\n\n"
        "If it was not you, do nothing: your password stays as it is.\n",
        depot=depot_name,
        link=link,
    )
    return str(_("A new password for %(depot)s", depot=depot_name)), str(text)


def asked() -> ResponseReturnValue:
    """Say that a mail is on its way, if there is anybody to get it."""
    return render_template("people/asked.html")


def show(token: str) -> ResponseReturnValue:
    """Ask for the new password."""
    return _page(token, Form())


def _page(token: str, form: Form) -> str:
    login = queries.find_recovery(current_session(), secret_hash(token), utc_now())
    if login is None:
        raise LinkExpired()
    return show_form("people/recover.html", form, login=login, token=token)


def save(token: str) -> ResponseReturnValue:
    """Set the new password and let them in; every other phone has to sign in again."""
    return take(lambda: _save(token), lambda form: _page(token, form))


def _save(token: str) -> ResponseReturnValue:
    given = PasswordSchema(form=True).load(typed("password"))
    return let_in(recover(token, given.password), _("Your password is new."))
