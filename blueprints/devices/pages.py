"""A depot's own devices, as coordinators make and end them; and one's own PIN for them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.devices.addresses import setup_url
from blueprints.devices.schemas import (
    AddDeviceSchema,
    AskForPinsSchema,
    EndDeviceSchema,
    PinSchema,
)
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.security import secret_key
from blueprints.frame.signing_in.secret_forms import take, typed
from blueprints.frame.web import keep_no_copy, reader, show_message
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.devices.commands.making import (
    IDLE_MINUTES,
    AddDevice,
    add_device,
    ask_for_pins,
    end_device,
)
from depot.devices.commands.tapping import set_pin
from depot.devices.queries import asks_pin, devices_of, has_pin
from depot.kernel.answers import SavedId
from depot.kernel.once import AnyOutcome, Outcome


def index() -> ResponseReturnValue:
    """Show the depot's own devices, and the code of those that wait to be set up."""
    return _page(Form())


def _page(form: Form) -> str:
    keep_no_copy()
    session, who = reader()
    now = utc_now()
    form.values.setdefault("idle_minutes", str(IDLE_MINUTES))
    rows = devices_of(session, who.depot_id, now)
    return show_form(
        "devices/index.html",
        form,
        waiting=[(row, setup_url(who.depot_id, row.command_id)) for row in rows if row.waits(now)],
        devices=[row for row in rows if row.set_up_at is not None],
        asks_pin=asks_pin(session, who.depot_id),
    )


def add() -> ResponseReturnValue:
    """Make a device; its code is shown until it is set up."""
    return submit_form(
        AddDeviceSchema(form=True),
        _add,
        done=partial(_done, _("Now scan the code with that device.")),
        again=_page,
    )


def _add(command: AddDevice, who: Actor) -> Outcome[SavedId]:
    return add_device(command, who, secret_key())


def end(device_id: int) -> ResponseReturnValue:
    """End a device, with whoever is at it."""
    return submit_form(
        EndDeviceSchema(form=True),
        lambda command, who: end_device(replace(command, device_id=device_id), who),
        done=partial(_done, _("It opens nothing any more. What waits on it is kept.")),
        again=_page,
    )


def ask_pins() -> ResponseReturnValue:
    """Have the devices ask for a PIN, or not."""
    return submit_form(
        AskForPinsSchema(form=True), ask_for_pins, done=partial(_done, _("Saved.")), again=_page
    )


def _done(sentence: str, _outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(sentence)
    return redirect(url_for("devices.index"), 303)


def pin() -> ResponseReturnValue:
    """Ask for one's own PIN."""
    return _pin_page(Form())


def _pin_page(form: Form) -> str:
    session, who = reader()
    return show_form(
        "devices/pin.html",
        form,
        has_pin=has_pin(session, who.depot_id, who.person_id or 0),
        asks_pin=asks_pin(session, who.depot_id),
    )


def save_pin() -> ResponseReturnValue:
    """Keep it, in place of the one before."""
    return take(_save_pin, _pin_page, at="pin")


def _save_pin() -> ResponseReturnValue:
    set_pin(actor(), PinSchema(form=True).load(typed("pin")).pin)
    show_message(_("Your PIN is saved."))
    return redirect(url_for("account.mine"), 303)
