"""The addresses of everything in one file."""

from __future__ import annotations

from flask import Blueprint

from blueprints.exporting import pages
from blueprints.frame.web import add_routes

bp = Blueprint("exporting", __name__)

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("POST", "/export.zip", "export", pages.export),
)
