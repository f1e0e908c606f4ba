"""The addresses of hand-outs that come round, and of their calendar."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.series import api, lists, pages

bp = Blueprint("series", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/calendar", "calendar", pages.calendar),
    ("GET", "/series", "index", pages.index),
    ("GET", "/series/list.<ending>", "index_file", lists.index_file),
    ("GET", "/series/new", "new", pages.new),
    ("POST", "/series/new", "create", pages.create),
    ("GET", "/series/<int:series_id>", "show", pages.show),
    ("GET", "/series/<int:series_id>/change", "ask_change", pages.ask_change),
    ("POST", "/series/<int:series_id>/change", "do_change", pages.do_change),
    ("POST", "/series/<int:series_id>/end", "end", pages.end),
    ("POST", "/series/<int:series_id>/except", "except_day", pages.except_day),
)

add_routes(
    blp,
    ("GET", "/series", "index", api.index),
    ("POST", "/series", "start", api.start),
    ("POST", "/series/<int:series_id>/change", "change", api.change),
    ("POST", "/series/<int:series_id>/end", "end", api.end),
    ("POST", "/series/<int:series_id>/except", "except_day", api.except_day),
)
