"""The addresses of donations."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.intake import api, pages

bp = Blueprint("intake", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/new", "new", pages.new),
    ("POST", "/new", "create", pages.create),
    ("POST", "/look", "look", pages.look),
)

add_routes(
    blp,
    ("POST", "/receipts", "create", api.create),
)
