"""Passkeys: made and ended by oneself, and signing in with one. They need a script."""

from __future__ import annotations

import json
from typing import Any, Final

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.api import base_url
from blueprints.frame.forms import Form, show_form
from blueprints.frame.guards import actor
from blueprints.frame.security import client_address, secret_key
from blueprints.frame.signing_in.devices import own_device
from blueprints.frame.signing_in.entering import let_in
from blueprints.frame.signing_in.secret_forms import take, typed
from blueprints.frame.web import keep_no_copy, show_message
from blueprints.people.own import held
from blueprints.people.typed import PasswordSchema
from depot.base.clock import to_milliseconds, utc_now
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.db.database import current_session
from depot.people import queries
from depot.people.commands import passkeys as commands
from depot.people.devices import device_of
from depot.people.passkeys import (
    Json,
    Party,
    PasskeyRefused,
    ask_to_make,
    ask_to_sign,
    check_made,
    party_of,
)

#: Where the session keeps what a browser was asked: to make one, to sign in.
_MAKING: Final = "passkey_made"
_SIGNING: Final = "passkey_signed"
#: So long may looking for the finger take.
_COUNTS_MILLISECONDS: Final = 5 * 60 * 1000


def offered() -> Party | None:
    """Return whom passkeys are for; None where this address can have none."""
    return party_of(base_url())


def sign_in_options() -> str:
    """Return what the sign-in page asks a browser to sign, as JSON; empty where it cannot be."""
    party = offered()
    if party is None:
        return ""
    options, state = ask_to_sign(party, _kept(_SIGNING))
    _keep(_SIGNING, state)
    return json.dumps(options)


def sign_in() -> ResponseReturnValue:
    """Let in who holds a passkey of theirs."""
    return take(_sign_in, _refused, at="form")


def _sign_in() -> ResponseReturnValue:
    party, state = offered(), _kept(_SIGNING)
    if party is None or state is None or own_device() is not None:
        raise PasskeyRefused(field="form")
    answer = request.form.get("credential", "")
    return let_in(commands.sign_in_by_passkey(party, state, answer, client_address()))


def _refused(form: Form) -> str:
    errors = {"form": [one for found in form.errors.values() for one in found]}
    return show_form(
        "people/sign_in.html",
        Form(errors=errors),
        next=request.values.get("next", ""),
        passkey=sign_in_options(),
    )


def show() -> ResponseReturnValue:
    """Show one's passkeys."""
    return _page(Form())


def _page(form: Form, options: Json | None = None) -> str:
    keep_no_copy()
    _mine, person_id = held()
    return show_form(
        "people/passkeys.html",
        form,
        rows=commands.passkeys_of(current_session(), person_id),
        options=json.dumps(options) if options else "",
        is_offered=offered() is not None,
        has_sign_in=bool(queries.login_of(current_session(), person_id)),
    )


def begin() -> ResponseReturnValue:
    """Ask the browser to make one, once the password showed that it is oneself."""
    return take(_begin, _page)


def _begin() -> ResponseReturnValue:
    given = PasswordSchema(form=True).load(typed("password"))
    commands.begin_passkey(actor(), given.password)
    person_id, party = held()[1], offered()
    if party is None:
        raise PasskeyRefused(field="form")
    database = current_session()
    known = [row.credential for row in commands.passkeys_of(database, person_id)]
    login = queries.login_of(database, person_id)
    options, state = ask_to_make(party, secret_key(), person_id, login, known)
    _keep(_MAKING, state)
    return _page(Form(), options)


def keep() -> ResponseReturnValue:
    """Keep what the browser made."""
    return take(_save, _page, at="form")


def _save() -> ResponseReturnValue:
    party, state = offered(), _kept(_MAKING)
    if party is None or state is None:
        raise Invalid(problem=N_("That took too long. Please begin again."))
    made = check_made(party, state, request.form.get("credential", ""))
    device = device_of(request.user_agent.string)
    name = " · ".join(filter(None, (device.browser, device.system)))
    commands.keep_passkey(actor(), made, name)
    show_message(_("From now on you can sign in with it. Your password still counts."))
    return redirect(url_for("own.passkeys"), 303)


def end(passkey_id: int) -> ResponseReturnValue:
    """Let one open nothing any more."""
    commands.end_passkey(actor(), passkey_id)
    show_message(_("That passkey opens nothing any more."))
    return redirect(url_for("own.passkeys"), 303)


def _keep(name: str, state: Json) -> None:
    session[name] = [state, to_milliseconds(utc_now())]


def _kept(name: str) -> Json | None:
    """Return what was asked, once; None if it is too long ago."""
    kept: Any = session.pop(name, None)
    if not isinstance(kept, list) or len(kept) != 2:
        return None
    state, since = kept
    age = to_milliseconds(utc_now()) - since
    return state if isinstance(state, dict) and 0 <= age <= _COUNTS_MILLISECONDS else None
