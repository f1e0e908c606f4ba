"""The second step at sign-in, as everybody sets up their own."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form
from blueprints.frame.security import secret_key
from blueprints.frame.signing_in.secret_forms import take, typed
from blueprints.frame.web import keep_no_copy, show_message
from blueprints.people.own import held
from blueprints.people.typed import CodeSchema, PasswordAndCodeSchema, PasswordSchema
from depot.db.database import current_session
from depot.people import queries
from depot.people.commands.second_factors import (
    TypedCode,
    begin_factor,
    confirm_factor,
    end_factor,
    renew_codes,
)
from depot.people.second_factor import app_address, app_secret


def show() -> ResponseReturnValue:
    """Show what the second step is, how to set it up, or that it is on."""
    return _page(Form())


def _page(form: Form, codes: list[str] | None = None) -> str:
    keep_no_copy()
    mine, person_id = held()
    session = current_session()
    factor = queries.find_factor(session, person_id)
    secret = address = ""
    if factor is not None and not factor.is_on:
        secret = app_secret(secret_key(), person_id, factor.salt)
        depot = mine.actor.depot.name
        address = app_address(secret, queries.login_of(session, person_id), depot)
    return show_form(
        "people/factor.html",
        form,
        factor=factor,
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        address=address,
        codes=codes,
        is_lacking=mine.lacks_factor,
    )


def begin() -> ResponseReturnValue:
    """Make what an app is to be told; the password shows that it is oneself."""
    return take(_begin, _page)


def _begin() -> ResponseReturnValue:
    given = PasswordSchema(form=True).load(typed("password"))
    begin_factor(held()[1], given.password)
    return redirect(url_for("own.factor"), 303)


def confirm() -> ResponseReturnValue:
    """Take the first code; the codes for paper are shown on this answer only."""
    return take(_confirm, _page)


def _confirm() -> ResponseReturnValue:
    mine, person_id = held()
    given = CodeSchema(form=True).load(typed("code"))
    codes = confirm_factor(TypedCode(person_id, given.code), secret_key(), mine.session_id)
    return _page(Form(), codes), 201


def renew() -> ResponseReturnValue:
    """Make new codes for paper; they are shown on this answer only."""
    return take(_renew, _page)


def _renew() -> ResponseReturnValue:
    given = CodeSchema(form=True).load(typed("code"))
    return _page(Form(), renew_codes(TypedCode(held()[1], given.code), secret_key())), 201


def end() -> ResponseReturnValue:
    """Ask for no second step any more."""
    return take(_end, _page)


def _end() -> ResponseReturnValue:
    mine, person_id = held()
    given = PasswordAndCodeSchema(form=True).load(typed("password", "code"))
    code = TypedCode(person_id, given.code)
    end_factor(code, given.password, secret_key(), mine.session_id)
    show_message(_("The second step is off. Other phones have to sign in again."))
    return redirect(url_for("own.factor"), 303)
