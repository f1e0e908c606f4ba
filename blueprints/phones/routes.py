"""The address that proves a phone is set up."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.phones import pages

bp = Blueprint("phones", __name__)

add_routes(
    bp,
    ("GET", "/phone-ready", "ready", pages.ready),
)
