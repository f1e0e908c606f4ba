"""The addresses of links to reports: made by coordinators, opened by anybody who holds one."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.sharing import lists, pages, public

bp = Blueprint("sharing", __name__)
#: For those who hold a link.
public_bp = Blueprint("sharing_public", __name__)

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/list.<ending>", "index_file", lists.index_file),
    ("GET", "/new", "new", pages.new),
    ("POST", "/new", "create", pages.create),
    ("POST", "/<int:share_id>/end", "end", pages.end),
)

add_routes(
    public_bp,
    ("GET", "/<secret>", "report", public.report),
    ("GET", "/<secret>/<int:number>", "version", public.version),
    ("GET", "/<secret>/report.<ending>", "file", public.file),
    ("GET", "/<secret>/<int:number>.<ending>", "version_file", public.version_file),
)
