"""The addresses to which a phone sends what it kept, and of what it keeps."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.outbox import api, pages, queue_pages, sync

bp = Blueprint("outbox", __name__)
#: What pages' scripts send: JSON, never a redirect.
sync_bp = Blueprint("sync", __name__)
queue_file_bp = Blueprint("queue_file", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/scan/waiting", "waiting", pages.waiting),
)

add_routes(
    sync_bp,
    ("POST", "/sync", "deliver", sync.deliver),
    ("GET", "/scan/list", "known", sync.known),
)

add_routes(
    queue_file_bp,
    ("GET", "", "ask", queue_pages.ask),
    ("POST", "", "load", queue_pages.load),
)

add_routes(
    blp,
    ("POST", "/sync", "sync", api.sync),
)
