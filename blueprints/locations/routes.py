"""The addresses of places."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.locations import api, lists, pages

bp = Blueprint("locations", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/places", "places", pages.places),
    ("GET", "/places/<int:location_id>", "place", pages.place),
    ("GET", "/places/new", "new_place", pages.EDITOR.new),
    ("POST", "/places/new", "create_place", pages.EDITOR.create),
    ("GET", "/places/<int:location_id>/edit", "edit_place", pages.EDITOR.edit),
    ("POST", "/places/<int:location_id>/edit", "update_place", pages.EDITOR.update),
    ("GET", "/places.<ending>", "places_file", lists.places_file),
    ("GET", "/places/<int:location_id>/goods.<ending>", "goods_file", lists.goods_file),
)

add_routes(
    blp,
    ("GET", "/locations", "list_locations", api.list_locations),
    ("POST", "/locations", "create", api.create),
    ("GET", "/locations/<int:location_id>", "show", api.show),
    ("PATCH", "/locations/<int:location_id>", "change", api.change),
    ("POST", "/locations/<int:location_id>/count", "count", api.count),
)
