"""The addresses of sign-in sheets. What shows a name is an address of its own."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.name_sheets import api, lists, pages, settings

bp = Blueprint("name_sheets", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/list.<ending>", "index_file", lists.index_file),
    ("GET", "/settings", "settings", settings.ask),
    ("POST", "/settings", "save_settings", settings.save),
    ("POST", "/readers/<int:person_id>", "let_read", settings.let_read),
    ("GET", "/<int:event_id>", "sheet", pages.sheet),
    ("POST", "/<int:event_id>", "write", pages.write),
    ("GET", "/<int:event_id>/names", "names", pages.names),
    ("GET", "/<int:event_id>/names.<ending>", "names_file", lists.names_file),
    ("POST", "/<int:event_id>/strike/<int:line_id>", "strike", pages.strike),
)

add_routes(
    blp,
    ("GET", "/name-sheets", "index", api.index),
    ("POST", "/events/<int:event_id>/name-sheet", "write", api.write),
)
