"""How large a batch may be."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from blueprints.outbox.schemas import LARGEST


def need_small() -> None:
    """Raise RequestEntityTooLarge for a body that no batch of a phone is as large as."""
    if (request.content_length or 0) > LARGEST:
        raise RequestEntityTooLarge(_("Send less at once."))
