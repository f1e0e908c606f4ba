"""The addresses of the depot's settings."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.settings import pages

bp = Blueprint("settings", __name__)

add_routes(
    bp,
    ("GET", "/", "edit", pages.edit),
    ("POST", "/", "save", pages.save),
)
