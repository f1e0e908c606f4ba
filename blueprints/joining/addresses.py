"""The address that a link to join by has: made anew from its command and the program's key."""

from __future__ import annotations

from uuid import UUID

from flask import current_app, url_for

from blueprints.frame.api import base_url
from depot.config import Config
from depot.joining.commands.links import join_secret


def secret_key() -> str:
    """Return the program's secret key."""
    config: Config = current_app.config["DEPOT"]
    return config.secret_key


def join_url(depot_id: int, command_id: UUID) -> str:
    """Return what the QR code on the wall leads to."""
    secret = join_secret(secret_key(), depot_id, command_id)
    return base_url() + url_for("joining_public.ask", secret=secret.removeprefix("w."))
