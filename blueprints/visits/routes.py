"""The addresses of visits by card."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.visits import ages, api, lists, pages

bp = Blueprint("visits", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/visits", "index", pages.index),
    ("GET", "/visits/list.<ending>", "index_file", lists.index_file),
    ("GET", "/<int:event_id>/visits", "at_table", pages.at_table),
    ("POST", "/<int:event_id>/visits", "count", pages.count),
    ("GET", "/cards", "cards", pages.cards),
    ("POST", "/cards", "save_setting", pages.save_setting),
    ("GET", "/ages", "ages", ages.ask),
    ("POST", "/ages", "save_ages", ages.save),
    ("POST", "/cards/print", "print_cards", pages.print_cards),
)

add_routes(
    blp,
    ("POST", "/events/<int:event_id>/visits", "count", api.count),
    ("GET", "/visits", "index", api.index),
)
