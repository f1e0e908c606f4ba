"""Signing in and out, taking up an invitation, one's own account. Open to anyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_user, logout_user
from flask_wtf.csrf import generate_csrf
from marshmallow import ValidationError, fields

from blueprints.frame import guards
from blueprints.frame.errors import message_of, status_of
from blueprints.frame.fields import CommandSchema, Text
from blueprints.frame.forms import Form, flatten, nest, read_form, show_form
from blueprints.frame.guards import SignedIn, current_actor, limiter
from blueprints.frame.web import next_page, show_message
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.base.errors import DepotError, LinkExpired
from depot.base.secrets import secret_hash
from depot.db.database import current_session
from depot.people import queries
from depot.people.commands import accounts


@dataclass(frozen=True, slots=True)
class Passwords:
    """A change of password."""

    old_password: str
    new_password: str


class SignInSchema(CommandSchema):
    makes = accounts.SignIn
    login = Text(required=True, max_length=200)
    password = fields.String(required=True)


class AcceptSchema(CommandSchema):
    makes = accounts.AcceptInvitation
    token = Text(required=True, max_length=200)
    name = Text(required=True)
    login = Text(required=True, max_length=200)
    password = fields.String(required=True)


class PasswordSchema(CommandSchema):
    makes = Passwords
    old_password = fields.String(required=True)
    new_password = fields.String(required=True)


def _start(start: accounts.SessionStart) -> None:
    """Begin a session; what an earlier one left in the cookie is gone."""
    session.clear()
    session.permanent = True
    session["depot"] = start.depot_id
    generate_csrf()  # one for the whole session: pages that load side by side must not make two
    g.pop("_login_user", None)
    found = queries.find_session_holder(current_session(), start.person_id, start.depot_id)
    if found is not None:
        login_user(SignedIn(found.actor, found.session_version))


def _failed(_response: Any) -> bool:
    return bool(getattr(_response, "status_code", 200) == 401)


def _typed_login() -> str:
    return accounts.login_key(request.form.get("login", ""))[:200]


def sign_in() -> ResponseReturnValue:
    """Ask for name and password."""
    if current_actor() is not None:
        return redirect(next_page(url_for("today.show")))
    return _sign_in_page(Form())


@limiter.limit("30 per minute", methods=["POST"], deduct_when=_failed)
@limiter.limit("8 per 5 minutes", key_func=_typed_login, methods=["POST"], deduct_when=_failed)
def do_sign_in() -> ResponseReturnValue:
    """Check name and password; many failures in a row have to wait."""
    try:
        command = SignInSchema(form=True).load(_plain("login", "password"))
        _start(accounts.sign_in(command))
    except ValidationError as error:
        return _sign_in_page(Form(_safe(), flatten(error.messages))), 422
    except DepotError as error:
        found = {"form": [message_of(error)]}
        return _sign_in_page(Form(_safe(), found)), status_of(error)
    return redirect(next_page(url_for("today.show")), 303)


def _sign_in_page(form: Form) -> str:
    wanted = request.values.get("next", "")
    return show_form("people/sign_in.html", form, next=wanted)


def _plain(*names: str) -> dict[str, Any]:
    kept = nest(read_form())
    return {name: kept[name] for name in names if name in kept}


def _safe() -> dict[str, Any]:
    return {name: value for name, value in read_form().items() if "password" not in name}


def sign_out() -> ResponseReturnValue:
    """End this session; with `everywhere`, every session of this person."""
    who = current_actor()
    if who is not None and request.form.get("everywhere") and who.person_id is not None:
        accounts.sign_out_everywhere(who.person_id)
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
    return show_form("people/join.html", form, offer=offer, token=token)


@limiter.limit("30 per hour", methods=["POST"])
def do_join(token: str) -> ResponseReturnValue:
    """Make the account; somebody already signed in only joins the depot."""
    who = current_actor()
    try:
        if who is not None and request.form.get("as_me"):
            command = accounts.AcceptInvitation(token, who.name, "", "")
            start = accounts.accept_invitation(command, signed_in=who.person_id)
        else:
            given = _plain("name", "login", "password") | {"token": token}
            start = accounts.accept_invitation(AcceptSchema(form=True).load(given))
    except ValidationError as error:
        return _join_page(token, Form(_safe(), flatten(error.messages))), 422
    except LinkExpired:
        raise
    except DepotError as error:
        found = {error.field or "form": [message_of(error)]}
        return _join_page(token, Form(_safe(), found)), status_of(error)
    _start(start)
    show_message(_("Welcome, %(name)s.", name=start.name))
    return redirect(url_for("today.show"), 303)


def _person() -> Actor:
    return guards.actor()


def mine() -> ResponseReturnValue:
    """Show one's own account: depots, password, sign-out everywhere."""
    return guards.signed_in() or _account_page(Form())


def _account_page(form: Form) -> str:
    who = _person()
    depots = queries.depots_of(current_session(), who.person_id or 0)
    return show_form("people/show.html", form, who=who, depots=depots)


@limiter.limit("10 per hour", methods=["POST"])
def change_password() -> ResponseReturnValue:
    """Set a new password; other phones have to sign in again."""
    if (away := guards.signed_in()) is not None:
        return away
    try:
        wanted = PasswordSchema(form=True).load(_plain("old_password", "new_password"))
        start = accounts.change_password(_person(), wanted.old_password, wanted.new_password)
    except ValidationError as error:
        return _account_page(Form({}, flatten(error.messages))), 422
    except DepotError as error:
        field = "new_password" if error.field == "password" else error.field or "form"
        return _account_page(Form({}, {field: [message_of(error)]})), status_of(error)
    _start(start)
    show_message(_("Your password is new. Other phones have to sign in again."))
    return redirect(url_for("account.mine"), 303)


def switch() -> ResponseReturnValue:
    """Go on in another depot one works in; another's id changes nothing."""
    if (away := guards.signed_in()) is not None:
        return away
    wanted = request.form.get("depot", "")
    mine = {
        str(depot.id) for depot in queries.depots_of(current_session(), _person().person_id or 0)
    }
    if wanted in mine:
        session["depot"] = int(wanted)
    return redirect(url_for("today.show"), 303)
