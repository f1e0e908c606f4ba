"""One's own account: depots, password, and the devices on which one is signed in."""

from __future__ import annotations

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame import guards
from blueprints.frame.api import base_url
from blueprints.frame.forms import Form, show_form
from blueprints.frame.guards import SignedIn
from blueprints.frame.language import LANGUAGE, known_language
from blueprints.frame.signing_in.entering import begin_session
from blueprints.frame.signing_in.secret_forms import take, typed
from blueprints.frame.web import keep_no_copy, next_page, show_message
from blueprints.people.typed import PasswordsSchema, TakeSignInSchema
from depot.base.actors import ROLE_WORDS, Actor
from depot.base.clock import utc_now
from depot.base.errors import Forbidden
from depot.db.database import current_session
from depot.people import queries
from depot.people.commands import accounts
from depot.people.commands.languages import choose_language
from depot.people.commands.sessions import end_session, sign_out_everywhere
from depot.people.passkeys import party_of


def held() -> tuple[SignedIn, int]:
    """Return the session that asks, and whose it is. Raises Forbidden for a program."""
    found = guards.own_session()
    if found is None or found.actor.person_id is None:
        raise Forbidden()
    return found, found.actor.person_id


def mine() -> ResponseReturnValue:
    """Show one's own account: depots, password, sign-out everywhere."""
    return guards.own_hands() or _page(Form())


def _page(form: Form) -> str:
    who = _person()
    person_id = who.person_id or 0
    depots = queries.depots_of(current_session(), person_id)
    factor = queries.find_factor(current_session(), person_id)
    return show_form(
        "people/show.html",
        form,
        who=who,
        depots=depots,
        factor_is_on=factor is not None and factor.is_on,
        has_sign_in=bool(queries.login_of(current_session(), person_id)),
        has_passkeys=party_of(base_url()) is not None,
        role=_(ROLE_WORDS[who.role]),
        language=held()[0].language,
    )


def _person() -> Actor:
    return guards.actor()


def change_password() -> ResponseReturnValue:
    """Set a new password; other phones have to sign in again."""
    return guards.own_hands() or take(_change_password, _page, at="new_password")


def _change_password() -> ResponseReturnValue:
    wanted = PasswordsSchema(form=True).load(typed("old_password", "new_password"))
    start = accounts.change_password(_person(), wanted.old_password, wanted.new_password)
    begin_session(start)
    show_message(_("Your password is new. Other phones have to sign in again."))
    return redirect(url_for("account.mine"), 303)


def take_sign_in() -> ResponseReturnValue:
    """Give somebody who is a name on this phone a sign-in of their own."""
    return take(_take_sign_in, _page)


def _take_sign_in() -> ResponseReturnValue:
    wanted = TakeSignInSchema(form=True).load(typed("login", "password"))
    accounts.take_sign_in(wanted, _person())
    show_message(_("Saved. From now on you can sign in with it from any phone."))
    return redirect(url_for("account.mine"), 303)


def switch() -> ResponseReturnValue:
    """Go on in another depot one works in; another's id changes nothing."""
    if (away := guards.own_hands()) is not None:
        return away
    wanted = request.form.get("depot", "")
    mine = {
        str(depot.id) for depot in queries.depots_of(current_session(), _person().person_id or 0)
    }
    if wanted in mine:
        session["depot"] = int(wanted)
    return redirect(next_page(url_for("today.show")), 303)


def save_language() -> ResponseReturnValue:
    """Keep it for whoever is signed in, on every device of theirs; empty: as the browser asks."""
    if (away := guards.own_hands()) is not None:
        return away
    choose_language(_person(), known_language(request.form.get(LANGUAGE, "")))
    show_message(_("The language is saved."))
    return redirect(url_for("account.mine"), 303)


def devices() -> ResponseReturnValue:
    """Show where one is signed in."""
    keep_no_copy()
    mine, person_id = held()
    rows = queries.open_sessions(current_session(), person_id, mine.actor.role, utc_now())
    return show_form("people/devices.html", Form(), rows=rows, here=mine.session_id)


def end_device(session_id: int) -> ResponseReturnValue:
    """Sign out on one of them; on this one, too."""
    mine, person_id = held()
    end_session(person_id, session_id)
    if session_id == mine.session_id:
        return redirect(url_for("account.sign_in"), 303)
    show_message(_("Signed out there."))
    return redirect(url_for("own.devices"), 303)


def end_others() -> ResponseReturnValue:
    """Sign out on all but this one."""
    mine, person_id = held()
    sign_out_everywhere(person_id, keep=mine.session_id)
    show_message(_("Signed out everywhere else."))
    return redirect(url_for("own.devices"), 303)
