"""The addresses of calendars: for who subscribes, and for the program that reads one."""

from __future__ import annotations

from flask import Blueprint

from blueprints.calendars import pages, public
from blueprints.frame.web import add_routes

bp = Blueprint("calendars", __name__)
#: For whatever holds a calendar's secret.
public_bp = Blueprint("calendars_public", __name__)

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("POST", "/open", "open_calendar", pages.open_calendar),
    ("POST", "/close", "close_calendar", pages.close_calendar),
)

add_routes(public_bp, ("GET", "/<secret>.ics", "feed", public.feed))
