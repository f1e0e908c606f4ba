"""The address that a link to join by has: made anew from its command and the program's key."""

from __future__ import annotations

from uuid import UUID

from flask import url_for

from blueprints.frame.api import base_url
from blueprints.frame.security import secret_key
from depot.joining.commands.links import join_secret


def join_url(depot_id: int, command_id: UUID) -> str:
    """Return what the QR code on the wall leads to."""
    secret = join_secret(secret_key(), depot_id, command_id)
    return base_url() + url_for("joining_public.ask", secret=secret.removeprefix("w."))
