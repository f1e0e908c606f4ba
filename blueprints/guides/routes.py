"""The addresses of the guides and of their pictures."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.guides import pages

bp = Blueprint("guides", __name__)

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/<name>", "show", pages.show),
    ("GET", "/pictures/<name>.png", "picture", pages.picture),
)
