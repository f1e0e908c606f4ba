"""/devices, the depot's own: made, listed, ended by coordinators' programs."""

from __future__ import annotations

from dataclasses import replace

from blueprints.devices.addresses import setup_url
from blueprints.devices.schemas import (
    AddDeviceSchema,
    AddedDeviceAnswer,
    AskForPinsSchema,
    DeviceListAnswer,
    EndDeviceSchema,
    EndedDeviceAnswer,
)
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor, need_coordinator
from blueprints.frame.security import secret_key
from blueprints.frame.web import reader, write_answer
from depot.base.clock import utc_now
from depot.devices.commands import making
from depot.devices.queries import asks_pin, devices_of

blp = ApiBlueprint("devices_api", __name__, description="The depot's own tablets and laptops.")


@blp.not_for_everybody
@blp.response(200, DeviceListAnswer)
def index() -> object:
    """List the depot's own devices, and those that wait to be set up."""
    need_coordinator()
    session, who = reader()
    rows = devices_of(session, who.depot_id, utc_now())
    return {"devices": rows, "asks_pin": asks_pin(session, who.depot_id), "next": None}


@blp.not_for_everybody
@blp.arguments(AddDeviceSchema())
@blp.response(201, AddedDeviceAnswer)
def add(command: making.AddDevice) -> object:
    """Make a device. It is one as soon as `url` is opened on it, once."""
    body, status = write_answer(making.add_device(command, actor(), secret_key()))
    return body | {"url": setup_url(actor().depot_id, command.command_id)}, status


@blp.not_for_everybody
@blp.arguments(EndDeviceSchema())
@blp.response(201, EndedDeviceAnswer)
def end(command: making.EndDevice, device_id: int) -> object:
    """End a device, with whoever is at it. What waits on it is kept."""
    return write_answer(making.end_device(replace(command, device_id=device_id), actor()))


@blp.not_for_everybody
@blp.arguments(AskForPinsSchema())
@blp.response(201, EndedDeviceAnswer)
def ask_for_pins(command: making.AskForPins) -> object:
    """Have the depot's own devices ask for a PIN, or no more."""
    return write_answer(making.ask_for_pins(command, actor()))
