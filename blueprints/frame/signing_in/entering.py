"""Letting somebody in whose password, link or code was right."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_user
from flask_wtf.csrf import generate_csrf

from blueprints.frame.guards import SignedIn, own_session
from blueprints.frame.signing_in.devices import own_device, remember_device
from blueprints.frame.web import next_page, show_message
from depot.base.clock import to_milliseconds, utc_now
from depot.db.database import current_session
from depot.devices.hands import DeviceHolder
from depot.joining.tonight import end_of_tonight
from depot.people import queries
from depot.people.commands.sessions import sign_out, start_session
from depot.people.devices import Device, device_of
from depot.people.sessions import SessionStart

#: Where the cookie keeps who typed the right password and is still to type a code.
_HALF_IN: Final = "half_in"
#: So long may looking for the code take.
_HALF_MILLISECONDS: Final = 10 * 60 * 1000


def let_in(start: SessionStart, sentence: str | None = None) -> ResponseReturnValue:
    """Begin the session, or ask for a code first; then go on to where they wanted to."""
    if start.needs_code:
        session.clear()
        now = to_milliseconds(utc_now())
        session[_HALF_IN] = [start.person_id, start.depot_id, start.name, now]
        return redirect(url_for("account.code", next=next_page("/")), 303)
    begin_session(start)
    if sentence:
        show_message(sentence)
    return redirect(next_page(url_for("today.show")), 303)


def half_in() -> SessionStart | None:
    """Return who is to type a code; None if nobody is, or if it is too long ago."""
    kept = session.get(_HALF_IN)
    if not isinstance(kept, list) or len(kept) != 4:
        return None
    person_id, depot_id, name, since = kept
    if not 0 <= to_milliseconds(utc_now()) - since <= _HALF_MILLISECONDS:
        return None
    return SessionStart(person_id, depot_id, name)


def begin_session(start: SessionStart) -> None:
    """Begin a session under a new key; what an earlier one left in the cookie is gone.

    On a device of the depot's own whoever comes in is a helper, until tonight.
    """
    own = own_device()
    before = own_session()
    if before is not None and before.actor.person_id is not None:
        sign_out(before.actor.person_id, before.session_id)
    device = device_of(request.user_agent.string)
    if own is not None:
        start, device = _on_own_device(start, own), Device(own.name)
    key = start_session(start, device)
    session.clear()
    session.permanent = True
    session["depot"] = start.depot_id
    generate_csrf()  # one for the whole session: pages that load side by side must not make two
    g.pop("_login_user", None)
    found = queries.find_session_holder(current_session(), key, start.depot_id, utc_now())
    if found is not None:
        login_user(SignedIn(found, key))
    login = queries.login_of(current_session(), start.person_id)
    if login and own is None:
        remember_device(login)
    if found is not None and found.lacks_factor:
        show_message(
            _("This depot asks coordinators for a second step. Until you have one, you help out."),
            href=url_for("own.factor"),
            link_text=_("Set it up"),
        )


def _on_own_device(start: SessionStart, own: DeviceHolder) -> SessionStart:
    tonight = end_of_tonight(utc_now(), own.depot.time_zone)
    ends_at = start.ends_at or tonight
    return replace(start, depot_id=own.depot.id, device_id=own.id, ends_at=ends_at)
