"""What is said of a depot's own devices, and on them."""

from __future__ import annotations

from dataclasses import dataclass

from marshmallow import Schema, fields

from blueprints.frame.fields import CommandSchema, Text, ToldSchema, WholeNumber
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


class AddDeviceSchema(ToldSchema):
    """A device that is to be the depot's own."""

    makes = AddDevice
    command_id = fields.UUID(required=True)
    name = Text(required=True)
    idle_minutes = WholeNumber(load_default=IDLE_MINUTES, least=1, most=MOST_IDLE)


class EndDeviceSchema(ToldSchema):
    """A device that is to be the depot's own no longer."""

    makes = EndDevice
    command_id = fields.UUID(required=True)


class AskForPinsSchema(ToldSchema):
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


class DeviceAnswer(Schema):
    """A device: set up, or waiting for it until its link ends."""

    id = fields.Integer()
    name = fields.String()
    idle_minutes = fields.Integer()
    setup_ends_at = fields.AwareDateTime()
    set_up_at = fields.AwareDateTime(allow_none=True)
    seen_at = fields.AwareDateTime(allow_none=True)


class DeviceListAnswer(Schema):
    """The depot's own devices, by name, and whether they ask for a PIN."""

    devices = fields.List(fields.Nested(DeviceAnswer))
    asks_pin = fields.Boolean()
    next = fields.Integer(allow_none=True)


class AddedDeviceAnswer(Schema):
    """A device that waits to be set up, and the link that does it."""

    id = fields.Integer()
    url = fields.String()


class EndedDeviceAnswer(Schema):
    """The number of what was changed: a device, or the depot."""

    id = fields.Integer()
