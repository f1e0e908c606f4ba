"""The addresses of the first page and of the menu's last."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.today import pages

bp = Blueprint("today", __name__)

add_routes(
    bp,
    ("GET", "/", "show", pages.show),
    ("GET", "/more", "more", pages.more),
)
