"""What sets a device of the depot's own up, for pages and programs."""

from __future__ import annotations

from uuid import UUID

from flask import url_for

from blueprints.frame.api import base_url
from blueprints.frame.security import secret_key
from depot.devices.commands.making import setup_secret


def setup_url(depot_id: int, command_id: UUID) -> str:
    """Return the link of the device that a command made; it counts once."""
    secret = setup_secret(secret_key(), depot_id, command_id)
    return base_url() + url_for("devices_public.ask", secret=secret)
