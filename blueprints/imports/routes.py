"""The addresses of importing a spreadsheet."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.imports import api, pages

bp = Blueprint("imports", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("POST", "/", "upload", pages.upload),
    ("POST", "/<int:import_id>/undo", "undo", pages.undo),
    ("GET", "/<kind>/<token>", "look", pages.look),
    ("POST", "/<kind>/<token>", "run", pages.run),
)

add_routes(
    blp,
    ("GET", "/imports", "index", api.index),
    ("POST", "/imports", "create", api.create),
    ("POST", "/imports/<int:import_id>/undo", "undo", api.undo),
)
