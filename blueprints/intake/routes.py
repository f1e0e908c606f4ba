"""The addresses of donations."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.intake import api, boxes, pages

bp = Blueprint("intake", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/new", "new", pages.new),
    ("POST", "/new", "create", pages.create),
    ("POST", "/look", "look", pages.look),
    ("POST", "/line", "line", pages.line),
    ("GET", "/boxes", "boxes", boxes.boxes),
    ("GET", "/boxes/new", "new_box", boxes.EDITOR.new),
    ("POST", "/boxes/new", "create_box", boxes.EDITOR.create),
    ("GET", "/boxes/<int:box_id>/edit", "edit_box", boxes.EDITOR.edit),
    ("POST", "/boxes/<int:box_id>/edit", "update_box", boxes.EDITOR.update),
)

add_routes(
    blp,
    ("POST", "/receipts", "create", api.create),
)
