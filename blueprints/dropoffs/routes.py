"""The addresses of announced deliveries, and of the page donors announce on."""

from __future__ import annotations

from flask import Blueprint

from blueprints.dropoffs import pages, public
from blueprints.frame.web import add_routes

bp = Blueprint("dropoffs", __name__)
#: For whoever has the donors' link.
public_bp = Blueprint("dropoffs_public", __name__)

add_routes(
    bp,
    ("GET", "", "index", pages.index),
    ("POST", "/link", "link", pages.link),
    ("GET", "/new", "new", pages.new),
    ("POST", "/new", "announce", pages.announce),
    ("GET", "/<int:drop_off_id>", "show", pages.show),
    ("POST", "/<int:drop_off_id>", "confirm", pages.confirm),
    ("POST", "/<int:drop_off_id>/call-off", "call_off", pages.call_off),
)

add_routes(
    public_bp,
    ("GET", "/<secret>", "ask", public.ask),
    ("POST", "/<secret>", "announce", public.announce),
    ("GET", "/<secret>/thanks", "thanks", public.thanks),
)
