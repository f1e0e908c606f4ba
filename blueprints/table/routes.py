"""The addresses of the table at which goods are handed out."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.table import api, pages

bp = Blueprint("table", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/<int:event_id>/table", "show", pages.show),
    ("POST", "/<int:event_id>/table", "hand_out", pages.hand_out),
)

add_routes(blp, ("POST", "/events/<int:event_id>/parcels", "hand_out", api.hand_out))
