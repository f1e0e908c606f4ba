"""The addresses of the rota: for people of the depot, for coordinators, for programs."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.rota import api, forms, pages, routines

bp = Blueprint("rota", __name__)
#: For coordinators.
routines_bp = Blueprint("routines", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/mine", "mine", pages.mine),
    ("GET", "/new", "new", forms.new),
    ("POST", "/new", "create", forms.create),
    ("GET", "/<activity>", "show", pages.show),
    ("POST", "/<activity>/take", "take", pages.take),
    ("POST", "/<activity>/seek", "seek", pages.seek),
    ("POST", "/<activity>/give-back", "give_back", pages.give_back),
    ("POST", "/<activity>/ask", "ask", pages.ask),
    ("POST", "/<activity>/each-time", "come_each_time", pages.come_each_time),
    ("POST", "/<activity>/no-longer", "no_longer_each_time", pages.no_longer_each_time),
    ("GET", "/<activity>/change", "ask_change", forms.ask_change),
    ("POST", "/<activity>/change", "do_change", forms.do_change),
    ("GET", "/<activity>/off", "ask_off", forms.ask_off),
    ("POST", "/<activity>/off", "call_off", forms.call_off),
    ("POST", "/<activity>/on", "call_on", forms.call_on),
)

add_routes(
    routines_bp,
    ("GET", "/", "index", routines.index),
    ("GET", "/new", "new", routines.new),
    ("POST", "/new", "create", routines.create),
    ("GET", "/<int:routine_id>", "show", routines.show),
    ("GET", "/<int:routine_id>/change", "ask_change", routines.ask_change),
    ("POST", "/<int:routine_id>/change", "do_change", routines.do_change),
    ("POST", "/<int:routine_id>/end", "end", routines.end),
    ("POST", "/<int:routine_id>/regular", "end_regular", routines.end_regular),
)

add_routes(
    blp,
    ("GET", "/activities", "index", api.index),
    ("POST", "/activities", "make", api.make),
    ("POST", "/activities/<activity>/take", "take", api.take),
    ("POST", "/activities/<activity>/seek-stand-in", "seek", api.seek),
    ("POST", "/activities/<activity>/give-back", "give_back", api.give_back),
    ("POST", "/activities/<activity>/ask", "ask", api.ask),
)
