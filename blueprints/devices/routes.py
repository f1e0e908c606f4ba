"""The addresses of a depot's own devices: for coordinators, for one's own PIN, on the device."""

from __future__ import annotations

from flask import Blueprint

from blueprints.devices import api, pages, public
from blueprints.frame.web import add_routes

#: For coordinators.
bp = Blueprint("devices", __name__)
#: For everybody who is signed in, about their own PIN.
pin_bp = Blueprint("device_pin", __name__)
#: For whoever stands at the device.
public_bp = Blueprint("devices_public", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("POST", "/", "add", pages.add),
    ("POST", "/<int:device_id>/end", "end", pages.end),
    ("POST", "/pins", "ask_for_pins", pages.ask_pins),
)

add_routes(
    pin_bp,
    ("GET", "/pin", "show", pages.pin),
    ("POST", "/pin", "save", pages.save_pin),
)

add_routes(
    public_bp,
    ("GET", "/device/<secret>", "ask", public.ask),
    ("POST", "/device/<secret>", "set_up", public.set_up),
    ("GET", "/who", "who", public.who),
    ("POST", "/who", "tap", public.tap),
    ("POST", "/who/new", "join", public.join),
    ("POST", "/who/leave", "leave", public.leave),
)

add_routes(
    blp,
    ("GET", "/devices", "index", api.index),
    ("POST", "/devices", "add", api.add),
    ("POST", "/devices/<int:device_id>/end", "end", api.end),
    ("POST", "/devices/pins", "ask_for_pins", api.ask_for_pins),
)
