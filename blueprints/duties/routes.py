"""The addresses of duties: for everybody to see, for people of the depot, for programs."""

from __future__ import annotations

from flask import Blueprint

from blueprints.duties import api, pages
from blueprints.frame.web import add_routes

bp = Blueprint("duties", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/new", "new", pages.new),
    ("POST", "/new", "create", pages.create),
    ("GET", "/<int:routine_id>", "show", pages.show),
    ("POST", "/<int:routine_id>/willing", "be_willing", pages.willing),
    ("POST", "/<int:routine_id>/accept", "accept", pages.accept),
    ("POST", "/<int:routine_id>/pass", "pass_on", pages.pass_on),
    ("POST", "/<int:routine_id>/learn", "learn", pages.learn),
    ("POST", "/<int:routine_id>/end", "end", pages.end),
)

add_routes(blp, ("GET", "/duties", "index", api.index))
