"""What is said of a depot's own devices, and on them."""

from __future__ import annotations

from dataclasses import dataclass

from marshmallow import fields

from blueprints.frame.fields import CommandSchema, Text, WholeNumber
from blueprints.frame.web import LARGEST_ID
from depot.devices.commands.making import (
    IDLE_MINUTES,
    MOST_IDLE,
    AddDevice,
    AskForPins,
    EndDevice,
)
from depot.devices.commands.tapping import JoinOnDevice
from depot.joining.names import MAX_NAME


@dataclass(frozen=True, slots=True)
class Tapped:
    """A name that was tapped, and a PIN as typed."""

    person_id: int
    pin: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """A PIN as typed."""

    pin: str


class AddDeviceSchema(CommandSchema):
    """A device that is to be the depot's own."""

    makes = AddDevice
    command_id = fields.UUID(required=True)
    name = Text(required=True)
    idle_minutes = WholeNumber(load_default=IDLE_MINUTES, least=1, most=MOST_IDLE)


class EndDeviceSchema(CommandSchema):
    """A device that is to be the depot's own no longer."""

    makes = EndDevice
    command_id = fields.UUID(required=True)
    device_id = fields.Integer(required=True)


class AskForPinsSchema(CommandSchema):
    """Whether devices ask for a PIN."""

    makes = AskForPins
    command_id = fields.UUID(required=True)
    asks_pin = fields.Boolean(load_default=False)


class TappedSchema(CommandSchema):
    """Who is doing this."""

    makes = Tapped
    person_id = WholeNumber(required=True, most=LARGEST_ID)
    pin = Text(load_default="", max_length=40)


class JoinOnDeviceSchema(CommandSchema):
    """Who is new here."""

    makes = JoinOnDevice
    command_id = fields.UUID(required=True)
    name = Text(required=True, max_length=MAX_NAME)


class PinSchema(CommandSchema):
    """One's own PIN."""

    makes = Pin
    pin = Text(required=True, max_length=40)
