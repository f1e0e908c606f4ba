"""The address of the board."""

from __future__ import annotations

from flask import Blueprint

from blueprints.board import pages
from blueprints.frame.web import add_routes

bp = Blueprint("board", __name__)

add_routes(bp, ("GET", "/", "show", pages.show))
