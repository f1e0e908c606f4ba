"""POST /sync for the pages' own scripts, with the session's cookie; JSON in and out."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from blueprints.frame.forms import sentences_of
from blueprints.frame.guards import actor
from blueprints.frame.security import require_own_page
from blueprints.outbox import batches
from blueprints.outbox.batches import require_small_body
from blueprints.outbox.phone_list import answer_phone_list
from blueprints.outbox.schemas import SyncSchema


def deliver() -> ResponseReturnValue:
    """Deliver what this phone kept."""
    require_own_page()
    try:
        batch = SyncSchema().load(_body())
    except ValidationError as error:
        body = {"code": "invalid", "message": _("Something in it cannot be taken.")}
        return jsonify(body | {"errors": sentences_of(error)}), 422
    return jsonify(batches.run_batch(batch, actor()))


def known() -> ResponseReturnValue:
    """Answer with what a phone keeps of the depot, for names and warnings without a connection."""
    return answer_phone_list()


def _body() -> Any:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType(_("Send JSON, with Content-Type: application/json."))
    require_small_body()
    try:
        return request.get_json()
    except (ValueError, RecursionError) as error:
        raise BadRequest(_("That JSON cannot be read.")) from error
