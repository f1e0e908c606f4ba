"""The addresses of meetings."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.meetings import pages

bp = Blueprint("meetings", __name__)

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/<activity>", "show", pages.show),
    ("POST", "/<activity>/agenda", "add", pages.add),
    ("POST", "/<activity>/agenda/<int:item_id>", "write_minute", pages.write_minute),
    ("POST", "/<activity>/agenda/<int:item_id>/off", "take_off", pages.take_off),
    ("POST", "/<activity>/there", "note_there", pages.note_there),
    ("POST", "/<activity>/tasks", "give_task", pages.give_task),
)
