"""The addresses of meetings."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.meetings import api, pages

bp = Blueprint("meetings", __name__)
blp = api.blp

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

add_routes(
    blp,
    ("GET", "/meetings", "index", api.index),
    ("GET", "/meetings/<meeting>", "show", api.show),
    ("POST", "/meetings/<meeting>/agenda", "add", api.add),
    ("POST", "/meetings/<meeting>/there", "note_there", api.note_there),
    ("POST", "/meetings/<meeting>/tasks", "give_task", api.give_task),
    ("POST", "/agenda/<int:agenda_item_id>/minute", "write_minute", api.write_minute),
    ("POST", "/agenda/<int:agenda_item_id>/take-off", "take_off", api.take_off),
)
