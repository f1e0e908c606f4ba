"""The addresses of search: its page, what is suggested as one types, and the API."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.search import api, pages

bp = Blueprint("search", __name__)
#: What the page's script asks: JSON, never a redirect.
answers_bp = Blueprint("search_answers", __name__)
blp = api.blp

add_routes(bp, ("GET", "", "index", pages.index), ("GET", "/shared", "shared", pages.shared))

add_routes(answers_bp, ("GET", "/suggestions", "suggest", pages.suggest))

add_routes(blp, ("GET", "/search", "index", api.index))
