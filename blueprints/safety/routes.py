"""The addresses of what keeps food safe: holds."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.safety import holds, holds_api, holds_lists

holds_bp = Blueprint("holds", __name__)
holds_blp = holds_api.blp

add_routes(
    holds_bp,
    ("GET", "/", "index", holds.index),
    ("GET", "/new", "new", holds.new),
    ("POST", "/new", "place", holds.place),
    ("GET", "/<int:hold_id>", "show", holds.show),
    ("POST", "/<int:hold_id>/release", "release", holds.release),
    ("GET", "/holds.<ending>", "index_file", holds_lists.index_file),
    ("GET", "/<int:hold_id>/goods.<ending>", "goods_file", holds_lists.goods_file),
)

add_routes(
    holds_blp,
    ("POST", "/holds", "place_hold", holds_api.place),
    ("POST", "/holds/<int:hold_id>/release", "release_hold", holds_api.release),
)
