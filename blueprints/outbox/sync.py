"""POST /sync for the pages' own scripts, with the session's cookie; JSON in and out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, jsonify, request
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType

from blueprints.api import base_url
from blueprints.forms import flat
from blueprints.guards import actor
from blueprints.outbox import batches
from blueprints.outbox.schemas import SyncSchema
from blueprints.outbox.sizes import need_small

bp = Blueprint("sync", __name__)


@bp.post("/sync")
def deliver() -> Any:
    """Deliver what this phone kept."""
    need_own_page()
    try:
        batch = SyncSchema().load(_body())
    except ValidationError as error:
        body = {"code": "invalid", "message": _("Something in it cannot be taken.")}
        return jsonify(body | {"errors": flat(error.messages)}), 422
    return jsonify(batches.run(batch, actor()))


def need_own_page() -> None:
    """Raise Forbidden unless one of our own pages asks.

    It stands in for a form's CSRF token, which would not last as long as a phone may be offline:
    the browser says where a request comes from, and no page can make it say otherwise.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site != "same-origin":
            raise Forbidden(_("Only pages of this program may send this."))
        return
    # plain http: browsers name the origin alone
    origin = urlsplit(request.headers.get("Origin", ""))
    if not origin.netloc or origin.netloc not in (request.host, urlsplit(base_url()).netloc):
        raise Forbidden(_("Only pages of this program may send this."))


def _body() -> Any:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType(_("Send JSON, with Content-Type: application/json."))
    need_small()
    try:
        return request.get_json()
    except (ValueError, RecursionError) as error:
        raise BadRequest(_("That JSON cannot be read.")) from error
