"""Loading what waited on a phone, for coordinators."""

from __future__ import annotations

from collections import Counter

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.frame.forms import Form, sentences_of, show_form
from blueprints.frame.guards import actor
from blueprints.outbox import queue_file
from depot.base.clock import utc_now


def ask() -> ResponseReturnValue:
    """Ask for the file."""
    return show_form("outbox/queue_file.html", Form())


def load() -> ResponseReturnValue:
    """Deliver what the file holds and say of each line what became of it."""
    try:
        lines = queue_file.read_queue_file(_sent(), actor())
    except ValidationError as error:
        return show_form("outbox/queue_file.html", Form({}, sentences_of(error))), 422
    told = queue_file.deliver_queue_file(lines, actor(), utc_now())
    counts = Counter(line.result for line in told)
    return show_form("outbox/queue_loaded.html", Form(), told=told, counts=counts)


def _sent() -> bytes:
    file = request.files.get("file")
    data = file.read(queue_file.MAX_FILE_BYTES + 1) if file else b""
    if not data:
        raise ValidationError(_("Choose the file."), "file")
    return data
