"""The addresses of what takes two people."""

from __future__ import annotations

from flask import Blueprint

from blueprints.agreeing import api, forms, lists, pages
from blueprints.frame.web import add_routes

bp = Blueprint("agreeing", __name__)
#: For coordinators.
rules_bp = Blueprint("agreeing_rules", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/list.<ending>", "index_file", lists.index_file),
    ("GET", "/<int:act_id>", "show", pages.show),
    ("POST", "/<int:act_id>/agree", "agree", pages.agree),
    ("POST", "/<int:act_id>/decline", "decline", pages.decline),
    ("POST", "/<int:act_id>/withdraw", "withdraw", pages.withdraw),
)
add_routes(
    rules_bp,
    ("GET", "/", "edit", forms.edit),
    ("POST", "/", "save", forms.save),
)
add_routes(
    blp,
    ("GET", "/asked-acts", "index", api.index),
    ("GET", "/asked-acts/<int:act_id>", "show", api.show),
    ("POST", "/asked-acts/<int:act_id>/withdraw", "withdraw", api.withdraw),
)
