"""The address of what was built for the browser."""

from __future__ import annotations

from flask import Blueprint

from blueprints.browser import pages
from blueprints.frame.web import add_routes

bp = Blueprint("bundles", __name__)

add_routes(
    bp,
    ("GET", "/bundles/<name>", "show", pages.show),
)
