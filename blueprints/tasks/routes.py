"""The addresses of tasks, for people and for programs."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.tasks import api, lists, pages

bp = Blueprint("tasks", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/list.<ending>", "index_file", lists.index_file),
    ("GET", "/new", "new", pages.new),
    ("POST", "/", "create", pages.create),
    ("GET", "/<activity>", "show", pages.show),
    ("GET", "/<activity>/edit", "edit", pages.edit),
    ("POST", "/<activity>", "save", pages.save),
    ("POST", "/<activity>/take", "take", pages.take),
    ("POST", "/<activity>/give-back", "give_back", pages.give_back),
    ("POST", "/<activity>/ask", "ask", pages.ask),
    ("POST", "/<activity>/done", "finish", pages.finish),
    ("POST", "/<activity>/open", "reopen", pages.reopen),
    ("POST", "/<activity>/call-off", "call_off", pages.call_off),
    ("POST", "/<activity>/steps/<int:number>", "tick", pages.tick),
)

add_routes(
    blp,
    ("GET", "/tasks", "index", api.index),
    ("POST", "/tasks", "create", api.create),
    ("POST", "/activities/<task>/finish", "finish", api.finish),
    ("POST", "/activities/<task>/reopen", "reopen", api.reopen),
    ("POST", "/activities/<task>/steps/<int:step>", "tick", api.tick),
)
