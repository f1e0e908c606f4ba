"""The addresses of pictures."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.pictures import pages

bp = Blueprint("pictures", __name__)

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/items/<int:item_id>", "item", pages.item),
    ("GET", "/categories/<int:category_id>", "category", pages.category),
    ("GET", "/donors/<int:partner_id>", "donor", pages.donor),
    ("GET", "/places/<int:location_id>", "place", pages.place),
)
