"""The addresses of playbooks and of the handbook."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.playbooks import api, handbook, pages

bp = Blueprint("playbooks", __name__)
handbook_bp = Blueprint("handbook", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("POST", "/file", "read", pages.read),
    ("POST", "/file/take", "take_read", pages.take_read),
    ("GET", "/own", "about_own", pages.about_own),
    ("GET", "/own.json", "own", pages.own),
    ("GET", "/begin/<key>", "look", pages.look),
    ("POST", "/begin/<key>", "take", pages.take),
)
add_routes(
    handbook_bp,
    ("GET", "/", "index", handbook.index),
    ("GET", "/new", "new", handbook.new),
    ("POST", "/new", "create", handbook.create),
    ("GET", "/pages/<key>", "page", handbook.page),
    ("GET", "/pages/<key>/edit", "edit", handbook.edit),
    ("POST", "/pages/<key>/edit", "update", handbook.update),
)
add_routes(
    blp,
    ("GET", "/playbooks", "offered", api.offered),
    ("POST", "/playbooks", "take", api.take),
    ("GET", "/playbook", "own", api.own),
    ("GET", "/handbook", "pages", api.pages),
)
