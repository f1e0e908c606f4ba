"""The addresses of hours."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.hours import api, lists, pages

bp = Blueprint("hours", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/sums.<ending>", "index_file", lists.index_file),
    ("GET", "/attendance.<ending>", "attendance_file", lists.attendance_file),
)

add_routes(blp, ("GET", "/hours", "index", api.index))
