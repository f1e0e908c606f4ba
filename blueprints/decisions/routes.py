"""The addresses of decisions."""

from __future__ import annotations

from flask import Blueprint

from blueprints.decisions import api, lists, pages
from blueprints.frame.web import add_routes

bp = Blueprint("decisions", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/in-force", "in_force", pages.in_force),
    ("GET", "/in-force.<ending>", "in_force_file", lists.in_force_file),
    ("GET", "/due", "due", pages.due),
    ("GET", "/settled", "settled", pages.settled),
    ("GET", "/new", "new", pages.new),
    ("POST", "/new", "propose", pages.propose),
    ("GET", "/<int:proposal_id>", "show", pages.show),
    ("POST", "/<int:proposal_id>", "answer", pages.answer),
    ("GET", "/<int:proposal_id>/words", "ask_words", pages.ask_words),
    ("POST", "/<int:proposal_id>/words", "reword", pages.reword),
    ("GET", "/<int:proposal_id>/room", "room", pages.room),
    ("POST", "/<int:proposal_id>/room", "answer_in_room", pages.answer_in_room),
    ("POST", "/<int:proposal_id>/settle", "settle", pages.settle),
    ("POST", "/<int:proposal_id>/keep", "keep", pages.keep),
)

add_routes(
    blp,
    ("GET", "/proposals", "index", api.index),
    ("POST", "/proposals", "propose", api.propose),
    ("GET", "/proposals/<int:proposal_id>", "show", api.show),
    ("POST", "/proposals/<int:proposal_id>/wordings", "reword", api.reword),
    ("POST", "/proposals/<int:proposal_id>/responses", "answer", api.answer),
    ("POST", "/proposals/<int:proposal_id>/settle", "settle", api.settle),
    ("POST", "/proposals/<int:proposal_id>/keep", "keep", api.keep),
)
