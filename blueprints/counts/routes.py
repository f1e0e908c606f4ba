"""The addresses of count sheets: counting is everybody's, posting is the coordinators'."""

from __future__ import annotations

from flask import Blueprint

from blueprints.counts import api, pages, posting
from blueprints.frame.web import add_routes

bp = Blueprint("counts", __name__)
posting_bp = Blueprint("counts_posting", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/new", "new", pages.new),
    ("POST", "/new", "start", pages.start),
    ("GET", "/<int:sheet_id>", "sheet", pages.sheet),
    ("GET", "/<int:sheet_id>/second", "second", pages.second),
    ("POST", "/<int:sheet_id>/lines", "write", pages.write),
    ("GET", "/<int:sheet_id>/found", "found", pages.found),
    ("POST", "/<int:sheet_id>/found", "add_found", pages.add_found),
    ("POST", "/<int:sheet_id>/crates", "add_crate", pages.add_crate),
    ("POST", "/<int:sheet_id>/call-off", "call_off", pages.call_off),
)
add_routes(
    posting_bp,
    ("GET", "/<int:sheet_id>/review", "review", posting.review),
    ("POST", "/<int:sheet_id>/review", "post", posting.post),
    ("POST", "/<int:sheet_id>/undo", "undo", posting.undo),
)
add_routes(
    blp,
    ("GET", "/count-sheets", "list_sheets", api.list_sheets),
    ("POST", "/count-sheets", "start", api.start),
    ("GET", "/count-sheets/<int:sheet_id>", "show", api.show),
    ("POST", "/count-sheets/<int:sheet_id>/lines", "write", api.write),
    ("POST", "/count-sheets/<int:sheet_id>/found", "add_found", api.add_found),
    ("POST", "/count-sheets/<int:sheet_id>/crates", "add_crate", api.add_crate),
    ("GET", "/count-sheets/<int:sheet_id>/differences", "differences", api.differences),
    ("POST", "/count-sheets/<int:sheet_id>/post", "post", api.post),
    ("POST", "/count-sheets/<int:sheet_id>/undo", "undo", api.undo),
    ("POST", "/count-sheets/<int:sheet_id>/call-off", "call_off", api.call_off),
)
