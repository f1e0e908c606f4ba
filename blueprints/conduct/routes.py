"""The addresses of how people treat each other: for everybody, and for coordinators."""

from __future__ import annotations

from flask import Blueprint

from blueprints.conduct import pages
from blueprints.frame.web import add_routes

bp = Blueprint("conduct", __name__)
#: For coordinators.
words_bp = Blueprint("conduct_words", __name__)

add_routes(
    bp,
    ("GET", "/", "show", pages.show),
    ("POST", "/", "read", pages.read),
)

add_routes(
    words_bp,
    ("GET", "/words", "ask_words", pages.ask_words),
    ("POST", "/words", "save_words", pages.save_words),
    ("GET", "/whom", "ask_confidants", pages.ask_confidants),
    ("POST", "/whom", "keep_confidants", pages.keep_confidants),
)
