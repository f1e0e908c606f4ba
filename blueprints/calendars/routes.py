"""The addresses of calendars: for who subscribes, and for the program that reads one."""

from __future__ import annotations

from flask import Blueprint

from blueprints.calendars import links, pages, public
from blueprints.frame.web import add_routes

bp = Blueprint("calendars", __name__)
#: For whatever holds a calendar's secret.
public_bp = Blueprint("calendars_public", __name__)

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("POST", "/open", "open_calendar", pages.open_calendar),
    ("POST", "/close", "close_calendar", pages.close_calendar),
    ("POST", "/mails", "ask", pages.ask),
    ("POST", "/mails/end", "end", pages.end),
)

add_routes(
    public_bp,
    ("GET", "/<secret>.ics", "feed", public.feed),
    ("GET", "/mails/confirm/<signed>", "confirm", links.confirm),
    ("POST", "/mails/confirm/<signed>", "do_confirm", links.do_confirm),
    ("GET", "/mails/end/<signed>", "end", links.end),
    ("POST", "/mails/end/<signed>", "do_end", links.do_end),
)
