"""The addresses of leaving, for everybody, and of erasing somebody, for coordinators."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.leaving import erasing, pages

bp = Blueprint("leaving", __name__)
#: For coordinators.
people_bp = Blueprint("erasing", __name__)

add_routes(
    bp,
    ("GET", "/leave", "ask", pages.ask),
    ("GET", "/leave/confirm", "confirm", pages.confirm),
    ("POST", "/leave", "leave", pages.go),
    ("GET", "/everything.json", "stored", pages.stored),
)

add_routes(
    people_bp,
    ("GET", "/", "index", erasing.index),
    ("GET", "/<int:person_id>", "show", erasing.show),
    ("POST", "/<int:person_id>", "erase", erasing.erase),
)
