"""The addresses of notes for the next shift."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.handover import api, pages

bp = Blueprint("handover", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/new", "new", pages.new),
    ("POST", "/new", "write", pages.write),
    ("POST", "/<int:note_id>/seen", "see", pages.see),
    ("POST", "/<int:note_id>/task", "make_task", pages.make_task),
    ("POST", "/<int:note_id>/take-down", "take_down", pages.take_down),
)

add_routes(
    blp,
    ("GET", "/notes", "index", api.index),
    ("POST", "/notes", "write", api.write),
    ("POST", "/notes/<int:note_id>/take-down", "take_down", api.take_down),
)
