"""The addresses of webhooks, for coordinators, and of the feed, for programs."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.programs import api, pages

bp = Blueprint("webhooks", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("POST", "/", "add", pages.add),
    ("POST", "/<int:webhook_id>/end", "end", pages.end),
    ("POST", "/<int:webhook_id>/resume", "resume", pages.resume),
    ("POST", "/<int:webhook_id>/test", "test", pages.test),
)

add_routes(
    blp,
    ("GET", "/feed", "feed", api.feed),
    ("GET", "/webhooks", "webhooks", api.webhooks),
    ("POST", "/webhooks", "add", api.add),
    ("POST", "/webhooks/<int:webhook_id>/end", "end", api.end),
    ("POST", "/webhooks/<int:webhook_id>/resume", "resume", api.resume),
    ("POST", "/webhooks/<int:webhook_id>/test", "test", api.test),
)
