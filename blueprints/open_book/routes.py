"""The addresses of the open book."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.open_book import api, lists, pages

bp = Blueprint("open_book", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/list.<ending>", "index_file", lists.index_file),
    ("GET", "/settings", "settings", pages.settings),
)

add_routes(
    blp,
    ("GET", "/rights", "index", api.index),
    ("GET", "/setting-changes", "setting_changes", api.setting_changes),
)
