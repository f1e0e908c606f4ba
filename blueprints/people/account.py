"""Signing in and out, and taking up an invitation. Open to anyone."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import logout_user

from blueprints.frame.forms import Form, show_form
from blueprints.frame.guards import current_actor, own_session
from blueprints.frame.signing_in.devices import caller_of, own_device
from blueprints.frame.signing_in.entering import half_in, let_in
from blueprints.frame.signing_in.secret_forms import take, typed
from blueprints.frame.web import next_page
from blueprints.people.passkeys import sign_in_options
from blueprints.people.typed import AcceptSchema, CodeSchema, JoinAsMeSchema, SignInSchema
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.base.errors import LinkExpired
from depot.base.secrets import secret_hash
from depot.config import Config
from depot.db.database import current_session
from depot.people import queries
from depot.people.commands import accounts, sessions
from depot.people.commands.second_factors import TypedCode, check_code


def sign_in() -> ResponseReturnValue:
    """Ask for name and password; on a device of the depot's own, who is doing this."""
    if current_actor() is not None:
        return redirect(next_page(url_for("today.show")))
    if own_device() is not None:
        return redirect(url_for("devices_public.who", next=next_page("/")))
    return _sign_in_page(Form())


def do_sign_in() -> ResponseReturnValue:
    """Check name and password; many failures in a row have to wait."""
    return take(_sign_in, _sign_in_page, at="form")


def _sign_in() -> ResponseReturnValue:
    given: accounts.SignIn = SignInSchema(form=True).load(typed("login", "password"))
    caller, is_known = caller_of(given.login)
    return let_in(accounts.sign_in(replace(given, caller=caller, is_known_device=is_known)))


def _sign_in_page(form: Form) -> str:
    wanted = request.values.get("next", "")
    return show_form("people/sign_in.html", form, next=wanted, passkey=sign_in_options())


def code() -> ResponseReturnValue:
    """Ask for a code of the second step, from who typed the right password just now."""
    if half_in() is None:
        return redirect(url_for("account.sign_in", next=next_page("/")))
    return _code_page(Form())


def do_code() -> ResponseReturnValue:
    """Check the code."""
    start = half_in()
    if start is None:
        return redirect(url_for("account.sign_in", next=next_page("/")), 303)

    def check() -> ResponseReturnValue:
        given = CodeSchema(form=True).load(typed("code"))
        caller, is_known = caller_of(queries.login_of(current_session(), start.person_id))
        config: Config = current_app.config["DEPOT"]
        check_code(
            TypedCode(start.person_id, given.code, caller if is_known else ""), config.secret_key
        )
        return let_in(start)

    return take(check, _code_page)


def _code_page(form: Form) -> str:
    return show_form("people/code.html", form, next=request.values.get("next", ""))


def sign_out() -> ResponseReturnValue:
    """End this session; with `everywhere`, every session of this person."""
    held = own_session()
    if held is not None and held.actor.person_id is not None:
        if request.form.get("everywhere"):
            sessions.sign_out_everywhere(held.actor.person_id)
        else:
            sessions.sign_out(held.actor.person_id, held.session_id)
    logout_user()
    session.clear()
    return redirect(url_for("account.sign_in"), 303)


def join(token: str) -> ResponseReturnValue:
    """Show what an invitation offers."""
    return _join_page(token, Form())


def _join_page(token: str, form: Form) -> str:
    offer = queries.find_invitation(current_session(), secret_hash(token), utc_now())
    if offer is None:
        raise LinkExpired()
    if not form.values:
        form.values = {"name": offer.name}
    who = _themselves()
    return show_form(
        "people/join.html",
        form,
        offer=offer,
        token=token,
        who=who,
        needs_sign_in=_needs_sign_in(),
    )


def _needs_sign_in() -> bool:
    """Say whether who opens the link is a name on this phone, and gets a sign-in by it."""
    who = _themselves()
    return bool(who and who.person_id and not queries.login_of(current_session(), who.person_id))


def _themselves() -> Actor | None:
    """Return who is signed in, but for a name that was tapped on a device of the depot's own."""
    who = current_actor()
    return who if who is not None and who.device is None else None


def do_join(token: str) -> ResponseReturnValue:
    """Make the account; somebody already signed in only joins the depot."""
    return take(lambda: _join(token), lambda form: _join_page(token, form))


def _join(token: str) -> ResponseReturnValue:
    who = _themselves()
    if who is not None and request.form.get("as_me"):
        own = ("command_id", "login", "password") if _needs_sign_in() else ("command_id",)
        given = typed(*own) | {"token": token, "name": who.name}
        command = JoinAsMeSchema(form=True).load(given)
        start = accounts.accept_invitation(command, signed_in=who.person_id)
    else:
        given = typed("command_id", "name", "login", "password") | {"token": token}
        start = accounts.accept_invitation(AcceptSchema(form=True).load(given))
    return let_in(start, _("Welcome, %(name)s.", name=start.name))
