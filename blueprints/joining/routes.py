"""The addresses of joining: for anybody with the code, for people of the depot, for programs."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.joining import api, coming, pages, public, wall

bp = Blueprint("joining", __name__)
#: For coordinators.
wall_bp = Blueprint("join_links", __name__)
#: For whoever opens the code on the wall.
public_bp = Blueprint("joining_public", __name__)
#: For everybody who is here, and the tablet by the door.
coming_bp = Blueprint("coming", __name__)
blp = api.blp
coming_blp = api.coming_blp

add_routes(
    public_bp,
    ("GET", "/join/w.<secret>", "ask", public.ask),
    ("POST", "/join/w.<secret>", "join", public.join),
)

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/list.<ending>", "index_file", pages.index_file),
)

add_routes(
    wall_bp,
    ("GET", "/", "show", wall.show),
    ("POST", "/", "open_link", wall.open_link),
    ("POST", "/<int:link_id>/close", "close", wall.close),
    ("GET", "/<int:link_id>/poster.pdf", "poster", wall.poster),
    ("POST", "/phones/<int:session_id>/end", "end_phone", pages.end_phone),
    ("POST", "/helpers/<int:person_id>/end", "end_helper", pages.end_helper),
    ("POST", "/helpers/<int:person_id>/again", "let_in_again", pages.let_in_again),
)

add_routes(
    blp,
    ("GET", "/join-links", "index", api.index),
    ("POST", "/join-links", "open_link", api.open_link),
    ("POST", "/join-links/<int:link_id>/close", "close", api.close),
)

add_routes(
    coming_bp,
    ("GET", "/door", "show", coming.show),
    ("GET", "/by-oneself", "by_oneself", coming.by_oneself),
    ("POST", "/come", "come", coming.come),
    ("POST", "/leave", "leave", coming.leave),
    ("POST", "/marks/<int:mark_id>/take-back", "take_back", coming.take_back),
)

add_routes(
    coming_blp,
    ("GET", "/here", "here", api.here),
    ("POST", "/come", "come", api.come),
    ("POST", "/leave", "leave", api.leave),
    ("POST", "/activities/<activity>/come", "come_to", api.come_to),
    ("POST", "/activities/<activity>/leave", "leave_from", api.leave_from),
    ("POST", "/marks/<int:mark_id>/take-back", "take_back", api.take_back),
)
