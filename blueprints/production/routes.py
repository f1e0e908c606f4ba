"""The addresses of cooking and packing."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.production import api, pages

bp = Blueprint("production", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "", "index", pages.index),
    ("POST", "", "produce", pages.produce),
)

add_routes(
    blp,
    ("POST", "/production", "create", api.create),
)
