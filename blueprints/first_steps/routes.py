"""The address of putting the first steps away."""

from __future__ import annotations

from flask import Blueprint

from blueprints.first_steps import pages
from blueprints.frame.web import add_routes

bp = Blueprint("first_steps", __name__)

add_routes(
    bp,
    ("POST", "/put-away", "put_away", pages.put_away),
)
