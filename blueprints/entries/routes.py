"""The addresses of the ledger, and of the discrepancies that wait for a coordinator."""

from __future__ import annotations

from flask import Blueprint

from blueprints.entries import api, discrepancies, pages
from blueprints.frame.web import add_routes

bp = Blueprint("ledger", __name__)
discrepancies_bp = Blueprint("discrepancies", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/list.<ending>", "index_file", pages.index_file),
    ("GET", "/<int:entry_id>", "entry", pages.entry),
    ("POST", "/<int:entry_id>/undo", "undo", pages.undo),
)

add_routes(
    discrepancies_bp,
    ("GET", "/", "index", discrepancies.index),
    ("GET", "/list.<ending>", "index_file", discrepancies.index_file),
    ("GET", "/<int:discrepancy_id>/entries", "meanwhile", discrepancies.meanwhile),
    ("POST", "/<int:discrepancy_id>", "resolve", discrepancies.resolve),
)

add_routes(
    blp,
    ("GET", "/entries", "index", api.index),
    ("GET", "/entries/<int:entry_id>", "show", api.show),
    ("POST", "/entries/<int:entry_id>/reversal", "reverse", api.reverse),
    ("GET", "/discrepancies", "list_discrepancies", api.list_discrepancies),
    ("POST", "/discrepancies/<int:discrepancy_id>/settle", "settle", api.settle),
)
