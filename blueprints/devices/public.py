"""On the device itself: setting it up by its link, and who is doing this."""

from __future__ import annotations

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import logout_user

from blueprints.devices.schemas import JoinOnDeviceSchema, Tapped, TappedSchema
from blueprints.frame.forms import Form, show_form
from blueprints.frame.guards import current_actor, own_session
from blueprints.frame.signing_in.devices import own_device, remember_own_device
from blueprints.frame.signing_in.entering import begin_session
from blueprints.frame.signing_in.secret_forms import take, typed
from blueprints.frame.web import keep_no_copy, next_page, show_message
from depot.base.clock import utc_now
from depot.base.errors import LinkExpired
from depot.db.database import current_session
from depot.devices.commands.making import set_up_device
from depot.devices.commands.tapping import join_on_device, tap_name
from depot.devices.hands import DeviceHolder, names_to_tap
from depot.devices.queries import device_to_set_up
from depot.people.commands.sessions import sign_out
from depot.people.sessions import SessionStart


def ask(secret: str) -> ResponseReturnValue:
    """Say what this device becomes; opening the link alone makes it nothing."""
    keep_no_copy()
    found = device_to_set_up(current_session(), secret, utc_now())
    if found is None:
        raise LinkExpired()
    name, depot_name = found
    return show_form("devices/set_up.html", Form(), name=name, depot_name=depot_name, secret=secret)


def set_up(secret: str) -> ResponseReturnValue:
    """Make this device the depot's own; who was signed in on it is no longer."""
    key = set_up_device(secret)
    _leave()
    remember_own_device(key)
    return redirect(url_for("devices_public.who"), 303)


def _leave() -> None:
    held = own_session()
    if held is not None and held.actor.person_id is not None:
        sign_out(held.actor.person_id, held.session_id)
    logout_user()
    session.clear()


def who() -> ResponseReturnValue:
    """Ask who is doing this; of a name that was tapped, the PIN."""
    device = own_device()
    return _no_device() if device is None else _page(device, Form())


def _no_device() -> ResponseReturnValue:
    return redirect(url_for("account.sign_in"), 302 if request.method == "GET" else 303)


def _page(device: DeviceHolder, form: Form, *, is_new: bool = False) -> str:
    keep_no_copy()
    names = names_to_tap(current_session(), device.depot.id, utc_now())
    wanted = request.values.get("person_id", "")
    chosen = next((row for row in names if str(row.person_id) == wanted), None)
    return show_form(
        "devices/who.html",
        form,
        device=device,
        names=names,
        chosen=chosen if device.asks_pin and not is_new else None,
        is_new=is_new,
        next=next_page(""),
    )


def tap() -> ResponseReturnValue:
    """Let who was tapped go on, where they wanted to."""
    device = own_device()
    if device is None:
        return _no_device()
    return take(lambda: _tap(device), lambda form: _page(device, form), at="pin")


def _tap(device: DeviceHolder) -> ResponseReturnValue:
    said: Tapped = TappedSchema(form=True).load(typed("person_id", "pin"))
    return _go_on(tap_name(device, said.person_id, said.pin))


def join() -> ResponseReturnValue:
    """Let somebody new help until tonight, under a first name."""
    device = own_device()
    if device is None:
        return _no_device()
    return take(lambda: _join(device), lambda form: _page(device, form, is_new=True), at="pin")


def _join(device: DeviceHolder) -> ResponseReturnValue:
    command = JoinOnDeviceSchema(form=True).load(typed("command_id", "name"))
    start = join_on_device(command, device, request.form.get("pin", ""))
    return _go_on(start, _("Welcome, %(name)s. You help until tonight.", name=start.name))


def _go_on(start: SessionStart, sentence: str = "") -> ResponseReturnValue:
    begin_session(start)
    if sentence:
        show_message(sentence)
    return redirect(next_page(url_for("today.show")), 303)


def leave() -> ResponseReturnValue:
    """Leave the device to whoever is next."""
    if current_actor() is not None and own_device() is not None:
        _leave()
    return redirect(url_for("devices_public.who"), 303)
